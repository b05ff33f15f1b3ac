// @ts-check
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { runModule } from './child.js';
import { failureOf, NOTHING_MORE, told } from './failure.js';
import { queryTask } from './packed.js';
import { serve, taskBody } from './service.js';

const ID = 'sora-2:task_1';
const BODY = JSON.stringify({ id: ID, status: 'queued' });
const service = await serve({ after }, () => taskBody());

/** @param {any} fetch @param {object} [options] */
const query = (fetch, options) => queryTask(ID, { baseUrl: service.url, maxRetries: 0, fetch, ...options });

describe('a fetch of the caller’s own', () => {
  test('is called with a URL and an init of plain values', async () => {
    /** @type {any[][]} */
    const calls = [];
    const fetch = async (/** @type {any[]} */ ...args) => {
      calls.push(args);
      return new Response(BODY);
    };
    await query(fetch, { apiKey: 'key-1', headers: { 'X-Forwarded-Host': 'a.example' } });
    assert.equal(calls.length, 1);
    const [[url, init, ...more]] = calls;
    assert.equal(url, `${service.url}/v1/video/query?id=${ID}`);
    assert.deepEqual(more, []);
    const { signal, ...plain } = init;
    assert(signal instanceof AbortSignal);
    assert.equal(signal.aborted, false);
    assert.deepEqual(plain, {
      method: 'GET',
      headers: {
        accept: 'application/json',
        authorization: 'Bearer key-1',
        'content-type': 'application/json',
        'x-forwarded-host': 'a.example',
      },
      redirect: 'manual',
      cache: 'no-store',
    });
  });

  test('may spread and change what it is given', async () => {
    const fetch = (/** @type {string} */ url, /** @type {any} */ init) =>
      globalThis.fetch(url, { ...init, headers: { ...init.headers, 'x-trace': '1' }, keepalive: false });
    assert.equal((await query(fetch, { apiKey: 'key-1' })).status, 'queued');
    const { headers } = service.requests[service.requests.length - 1];
    assert.deepEqual(
      [headers.authorization, headers['x-trace'], headers.accept],
      ['Bearer key-1', '1', 'application/json'],
    );
  });

  test('gets a fresh init for each request', async () => {
    const inits = new Set();
    const fetch = async (/** @type {any} */ _, /** @type {any} */ init) => {
      inits.add(init).add(init.headers);
      return new Response('{}', { status: 500, headers: { 'retry-after': '0' } });
    };
    await failureOf(query(fetch, { maxRetries: 2 }));
    assert.equal(inits.size, 6);
  });

  test('sees its signal abort when the caller’s does, and when time is up', async () => {
    const controller = new AbortController();
    for (const options of [{ signal: controller.signal }, { timeoutMs: 50 }]) {
      const aborted = new Promise((resolve) => {
        const fetch = (/** @type {any} */ _, /** @type {any} */ init) => {
          init.signal.addEventListener('abort', () => resolve(true));
          setTimeout(() => controller.abort(), 20);
          return new Promise(() => {});
        };
        query(fetch, options).catch(() => {});
      });
      assert.equal(await aborted, true);
    }
  });

  test('may be the global one, called without a this', async () => {
    assert.equal((await query(globalThis.fetch)).status, 'queued');
  });

  test('may itself query with the package', async () => {
    const inner = () => queryTask(ID, { baseUrl: service.url });
    const fetch = async () => Response.json({ id: ID, status: (await inner()).status, prompt: 'outer' });
    assert.equal((await query(fetch, { apiKey: async () => (await inner()).id })).prompt, 'outer');
  });

  test('may answer at once, without a promise', async () => {
    assert.equal((await query(() => new Response(BODY))).status, 'queued');
  });
});

describe('what such a fetch gives', () => {
  const headers = new Headers({ 'content-type': 'application/json' });
  const bytes = () => new TextEncoder().encode(BODY).buffer;

  test('may have no web stream as its body, but arrayBuffer', async () => {
    const { Readable } = await import('node:stream');
    for (const body of [undefined, null, Readable.from([BODY])]) {
      const fetch = async () => ({ status: 200, ok: true, headers, body, arrayBuffer: async () => bytes() });
      assert.deepEqual((await query(fetch)).raw, { id: ID, status: 'queued' });
    }
  });

  test('may have a body that cannot be looked at, or that was taken already, beside its bytes', async () => {
    const { Readable } = await import('node:stream');
    const taken = Readable.from([Buffer.from('x')], { objectMode: false });
    taken.destroy();
    const coded = Readable.from([Buffer.from(BODY)], { objectMode: false }).setEncoding('base64');
    const begun = Readable.from([Buffer.from(BODY), Buffer.from('more')], { objectMode: false });
    await once(begun, 'readable');
    begun.read();
    const used = new Response(BODY);
    await used.text();
    const locked = Object.assign(used, { arrayBuffer: async () => bytes() });
    const arrayBuffer = async () => bytes();
    const hidden = {
      status: 200,
      headers,
      get body() {
        throw new TypeError('Illegal invocation');
      },
      arrayBuffer,
    };
    const bodies = [taken, begun, coded];
    const answers = [hidden, locked, ...bodies.map((body) => ({ status: 200, headers, body, arrayBuffer }))];
    for (const answer of answers) assert.equal((await query(async () => answer)).status, 'queued');
  });

  test('may be a stream of Node’s that complains when it is given up', async () => {
    const { stderr, code } = await runModule(`
      import { Readable } from 'node:stream';
      const { queryTask } = await import(process.env.PACKAGE);
      const headers = new Headers({ location: '/v1/else' });
      let isMoved = false;
      const fetch = async () => {
        if (isMoved) return Response.json({ id: 'a', status: 'queued' });
        isMoved = true;
        const body = new Readable({ read() {}, destroy: (_, done) => done(new Error('given up')) });
        return { status: 302, headers, body, arrayBuffer: () => new Promise(() => {}) };
      };
      const { status } = await queryTask('a', { baseUrl: 'https://service.example', fetch });
      if (status !== 'queued') throw new Error(status);
      await new Promise((resolve) => setTimeout(resolve));`);
    assert.deepEqual([code, stderr], [0, '']);
  });

  test('may come in many pieces, cut anywhere', async () => {
    const text = new TextEncoder().encode(JSON.stringify({ id: ID, status: 'queued', prompt: '视频🎬' }));
    const pieces = () =>
      new ReadableStream({
        start(controller) {
          for (const byte of text) controller.enqueue(new Uint8Array([byte]));
          controller.close();
        },
      });
    assert.equal((await query(async () => new Response(pieces()))).prompt, '视频🎬');
  });

  test('may be cut within a letter where it is large, and is whole in raw', async () => {
    const prompt = '猫🎬'.repeat(50_000);
    const bytes = new TextEncoder().encode(JSON.stringify({ id: ID, status: 'queued', prompt }));
    const stream = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 100_003) controller.enqueue(bytes.slice(at, at + 100_003));
        controller.close();
      },
    });
    const { raw } = await query(async () => new Response(stream));
    assert.equal(/** @type {any} */ (raw).prompt === prompt, true);
  });

  test('may be bytes of another realm, or a piece of a larger buffer', async () => {
    const { Uint8Array: Foreign } = runInNewContext('({ Uint8Array })');
    const text = new TextEncoder().encode(BODY);
    for (const chunk of [new Foreign(text), Buffer.concat([Buffer.from('[['), text]).subarray(2)]) {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(chunk);
          controller.close();
        },
      });
      assert.deepEqual((await query(async () => ({ status: 200, headers, body }))).raw, { id: ID, status: 'queued' });
    }
  });

  test('that is no Response is refused', async () => {
    for (const answer of [undefined, null, 'text', 7, {}, { status: 200 }, { headers }, JSON.parse(BODY)]) {
      const error = await failureOf(query(async () => answer));
      assert.deepEqual(told(error), { ...NOTHING_MORE, code: 'invalid_argument', attempts: 1 });
      assert.match(error.message, /fetch must .*Response/);
    }
  });

  test('that was read before is refused once, for what it is', async () => {
    const [used, locked] = [new Response(BODY), new Response(BODY)];
    await used.text();
    locked.body?.getReader();
    const arrayBuffer = () => Promise.reject(new TypeError('Already read'));
    for (const answer of [used, locked, { status: 200, headers, bodyUsed: true, arrayBuffer }]) {
      const error = await failureOf(query(async () => answer, { maxRetries: 2 }));
      assert.deepEqual(told(error), { ...NOTHING_MORE, code: 'invalid_argument', attempts: 1 });
      assert.equal(
        error.message,
        'fetch gave a Response whose body was already read: it must give a new one for every call.',
      );
    }
  });

  test('that stands for a network error is one, and leads nowhere', async () => {
    const error = await failureOf(query(async () => Response.error(), { apiKey: 'key-1' }));
    assert.deepEqual(told(error), { ...NOTHING_MORE, code: 'network', retryable: true, attempts: 1 });
    assert.equal(error.message, `No answer from ${service.url} (fetch gave no reason).`);
  });

  test('that has neither a stream nor arrayBuffer, as many stand-ins, is refused once, for what it is', async () => {
    const fetch = async () => ({ ok: true, status: 200, headers, json: async () => JSON.parse(BODY) });
    const error = await failureOf(query(fetch, { maxRetries: 2 }));
    assert.match(error.message, /fetch/);
    assert.deepEqual([error.retryable, error.attempts], [false, 1]);
  });

  test('that streams something other than bytes is refused, and given up', async () => {
    let isGivenUp = false;
    const cancel = () => void (isGivenUp = true);
    const stream = new ReadableStream({ start: (controller) => controller.enqueue(BODY), cancel });
    const fetch = async () => ({ status: 200, headers, body: stream });
    const error = await failureOf(query(fetch));
    assert.deepEqual(told(error), { ...NOTHING_MORE, code: 'invalid_response', status: 200, attempts: 1 });
    assert.match(error.message, /fetch/);
    assert.equal(isGivenUp, true);
  });
});

describe('a fetch that fails', () => {
  const words = new Error('socket hang up');
  const told_by = { ...NOTHING_MORE, code: 'network', retryable: true, attempts: 1 };

  test('by throwing or rejecting with an Error: its words, and itself as the cause', async () => {
    const throwing = () => {
      throw words;
    };
    for (const fetch of [throwing, () => Promise.reject(words)]) {
      const error = await failureOf(query(fetch));
      assert.deepEqual(told(error), told_by);
      assert(error.message.includes('socket hang up'), error.message);
      assert.equal(error.cause, words);
    }
  });

  test('with something that is no Error: a network error all the same, with it as the cause', async () => {
    for (const reason of ['text', { code: 'E_PROXY' }, 7, null, Symbol('gone')]) {
      const error = await failureOf(query(() => Promise.reject(reason)));
      assert.deepEqual(told(error), told_by);
      assert.equal(error.cause, reason);
    }
  });

  test('with nothing: a network error that says so', async () => {
    const error = await failureOf(query(() => Promise.reject()));
    assert.deepEqual(told(error), told_by);
    assert.equal(error.cause, undefined);
    assert.match(error.message, /no reason/);
  });

  test('with the words of the error below it, where Node hides what happened', async () => {
    const error = await failureOf(query(() => Promise.reject(new TypeError('fetch failed', { cause: words }))));
    assert(error.message.includes('socket hang up'), error.message);
  });

  test('is asked again as often as maxRetries says', async () => {
    let calls = 0;
    const fetch = async () => {
      calls += 1;
      throw words;
    };
    const error = await failureOf(query(fetch, { maxRetries: 1 }));
    assert.deepEqual([error.attempts, calls], [2, 2]);
  });
});
