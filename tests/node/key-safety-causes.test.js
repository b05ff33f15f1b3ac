// @ts-check
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reasonOf } from './failure.js';
import { queryTask } from './packed.js';
import { KEY, assertSafe } from './safe-error.js';

const ID = 'sora-2:task_1';

/** @param {any} fetch */
const refusedByFetch = (fetch) => reasonOf(queryTask(ID, { apiKey: KEY, maxRetries: 0, fetch }));

describe('an error does not hold the key that a fetch of the caller’s own tells', { concurrency: true }, () => {
  const headers = { authorization: `Bearer ${KEY}` };
  /** @type {Record<string, () => unknown>} */
  const reasons = {
    'in its words': () => new Error(`cannot send Bearer ${KEY}`),
    'as a string': () => `cannot send ${KEY}`,
    'in the words of its cause': () => new TypeError('fetch failed', { cause: new Error(`bad header ${KEY}`) }),
    'in the cause of its cause': () => new Error('a', { cause: new Error('b', { cause: new Error(KEY) }) }),
    'in the code of its cause': () => new Error('failed', { cause: { code: `E_${KEY}` } }),
    'in the request that it carries': () => Object.assign(new Error('failed'), { config: { url: '/', headers } }),
    'in an object that is no error': () => ({ status: 407, request: { headers } }),
    'in a list of errors': () => new AggregateError([new Error(KEY)], 'failed'),
    'in a Headers': () => Object.assign(new Error('failed'), { headers: new Headers(headers) }),
    'in a Request': () =>
      Object.assign(new Error('failed'), { request: new Request('https://a.example', { headers }) }),
    'in a Map': () => Object.assign(new Error('failed'), { headers: new Map(Object.entries(headers)) }),
    'in a list': () => Object.assign(new Error('failed'), { args: [['authorization', `Bearer ${KEY}`]] }),
    'under a symbol': () => Object.assign(new Error('failed'), { [Symbol('request')]: { headers } }),
    'in the name of a member': () => Object.assign(new Error('failed'), { [`Bearer ${KEY}`]: 1 }),
    'in a member of a function': () => Object.assign(() => {}, { headers }),
    'in a function that it carries': () =>
      Object.assign(new Error('failed'), { retry: Object.assign(() => {}, { headers }) }),
    'behind a getter': () => Object.defineProperty(new Error('failed'), 'request', { get: () => ({ headers }) }),
    'as a symbol': () => Symbol(KEY),
    'in its name': () => Object.assign(new Error('failed'), { name: KEY }),
  };
  for (const [where, reason] of Object.entries(reasons)) {
    test(where, async () => {
      assertSafe(await refusedByFetch(() => Promise.reject(reason())));
      assertSafe(
        await refusedByFetch(() => {
          throw reason();
        }),
      );
    });
  }

  test('in a body that breaks', async () => {
    const stream = new ReadableStream({ pull: (controller) => controller.error(new Error(`lost ${KEY}`)) });
    assertSafe(await refusedByFetch(async () => new Response(stream)));
  });

  test('in words that its class gives', async () => {
    class Mine extends Error {
      get message() {
        return `cannot send ${KEY}`;
      }
    }
    const { cause } = await refusedByFetch(() => Promise.reject(Object.assign(new Mine(), { stack: 'Mine' })));
    assert.equal(cause.message, 'cannot send [key]');
  });

  test('and still says the rest of what it told', async () => {
    const told = { code: `E_${KEY}`, errno: -104, syscall: 'connect' };
    const below = Object.assign(new RangeError(`bad ${KEY}, ${KEY}`), told);
    const { cause } = await refusedByFetch(() => Promise.reject(new TypeError('fetch failed', { cause: below })));
    assert.deepEqual([cause instanceof TypeError, cause.message, Object.keys(cause)], [true, 'fetch failed', []]);
    const { name, message, code, errno, syscall } = cause.cause;
    assert.deepEqual(
      [cause.cause instanceof RangeError, name, message, code, errno, syscall],
      [true, 'RangeError', 'bad [key], [key]', 'E_[key]', -104, 'connect'],
    );
    assert.equal((await refusedByFetch(() => Promise.reject(`cannot send ${KEY}`))).cause, 'cannot send [key]');
    const aborted = new DOMException(`gave up ${KEY}`, 'AbortError');
    const { cause: copy } = await refusedByFetch(() => Promise.reject(aborted));
    assert.deepEqual([copy.name, copy.message], ['AbortError', 'gave up [key]']);
  });

  test('and adds nothing that was not there', async () => {
    const { cause } = await refusedByFetch(() => Promise.reject(new Error(`no ${KEY}`)));
    assert.equal(cause.message, 'no [key]');
    assert.deepEqual(Object.getOwnPropertyNames(cause).sort(), ['message', 'name', 'stack']);
  });

  test('in causes without an end, whose words it still says', async () => {
    for (const [words, said] of [
      ['lost', 'lost'],
      [`lost ${KEY}`, 'lost [key]'],
    ]) {
      /** @type {Error & { cause?: unknown }} */
      const endless = new Error(words);
      endless.cause = endless;
      const error = await refusedByFetch(() => Promise.reject(endless));
      assertSafe(error);
      assert.equal(error.cause.cause.message, said);
    }
  });

  test('and still says what is harmless, with its cause', async () => {
    const harmless = new Error('socket hang up');
    const error = await refusedByFetch(() => Promise.reject(harmless));
    assert.equal(error.cause, harmless);
    assert.match(error.message, /socket hang up/);
  });
});
