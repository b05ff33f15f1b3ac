// @ts-check
/** `watchTask` and `watchTasks`: what they yield, how they end, and what they share. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { failureOf } from './failure.js';
import { TaskQueryError, createClient, watchTask, watchTasks } from './packed.js';
import { FAST, ID, completed, said, scripted } from './script.js';
import { json, serve } from './service.js';

/** @template T @param {AsyncIterable<T>} stream */
async function all(stream) {
  const values = [];
  for await (const value of stream) values.push(value);
  return values;
}

describe('watchTask', { concurrency: true }, () => {
  test('yields the task at once, then each change, the failed one last', async (t) => {
    const failed = said('failed', { error: { message: 'No more GPUs.' } });
    const service = await scripted(t, [said('pending'), said('pending'), said('processing', { progress: 10 }), failed]);
    const tasks = await all(watchTask(ID, { ...FAST, baseUrl: service.url }));
    assert.deepEqual(
      tasks.map(({ status }) => status),
      ['queued', 'processing', 'failed'],
    );
    assert.equal(tasks.at(-1)?.error?.message, 'No more GPUs.');
    assert.equal(service.requests.length, 4);
  });

  test('never goes back in progress, and tells of no change where there is none', async (t) => {
    const steps = [10, 40, 20, null, 40, 60];
    const answers = steps.map((progress) => said('processing', progress === null ? {} : { progress }));
    const service = await scripted(t, [...answers, completed]);
    const tasks = await all(watchTask(ID, { ...FAST, baseUrl: service.url }));
    assert.deepEqual(
      tasks.map(({ progress }) => progress),
      [0.1, 0.4, 0.6, 1],
    );
    assert.equal(service.requests.length, 7);
  });

  test('goes on telling of progress to whoever writes into the tasks, and to others what the service said', async (t) => {
    const service = await scripted(t, [
      ...[10, 30, 60, 80].map((progress) => said('processing', { progress })),
      completed,
    ]);
    const client = createClient({ ...FAST, baseUrl: service.url });
    /** @type {unknown[]} */
    const percents = [];
    const other = all(client.watchTask(ID));
    for await (const task of client.watchTask(ID))
      percents.push((task.progress = Math.round((task.progress ?? 0) * 100)));
    assert.deepEqual(percents, [10, 30, 60, 80, 100]);
    assert.deepEqual(
      (await other).map(({ progress }) => progress),
      [0.1, 0.3, 0.6, 0.8, 1],
    );
  });

  test('gives onUpdate and the loop a task each', async (t) => {
    const service = await scripted(t, [said('processing', { progress: 10 }), completed]);
    /** @param {import('../../pkg/index.js').Task} task */
    const onUpdate = (task) => void (task.progress = -1);
    const tasks = await all(watchTask(ID, { ...FAST, baseUrl: service.url, onUpdate }));
    assert.deepEqual(
      tasks.map(({ progress }) => progress),
      [0.1, 1],
    );
  });

  test('tells of no progress where the task failed, whatever it was before', async (t) => {
    const service = await scripted(t, [said('processing', { progress: 40 }), said('failed', { progress: 50 })]);
    const tasks = await all(watchTask(ID, { ...FAST, baseUrl: service.url }));
    assert.deepEqual(
      tasks.map(({ status, progress }) => [status, progress]),
      [
        ['processing', 0.4],
        ['failed', null],
      ],
    );
  });

  test('takes a new time of the last look for no change', async (t) => {
    const looks = [1, 2, 3].map((at) => said('processing', { status_update_time: 1_759_763_631_000 + at }));
    const service = await scripted(t, [...looks, completed]);
    const tasks = await all(watchTask(ID, { ...FAST, baseUrl: service.url }));
    assert.deepEqual(
      tasks.map(({ status }) => status),
      ['processing', 'completed'],
    );
  });

  test('stops asking when the loop is left', async (t) => {
    const service = await scripted(t, [said('pending'), said('processing')]);
    for await (const task of watchTask(ID, { ...FAST, baseUrl: service.url })) if (task.status === 'processing') break;
    const { length } = service.requests;
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal(service.requests.length, length);
  });

  test('asks nothing before the first reading, and can be left while it waits', async (t) => {
    const service = await scripted(t, [said('processing')]);
    const stream = watchTask(ID, { ...FAST, baseUrl: service.url });
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(service.requests.length, 0);
    assert.equal((await stream.next()).value?.status, 'processing');
    const waiting = stream.next();
    assert.deepEqual(await stream.return?.(), { value: undefined, done: true });
    assert.deepEqual(await waiting, { value: undefined, done: true });
  });

  test('after an abort gives nothing that had come before', async (t) => {
    const steps = [10, 20, 30].map((progress) => said('processing', { progress }));
    const service = await scripted(t, steps);
    const controller = new AbortController();
    /** @param {import('../../pkg/index.js').Task} task */
    const onUpdate = ({ progress }) => progress === 0.3 && setImmediate(() => controller.abort('enough'));
    const options = { ...FAST, baseUrl: service.url, signal: controller.signal, onUpdate };
    const stream = watchTask(ID, /** @type {any} */ (options));
    assert.equal((await stream.next()).value?.progress, 0.1);
    await once(controller.signal, 'abort');
    await assert.rejects(stream.next(), (reason) => reason === 'enough');
    assert.deepEqual(await stream.next(), { value: undefined, done: true });
  });

  test('is over once it was left, thrown into or refused, be it before the first reading', async (t) => {
    const service = await scripted(t, [said('processing', { progress: 10 }), said('processing', { progress: 20 })]);
    const options = { ...FAST, baseUrl: service.url };
    const over = { value: undefined, done: true };
    const untouched = await scripted(t, [completed]);
    const unread = watchTask(ID, { ...options, baseUrl: untouched.url });
    assert.deepEqual([await unread.return?.(), await unread.next()], [over, over]);
    const refused = watchTask(ID, { ...options, deadlineMs: 0 });
    assert.equal((await failureOf(refused.next())).code, 'invalid_argument');
    assert.deepEqual(await refused.next(), over);
    assert.equal(service.requests.length, 0);
    for (const leave of ['return', 'throw']) {
      /** @type {() => void} */
      let wake = () => {};
      const isTold = new Promise((resolve) => (wake = () => resolve(undefined)));
      const onUpdate = (/** @type {any} */ { progress }) => void (progress === 0.2 && setImmediate(wake));
      const stream = /** @type {any} */ (watchTask(ID, { ...options, onUpdate }));
      assert.equal((await stream.next()).done, false);
      await isTold;
      const left = stream[leave]('enough').catch((/** @type {unknown} */ reason) => reason);
      assert.deepEqual([await left, await stream.next()], [leave === 'throw' ? 'enough' : over, over]);
    }
    assert.equal(untouched.requests.length, 0);
  });

  test('gives nothing more once onUpdate has left it or aborted', async (t) => {
    const service = await scripted(t, [said('processing')]);
    const over = { value: undefined, done: true };
    const controller = new AbortController();
    /** @type {ReturnType<typeof watchTask> | undefined} */
    let stream;
    for (const [leave, outcome] of /** @type {[() => void, unknown][]} */ ([
      [() => void stream?.return?.(), over],
      [() => controller.abort('enough'), 'enough'],
    ])) {
      const options = { ...FAST, baseUrl: service.url, signal: controller.signal, onUpdate: leave };
      stream = watchTask(ID, options);
      assert.deepEqual(await stream.next().catch((reason) => reason), outcome);
      assert.deepEqual(await stream.next(), over);
    }
  });

  test('is left with what went wrong, where that was not read', async (t) => {
    const service = await scripted(t, [said('processing')]);
    const controller = new AbortController();
    const stream = watchTask(ID, { ...FAST, baseUrl: service.url, signal: controller.signal });
    assert.equal((await stream.next()).done, false);
    controller.abort('enough');
    await stream.return?.();
    assert.deepEqual(await stream.next(), { value: undefined, done: true });
  });

  test('throws what went wrong for good, after what was seen', async (t) => {
    const service = await scripted(t, [said('processing'), json({ error: { message: 'no' } }, 403)]);
    const stream = watchTask(ID, { ...FAST, baseUrl: service.url });
    assert.equal((await stream.next()).value?.status, 'processing');
    assert.equal((await failureOf(stream.next())).code, 'permission');
    assert.deepEqual(await stream.next(), { value: undefined, done: true });
  });
});

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
