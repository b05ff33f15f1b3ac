// @ts-check
/** The machine's clock may be put right, or the machine sleep: neither stops a wait nor ends it. And a clock that is played. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { createClient, queryTask, watchTasks } from './packed.js';
import { playClock, playFetch } from './played-clock.js';
import { ID, completed, said, scripted } from './script.js';
import { json } from './service.js';

const HOUR_MS = 3_600_000;
const { now } = Date;
afterEach(() => {
  Date.now = now;
});

describe('a clock that jumps while a task is watched', () => {
  for (const [name, ms] of /** @type {const} */ ([
    ['back by an hour', -HOUR_MS],
    ['ahead by an hour', HOUR_MS],
  ])) {
    test(`${name} leaves the pace as it is`, { timeout: 10_000 }, async (t) => {
      const service = await scripted(t, [
        said('processing', { progress: 10 }),
        said('processing', { progress: 20 }),
        completed,
      ]);
      const client = createClient({
        baseUrl: service.url,
        endpoint: 'unified',
        intervalMs: 20,
        requestsPerSecond: 100,
        deadlineMs: 8000,
      });
      const seen = [];
      for await (const { status, progress } of client.watchTask(ID)) {
        seen.push([status, progress]);
        // Once, and for all that comes after.
        if (seen.length === 1) Date.now = () => now() + ms;
      }
      assert.deepEqual(seen, [
        ['processing', 0.1],
        ['processing', 0.2],
        ['completed', 1],
      ]);
      assert.equal(service.requests.length, 3);
      // Neither is what another watch of the client sees old.
      assert.equal((await client.waitForTask(ID)).status, 'completed');
    });
  }
});

describe('fake timers of a test runner', () => {
  test('that are taken away again stop no later wait', { timeout: 10_000 }, async (t) => {
    const service = await scripted(t, [said('processing'), completed]);
    const client = createClient({ baseUrl: service.url, endpoint: 'unified', intervalMs: 20 });
    const ahead = t.mock.method(performance, 'now', () => HOUR_MS);
    assert.equal((await client.waitForTask(ID)).status, 'completed');
    ahead.mock.restore();
    assert.equal((await client.waitForTask('sora-2:task_2')).status, 'completed');
  });

  test('that begin in 1970 and are taken away again make no task older than it is', async (t) => {
    // Later than all that other tests have played, and whole.
    const start = Math.ceil(now() / HOUR_MS + 10) * HOUR_MS;
    const { pass } = playClock(t, start);
    t.mock.method(Math, 'random', () => 0.5);
    const { performance } = globalThis;
    const options = { endpoint: 'unified' };
    for (const clock of [performance, { timeOrigin: 0, now: () => 0 }]) {
      globalThis.performance = /** @type {any} */ (clock);
      assert.equal(
        (await createClient({ ...options, fetch: playFetch([completed]).fetch }).waitForTask(ID)).status,
        'completed',
      );
    }
    globalThis.performance = performance;
    const { asked, fetch } = playFetch([said('processing', { created_at: start / 1000 - 1200 }), completed]);
    const wait = createClient({ ...options, fetch }).waitForTask(ID);
    await pass(0);
    // So long for a task of twenty minutes.
    await pass(8999);
    assert.equal(asked.length, 1);
    await pass(1);
    assert.equal(asked.length, 2);
    assert.equal((await wait).status, 'completed');
  });

  test('that hold microtasks up hold no question up', { timeout: 10_000 }, async (t) => {
    // One without a stream, for which Node itself would need them.
    const answer = {
      status: 200,
      headers: new Headers(),
      arrayBuffer: async () => Buffer.from('{"id":"a","status":"queued"}'),
    };
    t.mock.method(globalThis, 'queueMicrotask', () => {});
    const fetch = /** @type {any} */ (async () => answer);
    assert.equal((await queryTask('a', { fetch })).status, 'queued');
  });
});

test('surroundings without a performance are waited in by their clock', async (t) => {
  const { performance } = globalThis;
  t.after(() => void (globalThis.performance = performance));
  globalThis.performance = /** @type {any} */ (undefined);
  const { fetch } = playFetch([said('processing'), completed]);
  const client = createClient({ fetch, endpoint: 'unified', intervalMs: 5 });
  assert.equal((await client.waitForTask(ID)).status, 'completed');
});

test('a deadline may be longer than timers can count', { timeout: 10_000 }, async (t) => {
  const deadlineMs = 2 ** 31;
  const done = playFetch([said('processing'), said('processing'), completed]);
  const options = { endpoint: 'unified', intervalMs: 5, deadlineMs };
  assert.equal((await createClient({ ...options, fetch: done.fetch }).waitForTask(ID)).status, 'completed');
  const { pass } = playClock(t);
  const { fetch } = playFetch([said('processing')]);
  let code = '';
  createClient({ ...options, intervalMs: 1e9, fetch })
    .waitForTask(ID)
    .catch((error) => (code = error.code));
  await pass(0);
  await pass(deadlineMs - 1);
  assert.equal(code, '');
  await pass(1);
  assert.equal(code, 'timeout');
});

test('an answer that is a second old is asked for again by whoever joins, and a missed poll at once', async (t) => {
  const { pass } = playClock(t);
  const { asked, fetch } = playFetch([said('processing'), json({}, 502), said('processing')]);
  const client = createClient({ fetch, endpoint: 'unified', intervalMs: 60_000, requestsPerSecond: 1000 });
  const controller = new AbortController();
  const join = () => void client.waitForTask(ID, { signal: controller.signal }).catch(() => {});
  const counts = [];
  for (const ms of [0, 999, 1, 10]) {
    await pass(ms);
    join();
    await pass(0);
    counts.push(asked.length);
  }
  controller.abort();
  assert.deepEqual(counts, [1, 1, 2, 3]);
});

test('whoever is told of what another one asked for waits anew', async (t) => {
  const { pass } = playClock(t);
  const { asked, fetch } = playFetch([said('processing')]);
  const client = createClient({ fetch, endpoint: 'unified', requestsPerSecond: 1000 });
  const controller = new AbortController();
  for (const intervalMs of [1000, 300])
    client.waitForTask(ID, { intervalMs, signal: controller.signal }).catch(() => {});
  await pass(0);
  for (let step = 0; step < 11; step += 1) await pass(100);
  controller.abort();
  // At 0, 300, 600 and 900 ms, and not at 1000.
  assert.equal(asked.length, 4);
});

test('where nobody says otherwise a wait ends after half an hour, and six are asked for at once', async (t) => {
  const { pass } = playClock(t);
  let asked = 0;
  const fetch = /** @type {any} */ (() => new Promise(() => (asked += 1)));
  const ids = Array.from({ length: 10 }, (_, at) => `sora-2:task_${at}`);
  const stream = createClient({ fetch, requestsPerSecond: 1000, timeoutMs: Infinity }).watchTasks(ids);
  let code = '';
  stream.next().then(({ value }) => (code = value?.error?.code ?? 'none'));
  await pass(0);
  for (let step = 0; step < 10; step += 1) await pass(100);
  assert.equal(asked, 6);
  await pass(1_800_000 - 1001);
  assert.equal(code, '');
  await pass(1);
  assert.equal(code, 'timeout');
});

test('each request of a poll counts in the requests per second', { timeout: 10_000 }, async (t) => {
  const { pass } = playClock(t);
  let requests = 0;
  const fetch = async (/** @type {any} */ url) => {
    requests += 1;
    if (url.includes('/v1/video/generations/')) return Response.json({ id: ID, status: 'failed' });
    return Response.json({ error: { message: 'Invalid URL (GET /v1)' } }, { status: 404 });
  };
  const events = watchTasks(['a', 'b'], { fetch, requestsPerSecond: 2, concurrency: 1 });
  const ended = (async () => {
    const ids = [];
    for await (const { id } of events) ids.push(id);
    return ids;
  })();
  await pass(0);
  // The first task is looked for under three routes.
  assert.equal(requests, 3);
  // Three times 500 ms, less the 20 ms by which a timer may come late.
  await pass(1479);
  assert.equal(requests, 3);
  await pass(1);
  assert.equal(requests, 4);
  assert.deepEqual(await ended, ['a', 'b']);
});
