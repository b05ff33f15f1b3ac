// @ts-check
/** `waitForTask`: several waits on one client share their polls, and nothing else. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureOf } from './failure.js';
import { createClient } from './packed.js';
import { completed, FAST, ID, said, scripted } from './script.js';
import { json, serve } from './service.js';

describe('waitForTask', { concurrency: true }, () => {
  test("is not ended by what another's faster polls missed", async (t) => {
    let isBack = false;
    const service = await serve(t, () => (isBack ? completed : json({}, 502)));
    const client = createClient({ baseUrl: service.url, endpoint: 'unified' });
    const slow = client.waitForTask(ID, { intervalMs: 400 });
    const fast = failureOf(client.waitForTask(ID, { intervalMs: 5 }));
    assert.equal((await fast).code, 'server');
    isBack = true;
    assert.equal((await slow).status, 'completed');
  });

  test('what callers do to the tasks that they get changes nothing of the wait', async (t) => {
    const steps = [10, 30, 60].map((progress) =>
      said('processing', { progress, video_url: 'https://cdn.example/draft.mp4' }),
    );
    const service = await scripted(t, [...steps, completed]);
    const client = createClient({ ...FAST, baseUrl: service.url });
    /** @type {[number | null, string | undefined][][]} */
    const seen = [[], []];
    const [changed, other] = seen.map((list, at) => (/** @type {any} */ task) => {
      list.push([task.progress, task.videos[0]?.url]);
      if (at === 0)
        Object.assign(task, {
          progress: 7,
          status: 'mine',
          videos: task.videos.map((/** @type {any} */ video) => Object.assign(video, { url: 'x' })),
        });
    });
    const tasks = await Promise.all([
      client.waitForTask(ID, { onUpdate: changed }),
      client.waitForTask(ID, { onUpdate: other }),
    ]);
    const [draft, video] = ['https://cdn.example/draft.mp4', 'https://cdn.example/video.mp4'];
    for (const list of seen)
      assert.deepEqual(list, [
        [0.1, draft],
        [0.3, draft],
        [0.6, draft],
        [1, video],
      ]);
    for (const task of tasks) {
      assert.deepEqual(
        [task.status, task.videoUrl, task.raw],
        ['completed', video, JSON.parse(String(completed.body))],
      );
      assert.equal(Object.keys(task).includes('raw'), false);
    }
  });

  test('what one caller does to the error and the warnings of a task, another does not see', async (t) => {
    const service = await scripted(t, [said('failed', { error: { message: 'No more GPUs.' } })]);
    const client = createClient({ ...FAST, baseUrl: service.url });
    const onUpdate = (/** @type {any} */ { error, warnings }) => {
      error.message = 'mine';
      warnings.push('mine');
    };
    const failures = [client.waitForTask(ID, { onUpdate }), client.waitForTask(ID)].map(failureOf);
    for (const { task } of await Promise.all(failures)) {
      assert.deepEqual([task?.error?.message, task?.warnings], ['No more GPUs.', []]);
    }
    assert.equal(service.requests.length, 1);
  });

  test('waits for one id that ask in different ways share nothing', async (t) => {
    for (const [one, other] of /** @type {any[][]} */ ([
      [{}, { apiKey: 'key-1' }],
      [{ headers: { 'x-a': '1' } }, { headers: { 'x-a': '1', 'x-b': '2' } }],
      [{ headers: { 'x-a': '1' } }, { headers: { 'x-b': '1' } }],
    ])) {
      const service = await scripted(t, [completed]);
      const client = createClient({ ...FAST, baseUrl: service.url });
      await Promise.all([client.waitForTask(ID, one), client.waitForTask(ID, other)]);
      assert.equal(service.requests.length, 2, JSON.stringify(other));
    }
  });

  test('two waits for one id on one client share its polls, and one may leave', async (t) => {
    const service = await scripted(t, [
      said('pending'),
      said('processing'),
      said('processing', { progress: 50 }),
      completed,
    ]);
    const client = createClient({ ...FAST, baseUrl: service.url });
    const leaving = new AbortController();
    const left = client.waitForTask(ID, {
      signal: leaving.signal,
      onUpdate: ({ status }) => status === 'processing' && leaving.abort('bye'),
    });
    const stayed = Promise.all([client.waitForTask(ID), client.waitForTask(ID)]);
    await assert.rejects(left, (reason) => reason === 'bye');
    const [one, other] = await stayed;
    assert.deepEqual(one, other);
    assert.notEqual(one, other);
    assert.equal(service.requests.length, 4);
  });

  test('a wait that begins as another ends shares its polls with those after it', async (t) => {
    let isOver = false;
    const service = await serve(t, ({ query }) => said(isOver ? 'failed' : 'processing', { id: query.get('id') }));
    const client = createClient({ baseUrl: service.url, endpoint: 'unified', intervalMs: 300 });
    const first = new AbortController();
    /** @type {Promise<unknown>} */
    let left = Promise.resolve();
    await new Promise((resolve) => {
      left = client.waitForTask('a', { signal: first.signal, onUpdate: resolve }).catch((reason) => reason);
    });
    const waits = [failureOf(client.waitForTask('b'))];
    // Between the two steps in which a wait begins.
    await null;
    first.abort('bye');
    assert.equal(await left, 'bye');
    waits.push(failureOf(client.waitForTask('b')));
    const asked = () => service.requests.filter(({ query }) => query.get('id') === 'b').length;
    while (asked() < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    isOver = true;
    const [one, other] = await Promise.all(waits);
    assert.deepEqual([one.code, other.code, asked()], ['task_failed', 'task_failed', 3]);
    assert.deepEqual(one.task, other.task);
  });
});
