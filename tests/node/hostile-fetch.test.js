// @ts-check
/** A fetch of the caller's own that throws, lies or never ends. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { failureOf } from './failure.js';
import { BODY, ID, KEY, assertUnharmed, boom, mine, throws } from './hostile.js';
import { queryTask } from './packed.js';

afterEach(assertUnharmed);

describe('a fetch of the caller’s own', () => {
  /** @param {any} fetch @param {object} [more] */
  const asked = (fetch, more) => failureOf(queryTask(ID, { apiKey: KEY, fetch, maxRetries: 0, ...more }));

  test('that rejects with something that throws where it is read: a network error without it', async () => {
    for (const fetch of [
      () => Promise.reject(mine),
      throws,
      () =>
        Promise.reject({
          get message() {
            return throws();
          },
        }),
    ]) {
      assert.equal((await asked(fetch)).code, 'network');
    }
    const error = await asked(() => Promise.reject(mine));
    assert.equal(error.cause, undefined);
  });

  test('that gives a promise or an answer that throws where it is read is an error', async () => {
    const answers = [
      mine,
      { then: throws },
      {
        get then() {
          return throws();
        },
      },
      {
        status: 200,
        get headers() {
          return throws();
        },
      },
    ];
    for (const answer of answers) {
      assert.match((await asked(() => answer)).code, /network|invalid_argument/);
      assert.match((await asked(async () => answer)).code, /network|invalid_argument/);
    }
  });

  test('that throws where it is read again leaves the others alone', async () => {
    let reads = 0;
    /** @type {any} */
    const answer = {
      get status() {
        return reads++ === 0 ? 200 : throws();
      },
      headers: new Headers(),
      arrayBuffer: async () => new TextEncoder().encode(BODY).buffer,
    };
    const other = queryTask(ID, { fetch: async () => (await pause(50), new Response(BODY)) });
    const [task, { status }] = await Promise.all([queryTask(ID, { fetch: async () => answer }), other]);
    assert.deepEqual([task.status, status, reads], [status, task.status, 1]);
  });

  test('whose body throws where it is read is an answer that was cut off', async () => {
    const answer = { status: 200, headers: new Headers(), arrayBuffer: throws };
    for (const reader of [
      {},
      { read: throws },
      { read: () => Promise.reject(boom) },
      { read: () => mine },
      { read: throws, cancel: throws },
    ]) {
      assert.equal(
        (await asked(async () => ({ ...answer, body: { getReader: () => reader } }))).code,
        'invalid_response',
      );
    }
    assert.equal((await asked(async () => answer)).code, 'invalid_response');
    for (const whole of [1e12, 1n, Symbol('bytes'), -1]) {
      assert.equal((await asked(async () => ({ ...answer, arrayBuffer: async () => whole }))).code, 'invalid_response');
    }
  });

  test('whose body gives nothing without end leaves time for timers', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(0)) });
    const error = await asked(async () => new Response(body), { timeoutMs: 100 });
    assert.equal(error.code, 'timeout');
  });

  test('whose headers give what is no text is an answer without them', async () => {
    for (const value of [7, {}, Symbol('a'), mine]) {
      const fetch = async () => ({
        status: 200,
        headers: { get: () => value },
        arrayBuffer: async () => new TextEncoder().encode(BODY).buffer,
      });
      assert.equal((await queryTask('grok:1', { fetch: /** @type {any} */ (fetch) })).status, 'queued');
    }
  });

  test('that answers after its signal was aborted: the body is let go of', async () => {
    for (const options of [() => ({ timeoutMs: 20 }), () => ({ signal: AbortSignal.timeout(20) })]) {
      let cancelled = 0;
      const late = new Promise((resolve) => {
        const stream = new ReadableStream({ cancel: () => resolve((cancelled += 1)) });
        const fetch = () => new Promise((answer) => setTimeout(() => answer(new Response(stream)), 60));
        queryTask(ID, { fetch: /** @type {any} */ (fetch), maxRetries: 0, ...options() }).catch(() => {});
      });
      await late;
      assert.equal(cancelled, 1);
    }
  });

  test('whose answer is refused: the body is let go of', async () => {
    for (const [status, headers] of /** @type {[number, Record<string, string>][]} */ ([
      [302, { location: 'https://other.example/' }],
      [302, {}],
      [302, { location: '/next' }],
    ])) {
      let cancelled = 0;
      const cancel = async () => {
        cancelled += 1;
        throw boom;
      };
      const fetch = async (/** @type {string} */ url) =>
        url.endsWith('/next') ? new Response(BODY) : new Response(new ReadableStream({ cancel }), { status, headers });
      await queryTask(ID, { apiKey: KEY, fetch: /** @type {any} */ (fetch), maxRetries: 0 }).catch(() => {});
      assert.equal(cancelled, 1, JSON.stringify(headers));
    }
  });
});
