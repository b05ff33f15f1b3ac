// @ts-check
/** Every body in tests/fixtures through the package, as `tests/fixtures.rs` reads them through the core. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { failureOf, thrownBy } from './failure.js';
import { pair, pairNames } from './fixture-pairs.js';
import { parseTask, queryTask } from './packed.js';
import { serve } from './service.js';

/** @typedef {import('./fixture-pairs.js').Pair} Pair */

const service = await serve({ after }, ({ query }) => {
  const { body, expected } = pair(query.get('pair') ?? '');
  return { status: expected.http?.status ?? 200, headers: expected.http?.headers, body };
});

for (const name of pairNames()) {
  const found = pair(name);
  const { expected, body } = found;
  const { task, error } = expected;
  if (task) {
    test(name, async () => {
      const got = isAnswer(found) ? await asked(found) : parseTask(body, expected.ask);
      assert.deepEqual(got, task);
      assert.deepEqual(got.raw, body.length === 0 ? null : parsed(body));
    });
  } else if (error) {
    test(name, async () => {
      const { code, status, serviceCode, serviceMessage, requestId, retryable, retryAfterMs, missing, ...others } =
        await failureOf(asked(found));
      const got = { code, status, serviceCode, serviceMessage, requestId, retryable, retryAfterMs, missing };
      assert.deepEqual(got, error);
      assert.deepEqual(others, { attempts: 1, task: null });
    });
  }
  if (error?.status === 200) {
    test(`${name}, as a body alone`, async () => {
      const got = await thrownBy(() => parseTask(body, expected.ask));
      assert.deepEqual([got.code, got.serviceMessage], [error.code, error.serviceMessage]);
      assert.deepEqual([got.status, got.attempts], [null, 0]);
    });
  }
}

describe('the pairs', () => {
  test('are found, each a task or an error', () => {
    const names = pairNames();
    assert(names.length >= 100, `${names.length}`);
    for (const name of names) {
      const { task, error } = pair(name).expected;
      assert.equal([task, error].filter(Boolean).length, 1, name);
    }
  });
});

/** What a service answered, rather than what somebody has kept. @param {Pair} pair */
function isAnswer({ expected: { ask, http } }) {
  return http !== undefined || (ask?.id !== undefined && ask.baseUrl !== undefined);
}

/**
 * The query to which the body is the answer. It goes to the service above whatever the address that the pair names, so
 * that URLs within the site get the host that they would have.
 *
 * @param {Pair} pair
 */
function asked({ name, expected: { ask, task } }) {
  const target = `/?pair=${encodeURIComponent(name)}`;
  return queryTask(ask?.id ?? task?.id ?? 'any-id', {
    baseUrl: ask?.baseUrl ?? 'https://service.example',
    endpoint: '/some/route/{id}',
    maxRetries: 0,
    fetch: (_, init) => fetch(service.url + target, init),
  });
}

/** @param {Buffer} body */
function parsed(body) {
  return JSON.parse(new TextDecoder().decode(body));
}
