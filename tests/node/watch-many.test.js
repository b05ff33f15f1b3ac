// @ts-check
/** `watchTasks`: what it yields, how it ends, and what it shares. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureOf } from './failure.js';
import { TaskQueryError, createClient, watchTasks } from './packed.js';
import { FAST, ID, all, said, scripted } from './script.js';
import { json, serve } from './service.js';

describe('watchTasks', { concurrency: true }, () => {
  /** A service whose tasks end at the second look, as their ids say. @param {import('node:test').TestContext} t */
  async function many(t) {
    /** @type {Map<string, number>} */
    const looks = new Map();
    let [now, most] = [0, 0];
    const service = await serve(t, async ({ query }) => {
      const id = String(query.get('id'));
      looks.set(id, (looks.get(id) ?? 0) + 1);
      most = Math.max(most, (now += 1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
      if (id.startsWith('gone')) return json({ error: { message: 'forbidden for this key' } }, 403);
      const status = looks.get(id) === 1 ? 'processing' : id.startsWith('bad') ? 'failed' : 'completed';
      return json({ id, status, video_url: status === 'completed' ? `https://cdn.example/${id}.mp4` : '' });
    });
    return { ...service, looks, most: () => most };
  }

  test('ends each id with its own outcome, and an error ends its id alone', async (t) => {
    const service = await many(t);
    const ids = Array.from({ length: 60 }, (_, at) => `${['ok', 'bad', 'gone'][at % 3]}-${at}`);
    const events = await all(watchTasks([...ids, ...ids], { ...FAST, baseUrl: service.url }));
    const last = new Map(events.map((event) => [event.id, event]));
    for (const id of ids) {
      const event = last.get(id);
      const [kind] = id.split('-');
      const outcome = event?.error?.code ?? event?.task?.status;
      assert.equal(outcome, { ok: 'completed', bad: 'failed', gone: 'permission' }[String(kind)], id);
    }
    // Each of two looks was a change; an id that was given twice was watched once.
    assert.equal(events.length, 100);
    assert.equal(service.requests.length, 100);
  });

  test('keeps to the requests that may be under way at once', async (t) => {
    const service = await many(t);
    const ids = Array.from({ length: 30 }, (_, at) => `ok-${at}`);
    await all(watchTasks(ids, { ...FAST, baseUrl: service.url, concurrency: 3 }));
    assert.equal(service.most(), 3);
  });

  test('after an abort gives nothing that had come before', async (t) => {
    const service = await many(t);
    const controller = new AbortController();
    const ids = Array.from({ length: 10 }, (_, at) => `ok-${at}`);
    const seen = [];
    const reading = (async () => {
      for await (const { id } of watchTasks(ids, { ...FAST, baseUrl: service.url, signal: controller.signal })) {
        seen.push(id);
        await new Promise((resolve) => setTimeout(resolve, 100));
        controller.abort('enough');
      }
    })();
    assert.equal(
      await reading.then(
        () => 'ended',
        (reason) => reason,
      ),
      'enough',
    );
    assert.equal(seen.length, 1);
  });

  test('is broken by what onUpdate throws, be it a TaskQueryError', async (t) => {
    const service = await many(t);
    const mine = new TaskQueryError({ code: 'server', message: 'mine' });
    const onUpdate = () => {
      throw mine;
    };
    const outcome = all(watchTasks(['ok-1', 'ok-2'], { ...FAST, baseUrl: service.url, onUpdate }));
    assert.equal(
      await outcome.then(
        () => 'ended',
        (reason) => reason,
      ),
      mine,
    );
  });

  test('is broken by what a promise of onUpdate rejects with', async (t) => {
    const service = await many(t);
    const onUpdate = async () => {
      throw 'mine';
    };
    const outcome = all(watchTasks(['ok-1', 'ok-2'], { ...FAST, baseUrl: service.url, onUpdate }));
    assert.equal(
      await outcome.then(
        () => 'ended',
        (reason) => reason,
      ),
      'mine',
    );
  });

  test('an id that is none ends by itself, and no ids end at once', async (t) => {
    const service = await many(t);
    const ids = /** @type {any} */ (['ok-1', '', 7]);
    const events = await all(watchTasks(ids, { ...FAST, baseUrl: service.url }));
    const errors = events.filter(({ error }) => error).map(({ id, error }) => [id, error?.code]);
    assert.deepEqual(errors, [
      ['', 'invalid_argument'],
      [7, 'invalid_argument'],
    ]);
    assert.deepEqual(await all(watchTasks([], { baseUrl: service.url })), []);
    for (const wrong of /** @type {any[]} */ (['ok-1', 7, null])) {
      assert.match((await failureOf(all(watchTasks(wrong)))).message, /ids must be a list/);
    }
  });

  test('gives an error the task of its event', async (t) => {
    const service = await scripted(t, [said('processing'), json({ error: { message: 'no' } }, 403)]);
    const [first, last] = await all(watchTasks([ID], { ...FAST, baseUrl: service.url }));
    assert.deepEqual(
      [first?.task?.status, last?.task?.status, last?.error?.code],
      ['processing', 'processing', 'permission'],
    );
    assert.equal(last?.task, last?.error?.task);
  });

  test('shares polls and limiter with the other waits of its client', async (t) => {
    const service = await many(t);
    const client = createClient({ ...FAST, baseUrl: service.url, concurrency: 1 });
    await Promise.all([
      all(client.watchTasks(['ok-1', 'ok-2'])),
      client.waitForTask('ok-1'),
      all(client.watchTask('ok-2')),
    ]);
    assert.equal(service.most(), 1);
    assert.equal(service.requests.length, 4);
  });

  test('shares them too where its own limits are null, and keeps to itself where they are not', async (t) => {
    const service = await many(t);
    const client = createClient({ ...FAST, baseUrl: service.url });
    const none = /** @type {any} */ ({ requestsPerSecond: null, concurrency: null });
    await Promise.all([all(client.watchTasks(['ok-1'])), all(client.watchTasks(['ok-1'], none))]);
    assert.deepEqual([service.requests.length, service.most()], [2, 1]);
    await Promise.all([all(client.watchTasks(['ok-2'])), all(client.watchTasks(['ok-2'], { concurrency: 2 }))]);
    assert.equal(service.most(), 2);
  });
});
