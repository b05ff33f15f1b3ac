// @ts-check
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import vm from 'node:vm';
import { NOTHING_MORE, thrownBy, told } from './failure.js';
import { pair } from './fixture-pairs.js';
import { explainTask, parseTask } from './packed.js';

const { body: bytes, expected } = pair('unified/quickrouter.veo3.1-fast.completed');
const text = bytes.toString('utf8');

/** @param {any} body @param {any} [options] */
const failure = (body, options) => thrownBy(() => parseTask(body, options));

/** The bytes within a larger buffer. @param {number} before */
function within(before) {
  const large = new Uint8Array(bytes.length + before + 5).fill(0x5b);
  large.set(bytes, before);
  return large.buffer;
}

describe('parseTask reads', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  /** @type {Record<string, any>} */
  const bodies = {
    'a string': text,
    'a Uint8Array': new Uint8Array(bytes),
    'a Buffer': bytes,
    'an ArrayBuffer': new Uint8Array(bytes).buffer,
    'a DataView of part of a buffer': new DataView(within(3), 3, bytes.length),
    'a Uint8Array of part of a buffer': new Uint8Array(within(7), 7, bytes.length),
    'bytes that threads share': shared,
    'an object': JSON.parse(text),
    'an object without a prototype': Object.assign(Object.create(null), JSON.parse(text)),
    'an ArrayBuffer of another realm': vm.runInNewContext('Uint8Array.from(bytes).buffer', { bytes: [...bytes] }),
    'a Uint8Array of another realm': vm.runInNewContext('Uint8Array.from(bytes)', { bytes: [...bytes] }),
  };
  for (const [kind, body] of Object.entries(bodies)) {
    test(kind, () => {
      const task = parseTask(body, expected.ask);
      assert.deepEqual(task, expected.task);
      assert.deepEqual(task.raw, JSON.parse(text));
    });
  }

  test('an object with a member called text', () => {
    assert.equal(parseTask({ id: 'grok:1', status: 'pending', text: 'a cat' }).id, 'grok:1');
  });

  test('of a very long list the first 200 URLs, and tells of the first 20 that are none', () => {
    const list = (/** @type {(at: number) => string} */ url) =>
      parseTask({ id: 'a', status: 'completed', unsigned_urls: Array.from({ length: 500 }, (_, at) => url(at)) });
    const { videos } = list((at) => `https://cdn.example/${at}.mp4`);
    assert.deepEqual([videos.length, videos.at(-1)?.url], [200, 'https://cdn.example/199.mp4']);
    assert.equal(list((at) => `javascript:${at}`).warnings.filter(({ code }) => code === 'unsafe_url').length, 20);
  });

  test('its body once, for all who look at raw', () => {
    const task = parseTask(text);
    assert.equal(task.raw, task.raw);
  });

  test('an object that says itself what it is as JSON', () => {
    const body = { toJSON: () => ({ id: 'grok:1', status: 'pending', at: new Date(0) }) };
    assert.equal(parseTask(body).id, 'grok:1');
    assert.deepEqual(parseTask(body).raw, { id: 'grok:1', status: 'pending', at: '1970-01-01T00:00:00.000Z' });
  });
});

describe('parseTask refuses', () => {
  const circular = /** @type {any} */ ({ id: 'a' });
  circular.self = circular;
  /** @type {Record<string, [unknown, RegExp]>} */
  const bodies = {
    'a promise': [Promise.resolve(text), /promise.*await/],
    null: [null, /string, bytes or an object, not null\.$/],
    undefined: [undefined, /string, bytes or an object/],
    'a number': [7, /string, bytes or an object/],
    'a boolean': [true, /string, bytes or an object/],
    'a function': [() => text, /string, bytes or an object/],
    'a symbol': [Symbol('a'), /string, bytes or an object/],
    'a BigInt': [7n, /string, bytes or an object/],
    'what refers to itself': [circular, /JSON/],
    'what holds a BigInt': [{ id: 1n }, /JSON/],
    'a Response': [new Response(text), /^The body has not been read yet: pass `await body\.text\(\)`\.$/],
    'a Request': [new Request('https://a.example', { method: 'POST', body: text }), /pass `await body\.text\(\)`/],
    'a Blob': [new Blob([text]), /pass `await body\.text\(\)`/],
    'what has no JSON': [{ toJSON: () => undefined }, /JSON/],
  };
  for (const [kind, [body, words]] of Object.entries(bodies)) {
    test(kind, async () => {
      const error = await failure(body);
      assert.deepEqual(told(error), { ...NOTHING_MORE, code: 'invalid_argument', attempts: 0 });
      assert.match(error.message, words);
    });
  }

  test('options of the wrong kind', async () => {
    for (const options of [
      { id: 7 },
      { id: '\ud800' },
      { baseUrl: 7 },
      { baseUrl: 'a.example' },
      { ID: 'a' },
      'a',
      7,
    ]) {
      assert.equal((await failure(text, options)).code, 'invalid_argument');
    }
    assert.match((await failure(text, { ID: 'a' })).message, /'ID'.*'id'/);
  });

  test('an id that queryTask refuses', async () => {
    for (const [id, words] of /** @type {const} */ ([
      ['', /^The id is empty/],
      [' ', /^The id is empty/],
      ['a ', /white space: trim it/],
    ])) {
      for (const read of [parseTask, explainTask]) {
        const error = await thrownBy(() => read(text, { id }));
        assert.deepEqual(told(error), { ...NOTHING_MORE, code: 'invalid_argument', attempts: 0 });
        assert.match(error.message, words);
      }
    }
  });
});

describe('the options of parseTask', () => {
  test('id: is the id, and gives model and provider where the body has none', () => {
    const task = parseTask({ id: 'eee6', status: 'pending' }, { id: 'grok:eee6' });
    assert.deepEqual([task.id, task.responseId, task.model, task.provider], ['grok:eee6', 'eee6', 'grok', 'grok']);
  });

  test('baseUrl: where URLs within the site lead', () => {
    const body = { id: 'grok:1', status: 'completed', video_url: '/media/a.mp4' };
    for (const baseUrl of ['https://relay.example', 'https://relay.example/', 'https://relay.example/v1']) {
      assert.equal(parseTask(body, { baseUrl }).videoUrl, 'https://relay.example/media/a.mp4');
    }
  });

  test('undefined and null are as good as none', () => {
    for (const none of [undefined, null]) {
      assert.equal(parseTask(text, /** @type {any} */ ({ id: none, baseUrl: none })).status, 'completed');
      assert.equal(parseTask(text, /** @type {any} */ (none)).status, 'completed');
    }
  });
});

describe('parseTask throws what queryTask would reject with', () => {
  test('for an error envelope', async () => {
    const error = await failure({
      error: { message: '任务不存在 (request id: 2025)', type: 'new_api_error', code: '' },
    });
    assert.deepEqual(told(error), {
      ...NOTHING_MORE,
      code: 'not_found',
      serviceCode: 'new_api_error',
      serviceMessage: '任务不存在 (request id: 2025)',
      requestId: '2025',
      missing: 'task',
      attempts: 0,
    });
  });

  test('for what is no task or no JSON', async () => {
    for (const body of ['', '{}', '[]', '""', '7', 'null', '{"id"', '<html>', 'nonsense', {}, [], new Uint8Array(0)]) {
      assert.equal((await failure(body)).code, 'invalid_response', String(body));
    }
  });
});
