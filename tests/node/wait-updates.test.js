// @ts-check
/** `waitForTask`: what `onUpdate` and `onMissedPoll` throw, reject with or keep waiting for. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureOf } from './failure.js';
import { createClient, waitForTask, watchTasks } from './packed.js';
import { completed, FAST, ID, said, scripted } from './script.js';
import { json } from './service.js';

describe('waitForTask', { concurrency: true }, () => {
  for (const thrown of [undefined, null, 0, '', false]) {
    test(`is broken by an onUpdate that throws ${JSON.stringify(thrown)}`, async (t) => {
      const service = await scripted(t, [said('processing')]);
      const onUpdate = () => {
        throw thrown;
      };
      const outcome = await waitForTask(ID, { ...FAST, baseUrl: service.url, onUpdate }).then(
        () => 'resolved',
        (reason) => [reason],
      );
      assert.deepEqual(outcome, [thrown]);
    });
  }

  test('what onMissedPoll throws reaches the caller and stops the polling', async (t) => {
    const service = await scripted(t, [json({}, 502)]);
    const thrown = new RangeError('mine');
    const onMissedPoll = () => {
      throw thrown;
    };
    await assert.rejects(waitForTask(ID, { ...FAST, baseUrl: service.url, onMissedPoll }), thrown);
    assert.equal(service.requests.length, 1);
  });

  test('what onUpdate throws reaches the caller and stops the polling', async (t) => {
    const service = await scripted(t, [said('processing')]);
    const thrown = new RangeError('the bar is full');
    const onUpdate = () => {
      throw thrown;
    };
    await assert.rejects(waitForTask(ID, { ...FAST, baseUrl: service.url, onUpdate }), thrown);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(service.requests.length, 1);
  });

  for (const [name, answers] of /** @type {const} */ ([
    ['onUpdate', [said('processing')]],
    ['onMissedPoll', [json({}, 502)]],
  ])) {
    test(`what a promise of ${name} rejects with reaches the caller and stops the polling`, async (t) => {
      const service = await scripted(t, answers);
      const reason = new RangeError('the database is down');
      const broken = async () => {
        throw reason;
      };
      await assert.rejects(waitForTask(ID, { ...FAST, baseUrl: service.url, intervalMs: 200, [name]: broken }), reason);
      await new Promise((resolve) => setTimeout(resolve, 250));
      assert.equal(service.requests.length, 1);
    });
  }

  test('ends when the promise of the last onUpdate is kept, and with its reason where it is not', async (t) => {
    for (const isKept of [true, false]) {
      const service = await scripted(t, [said('processing'), completed]);
      /** @type {string[]} */
      const saved = [];
      const onUpdate = async (/** @type {any} */ { status }) => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        if (!isKept && status === 'completed') throw 'the database is down';
        saved.push(status);
      };
      const outcome = await waitForTask(ID, { ...FAST, baseUrl: service.url, onUpdate }).then(
        ({ status }) => status,
        (reason) => reason,
      );
      assert.deepEqual(
        [outcome, saved],
        isKept ? ['completed', ['processing', 'completed']] : ['the database is down', ['processing']],
      );
    }
  });

  test('ends when all promises of onUpdate are kept, be the first of them the last', async (t) => {
    const service = await scripted(t, [said('processing'), completed]);
    /** @type {string[]} */
    const saved = [];
    /** @type {() => void} */
    let keep = () => {};
    const onUpdate = async (/** @type {any} */ { status }) => {
      if (status === 'processing') await new Promise((resolve) => (keep = () => resolve(undefined)));
      else setTimeout(keep, 50);
      saved.push(status);
    };
    assert.equal((await waitForTask(ID, { ...FAST, baseUrl: service.url, onUpdate })).status, 'completed');
    assert.deepEqual(saved, ['completed', 'processing']);
  });

  test('an abort waits for no promise of onUpdate, and what that rejects with later reaches nobody', async (t) => {
    const service = await scripted(t, [completed]);
    const controller = new AbortController();
    let reject = (/** @type {unknown} */ _reason) => {};
    const onUpdate = () => {
      setTimeout(() => controller.abort('bye'), 20);
      return new Promise((_, no) => (reject = no));
    };
    const aborted = waitForTask(ID, { ...FAST, baseUrl: service.url, signal: controller.signal, onUpdate });
    await assert.rejects(aborted, (reason) => reason === 'bye');
    reject('too late');
  });

  test('at the deadline a task that has ended is told, whatever onUpdate still promises', async (t) => {
    const service = await scripted(t, [completed]);
    const options = { ...FAST, baseUrl: service.url, deadlineMs: 2000, onUpdate: () => new Promise(() => {}) };
    assert.equal((await waitForTask(ID, options)).status, 'completed');
    const seen = [];
    for await (const { task, error } of watchTasks([ID], options)) seen.push([task?.status, error]);
    assert.deepEqual(seen, [['completed', null]]);
  });

  test('what a promise of onUpdate rejects with after the end takes nothing back that was not read', async (t) => {
    const service = await scripted(t, [said('processing'), json({ error: 'no' }, 403)]);
    let reject = (/** @type {unknown} */ _reason) => {};
    const onUpdate = () => new Promise((_, no) => (reject = no));
    const client = createClient({ ...FAST, baseUrl: service.url });
    const stream = client.watchTasks([ID], { onUpdate });
    const first = await stream.next();
    // It shares the polls: with it the stream has ended too.
    await failureOf(client.waitForTask(ID));
    reject('too late');
    await new Promise((resolve) => setImmediate(resolve));
    const second = await stream.next();
    assert.deepEqual([first.value?.task?.status, second.value?.error?.code], ['processing', 'permission']);
  });

  test('an error waits for no promise of onUpdate', async (t) => {
    const service = await scripted(t, [said('processing'), json({ error: 'no' }, 403)]);
    const error = await failureOf(
      waitForTask(ID, { ...FAST, baseUrl: service.url, onUpdate: () => new Promise(() => {}) }),
    );
    assert.deepEqual([error.code, error.status, error.task?.status], ['permission', 403, 'processing']);
  });
});
