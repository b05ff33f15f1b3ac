// @ts-check
/** After which answers a query asks again, and how often. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRelay } from '../../pkg/relay/relay.js';
import { failureOf } from './failure.js';
import { queryTask } from './packed.js';
import { json, serve, taskBody } from './service.js';

const ID = 'sora-2:task_1';

/**
 * A service that gives these answers, then a task.
 *
 * @param {import('node:test').TestContext} t
 * @param {import('./service.js').Answer[]} answers
 */
function serveThenTask(t, ...answers) {
  let count = 0;
  return serve(t, (asked, res) => (answers[count++] ?? (() => taskBody()))(asked, res));
}

/** @param {number} status @param {Record<string, string>} [headers] @returns {import('./service.js').Answer} */
const says =
  (status, headers = {}) =>
  () =>
    json({ error: { message: 'not now' } }, status, headers);

describe('asking again', { concurrency: true }, () => {
  test('after 500 twice gives the task, with three requests', async (t) => {
    const service = await serveThenTask(t, says(500), says(500));
    assert.equal((await queryTask(ID, { baseUrl: service.url })).status, 'queued');
    assert.equal(service.requests.length, 3);
  });

  test('sends the same request each time', async (t) => {
    const service = await serveThenTask(t, says(500, { 'retry-after': '0' }), says(503, { 'retry-after': '0' }));
    await queryTask(ID, { apiKey: 'key-1', baseUrl: service.url, headers: { 'x-forwarded-host': 'a.example' } });
    const sent = service.requests.map(({ method, target, headers, body }) => ({ method, target, headers, body }));
    assert.deepEqual(sent, [sent[0], sent[0], sent[0]]);
  });

  test('happens as often as maxRetries says', async (t) => {
    for (const maxRetries of [0, 1, 4]) {
      const service = await serve(t, says(500, { 'retry-after-ms': '1' }));
      const error = await failureOf(queryTask(ID, { baseUrl: service.url, maxRetries }));
      assert.deepEqual([error.attempts, service.requests.length], [maxRetries + 1, maxRetries + 1]);
    }
  });

  test('works against the practice relay', async (t) => {
    const relay = createRelay();
    const service = await serve(t, (_, res) => relay(res.req, res));
    const task = await queryTask('veo3.1-fast:errors_twice', { apiKey: 'demo-key', baseUrl: service.url });
    assert.equal(task.id, 'veo3.1-fast:errors_twice');
    assert.equal(service.requests.length, 3);
  });

  test('follows a broken connection', async (t) => {
    const service = await serveThenTask(t, (_, res) => void res.destroy());
    assert.equal((await queryTask(ID, { baseUrl: service.url })).status, 'queued');
    assert.equal(service.requests.length, 2);
  });

  test('follows a body that was cut off', async (t) => {
    const service = await serveThenTask(t, (_, res) => {
      res.writeHead(200, { 'content-length': 500 });
      res.write('{"id":', () => res.destroy());
    });
    assert.equal((await queryTask(ID, { baseUrl: service.url })).status, 'queued');
    assert.equal(service.requests.length, 2);
  });

  for (const status of [408, 425, 429, 500, 502, 503, 504, 529]) {
    test(`follows ${status}`, async (t) => {
      const service = await serveThenTask(t, says(status, { 'retry-after': '0' }));
      assert.equal((await queryTask(ID, { baseUrl: service.url })).status, 'queued');
      assert.equal(service.requests.length, 2);
    });
  }

  for (const status of [400, 401, 402, 403, 404, 409, 410, 422, 501]) {
    test(`does not follow ${status}, whatever Retry-After says`, async (t) => {
      const service = await serveThenTask(t, says(status, { 'retry-after': '0' }));
      const error = await failureOf(queryTask(ID, { baseUrl: service.url }));
      assert.deepEqual([error.status, error.attempts, error.retryable], [status, 1, false]);
      assert.equal(service.requests.length, 1);
    });
  }

  test('does not follow quota words, whatever the status', async (t) => {
    for (const status of [429, 500]) {
      const service = await serveThenTask(t, () =>
        json({ error: { code: 'insufficient_quota', message: 'x' } }, status),
      );
      const error = await failureOf(queryTask(ID, { baseUrl: service.url }));
      assert.deepEqual([error.code, error.attempts, error.retryable], ['insufficient_quota', 1, false]);
      assert.equal(service.requests.length, 1);
    }
  });
});

describe('not asking again', { concurrency: true }, () => {
  for (const [what, body] of [
    ['empty', ''],
    ['cut off, though the connection held', '{"id":"sora'],
  ]) {
    test(`after an answer that is ${what}`, async (t) => {
      const service = await serve(t, () => ({ body }));
      const error = await failureOf(queryTask(ID, { baseUrl: service.url }));
      assert.deepEqual([error.code, error.retryable, error.attempts], ['invalid_response', true, 1]);
      assert.equal(service.requests.length, 1);
    });
  }
});

describe('the service’s wish when to ask again', { concurrency: true }, () => {
  test('as a date that has passed means at once', async (t) => {
    const service = await serve(t, says(503, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }));
    const error = await failureOf(queryTask(ID, { baseUrl: service.url }));
    assert.deepEqual([error.attempts, error.retryAfterMs], [3, 0]);
  });

  test('for more than a minute is not waited for but reported', async (t) => {
    for (const headers of [{ 'retry-after': '61' }, { 'retry-after-ms': '61000' }]) {
      const service = await serve(t, says(429, /** @type {any} */ (headers)));
      const error = await failureOf(queryTask(ID, { baseUrl: service.url }));
      assert.deepEqual([error.code, error.retryable, error.retryAfterMs], ['rate_limited', true, 61_000]);
      assert.deepEqual([error.attempts, service.requests.length], [1, 1]);
    }
  });

  test('that is no time is no wish', async (t) => {
    const service = await serve(t, says(429, { 'retry-after': 'soon' }));
    const error = await failureOf(queryTask(ID, { baseUrl: service.url, maxRetries: 0 }));
    assert.equal(error.retryAfterMs, null);
  });
});
