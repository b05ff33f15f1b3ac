// @ts-check
/** `waitForTask`: what it resolves with, how often it asks, and the options that it takes. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureOf } from './failure.js';
import { createClient, waitForTask } from './packed.js';
import { completed, FAST, ID, said, scripted } from './script.js';
import { serve } from './service.js';

describe('waitForTask', { concurrency: true }, () => {
  test('asks with the headers of each wait, though they are one object', async (t) => {
    let isDone = false;
    const service = await serve(t, () => (isDone ? completed : said('processing')));
    const of = (/** @type {string} */ id) => service.requests.filter(({ query }) => query.get('id') === id).length;
    const headers = { authorization: 'Bearer a' };
    const options = { ...FAST, baseUrl: service.url, headers };
    const waits = [waitForTask('a', { ...options, onUpdate: () => started() })];
    /** @type {() => void} */
    let started = () => {};
    await new Promise((resolve) => (started = () => resolve(null)));
    headers.authorization = 'Bearer b';
    waits.push(waitForTask('b', options));
    while (of('b') < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    isDone = true;
    await Promise.all(waits);
    const sent = new Set(service.requests.map(({ query, headers }) => `${query.get('id')} ${headers.authorization}`));
    assert.deepEqual([...sent].sort(), ['a Bearer a', 'b Bearer b']);
  });

  test('waits longer than intervalMs where the service asks for that', async (t) => {
    const later = { ...said('processing'), headers: { 'retry-after-ms': '60000' } };
    const service = await scripted(t, [later, completed]);
    const error = await failureOf(waitForTask(ID, { ...FAST, baseUrl: service.url, deadlineMs: 1500 }));
    assert.deepEqual([error.code, service.requests.length], ['timeout', 1]);
  });

  test('counts the requests of a task that failed, and the one that the deadline cut off', async (t) => {
    const failing = await scripted(t, [said('pending'), said('processing'), said('failed')]);
    assert.equal((await failureOf(waitForTask(ID, { ...FAST, baseUrl: failing.url }))).attempts, 3);
    const silent = await serve(t, () => {});
    assert.equal((await failureOf(waitForTask(ID, { ...FAST, baseUrl: silent.url, deadlineMs: 2000 }))).attempts, 1);
  });

  test('asks as often as intervalMs says, be that more often than once a second', async (t) => {
    const service = await scripted(t, [...Array.from({ length: 19 }, () => said('processing')), completed]);
    const task = await waitForTask(ID, {
      baseUrl: service.url,
      endpoint: 'unified',
      intervalMs: 20,
      deadlineMs: 10_000,
    });
    assert.equal(task.status, 'completed');
    assert.equal(service.requests.length, 20);
  });

  test('resolves with the completed task, and tells of each change on the way', async (t) => {
    const service = await scripted(t, [said('pending'), said('processing', { progress: 40 }), completed]);
    /** @type {unknown[]} */
    const seen = [];
    const onUpdate = (/** @type {any} */ task) => seen.push([task.status, task.progress]);
    const task = await waitForTask(ID, { ...FAST, baseUrl: service.url, onUpdate });
    assert.equal(task.videoUrl, 'https://cdn.example/video.mp4');
    assert.deepEqual(seen, [
      ['queued', null],
      ['processing', 0.4],
      ['completed', 1],
    ]);
    assert.equal(service.requests.length, 3);
  });

  test('rejects with the task where it failed', async (t) => {
    const failed = said('failed', { error: { code: 'moderation_blocked', message: 'The prompt was refused.' } });
    const service = await scripted(t, [said('processing'), failed]);
    const error = await failureOf(waitForTask(ID, { ...FAST, baseUrl: service.url }));
    assert.equal(error.code, 'task_failed');
    assert.equal(error.message, `The task ${ID} ended as failed (moderation): The prompt was refused.`);
    assert.deepEqual([error.serviceCode, error.serviceMessage], ['moderation_blocked', 'The prompt was refused.']);
    assert.deepEqual([error.task?.status, error.task?.error?.reason], ['failed', 'moderation']);
  });

  test('takes no unknown word for the end', async (t) => {
    const service = await scripted(t, [said('pending'), said('dreaming'), said('dreaming'), completed]);
    const task = await waitForTask(ID, { ...FAST, baseUrl: service.url });
    assert.equal(task.status, 'completed');
    assert.equal(service.requests.length, 4);
  });

  test('names options that are wrong', async () => {
    for (const [options, pattern] of /** @type {[any, RegExp][]} */ ([
      [{ deadlineMS: 5 }, /Unknown option 'deadlineMS'\. Did you mean 'deadlineMs'\?/],
      [{ concurrency: 5 }, /Unknown option 'concurrency'/],
      [{ deadlineMs: 0 }, /deadlineMs must be a number of milliseconds above 0, or Infinity/],
      [{ intervalMs: Infinity }, /intervalMs must be a number of milliseconds above 0/],
      [{ maxMissedPolls: 1.5 }, /maxMissedPolls must be a whole number from 1 on/],
      [{ onUpdate: 'log' }, /onUpdate must be a function/],
      [{ onMissedPoll: 'log' }, /onMissedPoll must be a function/],
      [{ signal: {} }, /signal must be an AbortSignal/],
      ['fast', /options must be an object/],
    ])) {
      const error = await failureOf(waitForTask(ID, options));
      assert.equal(error.code, 'invalid_argument');
      assert.match(error.message, pattern);
    }
  });

  test('takes null for nothing, and Infinity where there is no limit', async (t) => {
    const service = await scripted(t, [said('processing'), completed]);
    const none = { deadlineMs: null, maxMissedPolls: null, onUpdate: null, onMissedPoll: null, signal: null };
    const nothing = /** @type {any} */ ({ ...FAST, ...none, baseUrl: service.url, apiKey: null, headers: null });
    assert.equal((await waitForTask(ID, nothing)).status, 'completed');
    const client = createClient({ baseUrl: service.url, concurrency: Infinity, deadlineMs: Infinity });
    assert.equal((await client.waitForTask(ID, { maxMissedPolls: Infinity })).status, 'completed');
  });

  test('a client takes the options of waiting as defaults, and asks once without them', async (t) => {
    const service = await scripted(t, [completed]);
    const client = createClient({
      ...FAST,
      baseUrl: service.url,
      deadlineMs: 5000,
      concurrency: 2,
      requestsPerSecond: 100,
    });
    assert.equal((await client.queryTask(ID)).status, 'completed');
    assert.equal((await client.waitForTask(ID)).status, 'completed');
  });
});
