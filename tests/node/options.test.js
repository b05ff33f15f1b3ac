// @ts-check
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { failureOf, NOTHING_MORE, thrownBy, told } from './failure.js';
import { createClient, parseTask, queryTask } from './packed.js';
import { serve, taskBody } from './service.js';

const ID = 'sora-2:task_1';
const REFUSED = { ...NOTHING_MORE, code: 'invalid_argument', attempts: 0 };
const service = await serve({ after }, () => taskBody());

/** @param {any} options */
const query = (options) => queryTask(ID, { baseUrl: service.url, ...options });

/** The message of the refusal, before which nothing was asked. @param {Promise<unknown>} promise */
async function refusal(promise) {
  const before = service.requests.length;
  const error = await failureOf(promise);
  assert.deepEqual(told(error), REFUSED);
  assert.equal(service.requests.length, before);
  return error.message;
}

describe('options that are no plain object', () => {
  class Settings {
    get baseUrl() {
      return service.url;
    }
  }

  test('are refused where something would be left unread', async () => {
    for (const [options, name] of [
      [new Settings(), 'baseUrl'],
      [Object.create({ apiKey: 'sk-0123456789' }), 'apiKey'],
      [
        new (class {
          apiKey() {}
        })(),
        'apiKey',
      ],
      [Object.create({ fetch() {} }), 'fetch'],
      [Object.create({ onUpdate() {} }), 'onUpdate'],
      [new (class extends Settings {})(), 'baseUrl'],
      [[], 'length'],
    ]) {
      const message = `The options must be a plain object: '${name}' stands in its class or prototype, which is not read.`;
      assert.equal(await refusal(queryTask(ID, options)), message);
      assert.throws(() => createClient(options), { code: 'invalid_argument', message });
    }
  });

  test('are read where all of them is their own', async () => {
    class Own {
      baseUrl = service.url;
      apiKey = 'sk-0123456789';
      check() {}
    }
    assert.equal((await queryTask(ID, new Own())).status, 'queued');
    assert.equal((await queryTask(ID, Object.assign(Object.create(null), new Own()))).status, 'queued');
  });
});

describe('an option that there is not', () => {
  for (const [name, meant] of [
    ['apikey', 'apiKey'],
    ['api_key', 'apiKey'],
    ['baseURL', 'baseUrl'],
    ['base-url', 'baseUrl'],
    ['timeoutMS', 'timeoutMs'],
    ['max_retries', 'maxRetries'],
    ['Headers', 'headers'],
  ]) {
    test(`such as ${name} is refused by name, with what was meant`, async () => {
      const message = await refusal(query({ [name]: 'anything' }));
      assert(message.includes(`'${name}'`) && message.includes(`'${meant}'`), message);
    });
  }

  test('that resembles none is refused by name, with all that there are', async () => {
    const message = await refusal(query({ retries: 3 }));
    assert(message.includes(`'retries'`), message);
    const known = [
      'apiKey',
      'baseUrl',
      'endpoint',
      'headers',
      'signal',
      'timeoutMs',
      'maxRetries',
      'maxBodyBytes',
      'fetch',
    ];
    for (const name of known) assert(message.includes(name), message);
  });

  test('is refused even when it is undefined or null', async () => {
    for (const value of [undefined, null]) assert.match(await refusal(query({ apikey: value })), /'apikey'/);
  });

  test('is refused as a client’s default too', async () => {
    const client = createClient(/** @type {any} */ ({ baseUrl: service.url, timeout: 5 }));
    assert.match(await refusal(client.queryTask(ID)), /'timeout'/);
  });

  test('is refused by parseTask, whose options are others', async () => {
    const options = /** @type {any} */ ({ apiKey: 'key-1' });
    const error = await thrownBy(() => parseTask('{"id":"1","status":"queued"}', options));
    assert.deepEqual(told(error), REFUSED);
    assert.match(error.message, /'apiKey'.*id, baseUrl/);
  });
});

describe('an option of the wrong kind is refused by name', () => {
  const lone = '\ud800';
  /** @type {[string, unknown[]][]} */
  const wrong = [
    ['apiKey', [7, true, {}, ['key-1'], lone]],
    ['baseUrl', [7, true, {}, new URL('https://relay.example'), lone]],
    [
      'endpoint',
      [7, {}, lone, '', 'videos', 'v1/videos/{id}', '/v1/videos', 'https://a.example/{id}', '//a.example/{id}'],
    ],
    ['headers', ['a: b', 7, true]],
    ['signal', [{}, 'now', true, new AbortController(), { aborted: false }]],
    ['timeoutMs', ['30', 0, -1, NaN, true, {}]],
    ['maxRetries', ['2', -1, 1.5, NaN, true]],
    ['maxBodyBytes', ['1', 0, -1, NaN, {}]],
    ['fetch', ['fetch', {}, true, 7]],
  ];
  for (const [name, values] of wrong) {
    test(name, async () => {
      for (const value of values) {
        const message = await refusal(query({ [name]: value }));
        assert(message.includes(name), `${String(value)}: ${message}`);
      }
    });
  }

  test('headers whose name or value HTTP cannot carry, by the name of the header', async () => {
    for (const value of ['line\nbreak', 'nul\0', '视频', 7, null, {}]) {
      const message = await refusal(query({ headers: { 'x-trace': value } }));
      assert(message.includes('x-trace'), message);
      assert(!message.includes('break'), message);
    }
    assert.match(
      await refusal(query({ headers: { 'x-trace sk-0123456789': 'a' } })),
      /The header 'x-trace…' has a name/,
    );
  });

  test('the options themselves', async () => {
    for (const options of ['key-1', 7, true, () => {}]) {
      assert.match(await refusal(queryTask(ID, /** @type {any} */ (options))), /options/);
    }
  });
});

describe('an option that is undefined or null', () => {
  test('is as good as none', async () => {
    for (const none of [undefined, null]) {
      const options = { apiKey: none, endpoint: none, headers: none, signal: none, timeoutMs: none, maxRetries: none };
      const task = await query({ ...options, maxBodyBytes: none, fetch: none });
      assert.equal(task.status, 'queued');
    }
  });
});

describe('headers', () => {
  /** @param {any} headers */
  async function sent(headers) {
    await query({ headers });
    return service.requests.at(-1)?.headers ?? {};
  }

  test('may be an object, a Headers, a Map or pairs', async () => {
    const pairs = /** @type {[string, string][]} */ ([['X-Forwarded-Host', 'a.example']]);
    for (const headers of [Object.fromEntries(pairs), new Headers(pairs), new Map(pairs), pairs]) {
      assert.equal((await sent(headers))['x-forwarded-host'], 'a.example');
    }
  });

  test('of the caller’s own replace those of the package', async () => {
    const { accept, 'content-type': type } = await sent({ Accept: 'application/problem+json' });
    assert.deepEqual([accept, type], ['application/problem+json', 'application/json']);
  });

  test('that are undefined are not sent', async () => {
    const headers = await sent({ 'x-trace': undefined });
    assert.equal('x-trace' in headers, false);
  });

  test('stay as the caller has them', async () => {
    const headers = Object.freeze({ 'x-trace': 'a' });
    const own = new Headers({ 'x-trace': 'b' });
    await query({ headers, apiKey: 'key-1' });
    await query({ headers: own, apiKey: 'key-1' });
    assert.deepEqual([...own], [['x-trace', 'b']]);
  });
});
