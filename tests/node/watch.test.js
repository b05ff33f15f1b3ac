// @ts-check
/** `watchTask`: what it yields, and how it ends. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { failureOf } from './failure.js';
import { createClient, watchTask } from './packed.js';
import { FAST, ID, all, completed, said, scripted } from './script.js';
import { json } from './service.js';

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
