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

  test("is told of the end by another's faster polls", async (t) => {
    const service = await scripted(t, [said('processing'), said('processing'), completed]);
    const client = createClient({ baseUrl: service.url, endpoint: 'unified', deadlineMs: 10_000 });
    const waits = [60_000, 5].map((intervalMs) => client.waitForTask(ID, { intervalMs }));
    const [slow, fast] = await Promise.all(waits);
    assert.deepEqual(slow, fast);
    assert.equal(service.requests.length, 3);
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

  test('what one caller does to the task of an error, another does not see', async (t) => {
    const service = await scripted(t, [said('processing'), json({ error: 'no' }, 403)]);
    const client = createClient({ ...FAST, baseUrl: service.url });
    const [one, other] = await Promise.all([client.waitForTask(ID), client.waitForTask(ID)].map(failureOf));
    Object.assign(one?.task ?? {}, { status: 'mine' });
    assert.deepEqual([one?.task?.status, other?.task?.status], ['mine', 'processing']);
  });

  test('waits for one id that ask in different ways share nothing', async (t) => {
    for (const [one, other] of /** @type {any[][]} */ ([
      [{}, { apiKey: 'key-1' }],
      [{ headers: { 'x-a': '1' } }, { headers: { 'x-a': '1', 'x-b': '2' } }],
      [{ headers: { 'x-a': '1' } }, { headers: { 'x-b': '1' } }],
      [{ headers: { 'x-a': '1' } }, { apiKey: 'key-1' }],
    ])) {
      const service = await scripted(t, [completed]);
      const client = createClient({ ...FAST, baseUrl: service.url });
      await Promise.all([client.waitForTask(ID, one), client.waitForTask(ID, other)]);
      assert.equal(service.requests.length, 2, JSON.stringify(other));
    }
  });

  test('waits for one id with the same headers share its polls, be they two objects', async (t) => {
    const service = await scripted(t, [completed]);
    const client = createClient({ ...FAST, baseUrl: service.url });
    await Promise.all(['1', '1'].map((value) => client.waitForTask(ID, { headers: { 'x-a': value } })));
    assert.equal(service.requests.length, 1);
  });

  test('one of two waits for one id may leave while its poll is under way', async (t) => {
    /** @type {() => void} */
    let answer = () => {};
    const isLeft = new Promise((resolve) => (answer = () => resolve(undefined)));
    const leaving = new AbortController();
    const service = await serve(t, async () => {
      leaving.abort('bye');
      await isLeft;
      return completed;
    });
    const client = createClient({ ...FAST, baseUrl: service.url, deadlineMs: 10_000 });
    const left = client.waitForTask(ID, { signal: leaving.signal });
    const stayed = client.waitForTask(ID);
    await assert.rejects(left, (reason) => reason === 'bye');
    answer();
    assert.equal((await stayed).status, 'completed');
    assert.equal(service.requests.length, 1);
  });

  test('a wait counts the requests that were made while it watched', async (t) => {
    const service = await scripted(t, [said('processing'), said('failed')]);
    const client = createClient({ ...FAST, baseUrl: service.url, intervalMs: 300 });
    /** @type {Promise<import('../../pkg/index.js').TaskQueryError> | undefined} */
    let later;
    const first = await failureOf(
      client.waitForTask(ID, { onUpdate: () => void (later ??= failureOf(client.waitForTask(ID))) }),
    );
    assert.deepEqual([first.attempts, (await later)?.attempts, service.requests.length], [2, 1, 2]);
  });

  test('a wait that ended and is aborted leaves others their polls', async (t) => {
    const answers = [completed, said('processing'), completed];
    const service = await serve(t, ({ query }) => (query.get('id') === ID ? answers.shift() : said('processing')));
    const client = createClient({ ...FAST, baseUrl: service.url, intervalMs: 300, deadlineMs: 10_000 });
    const [beside, controller] = [new AbortController(), new AbortController()];
    /** @type {Promise<unknown>[]} */
    const waits = [];
    /** @param {string} id @param {AbortSignal} signal @param {unknown} [promised] */
    const seen = (id, signal, promised) =>
      new Promise((resolve) => {
        const onUpdate = /** @type {any} */ (() => resolve(undefined) ?? promised);
        waits.push(client.waitForTask(id, { signal, onUpdate }).catch((reason) => reason));
      });
    await seen('beside', beside.signal);
    await seen(ID, controller.signal, new Promise(() => {}));
    await seen(ID, beside.signal);
    controller.abort('bye');
    const last = client.waitForTask(ID);
    assert.equal(await waits[1], 'bye');
    assert.deepEqual(await last, await waits[2]);
    beside.abort('bye');
    assert.equal(await waits[0], 'bye');
    assert.deepEqual(answers, []);
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
