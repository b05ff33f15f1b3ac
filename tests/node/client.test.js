// @ts-check
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { failureOf, reasonOf } from './failure.js';
import { createClient, parseTask, queryTask, watchTask, watchTasks } from './packed.js';
import { json, serve, taskBody } from './service.js';

const ID = 'sora-2:task_1';
/** A service that knows every task. @param {{ after: (end: () => void) => void }} t */
const echo = (t) => serve(t, ({ query }) => taskBody(query.get('id') ?? ''));
const service = await echo({ after });
const last = () => service.requests[service.requests.length - 1];

describe('a client', () => {
  test('asks with its defaults', async () => {
    const headers = { 'x-forwarded-host': 'a.example' };
    const client = createClient({ apiKey: 'key-1', baseUrl: service.url, endpoint: '/tasks?id={id}', headers });
    assert.equal((await client.queryTask(ID)).id, ID);
    assert.equal(last().target, `/tasks?id=${ID}`);
    assert.equal(last().headers.authorization, 'Bearer key-1');
    assert.equal(last().headers['x-forwarded-host'], 'a.example');
  });

  test('asks otherwise for one call, and with its defaults again', async () => {
    const client = createClient({ apiKey: 'key-1', baseUrl: service.url });
    const keys = [];
    for (const options of [{}, { apiKey: 'key-2' }, undefined, { apiKey: '' }, { endpoint: '/tasks?id={id}' }]) {
      await client.queryTask(ID, options);
      keys.push(last().headers.authorization);
    }
    assert.deepEqual(keys, ['Bearer key-1', 'Bearer key-2', 'Bearer key-1', undefined, 'Bearer key-1']);
    assert.equal(last().target, `/tasks?id=${ID}`);
  });

  test('keeps a default where a call has undefined', async () => {
    const client = createClient({ apiKey: 'key-1', baseUrl: service.url, timeoutMs: 5000 });
    const task = await client.queryTask(ID, { apiKey: undefined, baseUrl: undefined, timeoutMs: undefined });
    assert.equal(task.id, ID);
    assert.equal(last().headers.authorization, 'Bearer key-1');
  });

  test('keeps a default where a call has null, the key and the service above all', async (t) => {
    const [own, other] = [await echo(t), await echo(t)];
    process.env.VIDEO_TASK_BASE_URL = other.url;
    t.after(() => delete process.env.VIDEO_TASK_BASE_URL);
    const client = createClient({ apiKey: 'key-1', baseUrl: own.url, deadlineMs: 100, intervalMs: 10 });
    const nothing = /** @type {any} */ ({ apiKey: null, baseUrl: null, deadlineMs: null, headers: null });
    await client.queryTask(ID, nothing);
    assert.equal(own.requests[0]?.headers.authorization, 'Bearer key-1');
    assert.equal(
      (await failureOf(client.waitForTask('never', { ...nothing, endpoint: '/never?id={id}' }))).code,
      'timeout',
    );
    assert.equal(other.requests.length, 0);
  });

  test('asks with the options as they were at the call, whatever becomes of the object', async (t) => {
    const own = await echo(t);
    const headers = { authorization: 'Bearer token-a' };
    const options = { baseUrl: own.url, apiKey: 'key-a', endpoint: '/tasks?id={id}' };
    const asked = [queryTask('with-key', options)];
    options.apiKey = 'key-b';
    asked.push(queryTask('with-other-key', options));
    asked.push(queryTask('with-token', { ...options, headers }));
    headers.authorization = 'Bearer token-b';
    const found = /** @type {any} */ (new Headers(headers));
    asked.push(queryTask('with-other-token', { ...options, headers: found }));
    await Promise.all(asked);
    const sent = own.requests.map(({ query, headers }) => [query.get('id'), headers.authorization]);
    assert.deepEqual(Object.fromEntries(sent), {
      'with-key': 'Bearer key-a',
      'with-other-key': 'Bearer key-b',
      'with-token': 'Bearer token-a',
      'with-other-token': 'Bearer token-b',
    });
  });

  test('watches with the options and the ids as they were at the call', async (t) => {
    const own = await echo(t);
    const options = { baseUrl: own.url, apiKey: 'key-a', endpoint: '/tasks?id={id}', intervalMs: 5 };
    const ids = ['many'];
    const streams = [watchTask('one', options), watchTasks(ids, options)];
    options.apiKey = 'key-b';
    ids[0] = 'other';
    for (const stream of streams) await stream.next().finally(() => stream.return?.(undefined));
    const sent = own.requests.map(({ query, headers }) => [query.get('id'), headers.authorization]);
    assert.deepEqual(Object.fromEntries(sent), { one: 'Bearer key-a', many: 'Bearer key-a' });
  });

  test('takes everything that queryTask takes as a default', async (t) => {
    let calls = 0;
    const refusing = await serve(t, () => json({ error: 'no' }, 500, { 'retry-after': '0' }));
    const { signal } = new AbortController();
    const fetch = (/** @type {any} */ url, /** @type {any} */ init) => {
      calls += 1;
      return globalThis.fetch(url, init);
    };
    const client = createClient({ baseUrl: refusing.url, maxRetries: 3, maxBodyBytes: 1000, signal, fetch });
    assert.equal((await failureOf(client.queryTask(ID))).attempts, 4);
    assert.equal(calls, 4);
    const aborted = createClient({ baseUrl: refusing.url, signal: AbortSignal.abort('closed') });
    assert.equal(await reasonOf(aborted.queryTask(ID)), 'closed');
  });

  test('does not change what it was made of', async () => {
    const defaults = Object.freeze({ apiKey: 'key-1', baseUrl: service.url, headers: Object.freeze({ 'x-a': '1' }) });
    const options = Object.freeze({ endpoint: '/tasks?id={id}', headers: Object.freeze({ 'x-b': '2' }) });
    await createClient(defaults).queryTask(ID, options);
    assert.deepEqual([last().headers['x-a'], last().headers['x-b']], [undefined, '2']);
  });

  test('needs no defaults, and its functions no client before the dot', async () => {
    for (const given of [undefined, /** @type {any} */ (null), {}]) {
      const client = createClient(given);
      const { queryTask: ask, parseTask: parse } = client;
      assert.equal((await ask(ID, { baseUrl: service.url })).id, ID);
      assert.equal(parse('{"id":"grok:1","status":"pending"}').status, 'queued');
    }
  });

  test('asks as it was told where a call says nothing, and is refused for what is no object', async () => {
    const client = createClient({ baseUrl: service.url });
    for (const none of [undefined, null]) assert.equal((await client.queryTask(ID, /** @type {any} */ (none))).id, ID);
    const wrong = createClient(/** @type {any} */ ('fast'));
    for (const refused of [client.queryTask(ID, /** @type {any} */ ('fast')), wrong.queryTask(ID, {})]) {
      const { code, message } = await failureOf(refused);
      assert.deepEqual(
        [code, message],
        ['invalid_argument', "The options must be an object, such as { apiKey: '…' }."],
      );
    }
  });

  test('parses like parseTask, which its options do not concern', () => {
    const body = { id: 'eee6', status: 'completed', video_url: 'https://a.example/a.mp4' };
    const client = createClient({ apiKey: 'key-1', timeoutMs: 5 });
    assert.deepEqual(client.parseTask(body, { id: 'grok:eee6' }), parseTask(body, { id: 'grok:eee6' }));
  });

  test('takes URLs in a body for those of its baseUrl, unless a call names another', () => {
    const body = { id: 'grok:1', status: 'completed', video_url: '/a.mp4' };
    const client = createClient({ baseUrl: 'https://relay.example', apiKey: 'key-1' });
    /** @type {(typeof parseTask)[]} */
    const reads = [client.parseTask, (body, options) => client.explainTask(body, options).task];
    for (const read of reads) {
      assert.equal(read(body).videoUrl, 'https://relay.example/a.mp4');
      assert.equal(read(body, { baseUrl: 'https://other.example' }).videoUrl, 'https://other.example/a.mp4');
    }
  });

  test('makes the request for a video with its defaults, but for those of waiting', async () => {
    const waiting = { deadlineMs: 5, intervalMs: 5, concurrency: 2, requestsPerSecond: 5, onUpdate() {} };
    const task = parseTask({ id: 'grok:1', status: 'completed', video_url: 'https://relay.example/a.mp4' });
    const client = createClient({ baseUrl: 'https://relay.example', apiKey: 'key-1', ...waiting });
    assert.equal((await client.videoRequest(task)).headers.get('authorization'), 'Bearer key-1');
    const aborted = createClient({ baseUrl: service.url, signal: AbortSignal.abort('closed') });
    assert.equal(
      await reasonOf(aborted.videoRequest(await createClient({ baseUrl: service.url }).queryTask(ID))),
      'closed',
    );
  });
});

describe('many queries at once', () => {
  test('each get their own answer', async (t) => {
    const slow = await serve(t, async ({ query }) => {
      const number = Number(query.get('id')?.split('_')[1]);
      await new Promise((resolve) => setTimeout(resolve, (number * 7) % 40));
      if (number % 5 === 0) return json({ error: { message: `none ${number}`, code: 'video_not_found' } }, 404);
      return json({ id: `sora-2:task_${number}`, status: 'completed', video_url: `https://a.example/${number}.mp4` });
    });
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, number) =>
        queryTask(`sora-2:task_${number}`, { apiKey: `key-${number}`, baseUrl: slow.url }).then(
          (task) => task.videoUrl,
          (error) => error.serviceMessage,
        ),
      ),
    );
    const expected = outcomes.map((_, number) =>
      number % 5 === 0 ? `none ${number}` : `https://a.example/${number}.mp4`,
    );
    assert.deepEqual(outcomes, expected);
    for (const { query, headers } of slow.requests) {
      assert.equal(headers.authorization, `Bearer key-${query.get('id')?.split('_')[1]}`);
    }
  });

  test('of different clients do not mix', async () => {
    const clients = ['a', 'b', 'c'].map((apiKey) => createClient({ apiKey, baseUrl: service.url }));
    const before = service.requests.length;
    await Promise.all(
      clients.flatMap((client, index) => [1, 2, 3].map(() => client.queryTask(`sora-2:${'abc'[index]}`))),
    );
    for (const { query, headers } of service.requests.slice(before)) {
      assert.equal(headers.authorization, `Bearer ${query.get('id')?.slice('sora-2:'.length)}`);
    }
  });
});
