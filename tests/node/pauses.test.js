// @ts-check
/** How long the package waits before it asks again, to the millisecond. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureOf } from './failure.js';
import { createClient, queryTask, waitForTask, watchTasks } from './packed.js';
import { playClock, playFetch } from './played-clock.js';
import { FAST, ID, completed, said } from './script.js';
import { json, taskBody } from './service.js';

/** HTTP dates have whole seconds. */
const NOW = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');

/** @param {number} status @param {Record<string, string>} [headers] */
const says = (status, headers) => json({ error: { message: 'not now' } }, status, headers);

/**
 * That after each of these pauses there is one request more, and not a millisecond before.
 *
 * @param {ReturnType<typeof playClock>} clock
 * @param {readonly string[]} asked
 * @param {readonly number[]} pauses
 */
async function assertPauses({ pass }, asked, pauses) {
  await pass(0);
  assert.equal(asked.length, 1);
  for (const [at, pause] of pauses.entries()) {
    await pass(pause - 1);
    assert.equal(asked.length, at + 1, `${pause} ms`);
    await pass(1);
    assert.equal(asked.length, at + 2, `${pause} ms`);
  }
}

describe('asking again', () => {
  test('waits longer the second time than the least of the first, and a random part more', async (t) => {
    const clock = playClock(t);
    const random = t.mock.method(Math, 'random', () => 0);
    for (const [part, pauses] of /** @type {const} */ ([
      [0, [250, 500]],
      [0.5, [375, 750]],
    ])) {
      random.mock.mockImplementation(() => part);
      const { asked, fetch } = playFetch([says(500)]);
      const error = failureOf(queryTask(ID, { fetch, endpoint: 'unified' }));
      await assertPauses(clock, asked, pauses);
      assert.equal((await error).attempts, 3);
    }
  });
});

describe('the service’s wish when to ask again', () => {
  for (const [name, refusal, pause] of /** @type {const} */ ([
    ['in seconds is honoured', says(429, { 'retry-after': '1' }), 1000],
    [
      'in milliseconds is honoured, and comes before the one in seconds',
      says(429, { 'retry-after-ms': '700', 'retry-after': '3600' }),
      700,
    ],
    ['as a date is honoured', says(503, { 'retry-after': new Date(NOW + 2000).toUTCString() }), 2000],
  ])) {
    test(name, async (t) => {
      const clock = playClock(t, NOW);
      const { asked, fetch } = playFetch([refusal, taskBody()]);
      const query = queryTask(ID, { fetch });
      await assertPauses(clock, asked, [pause]);
      assert.equal((await query).status, 'queued');
    });
  }
});

describe('waitForTask', () => {
  test('honours the header that says when to ask again', async (t) => {
    const clock = playClock(t);
    t.mock.method(Math, 'random', () => 0);
    const { asked, fetch } = playFetch([
      { ...said('processing'), headers: { 'openai-poll-after-ms': '1200' } },
      completed,
    ]);
    const wait = waitForTask(ID, { fetch, endpoint: 'unified' });
    await assertPauses(clock, asked, [1200]);
    assert.equal((await wait).status, 'completed');
  });

  test('asks first when the quickest of its model have ended, as far as the client has seen', async (t) => {
    const clock = playClock(t);
    t.mock.method(Math, 'random', () => 0.5);
    const client = createClient({ endpoint: 'unified' });
    /** @param {string} model @param {number} pause */
    const waited = async (model, pause) => {
      const { asked, fetch } = playFetch([(id) => taskBody(id, 'processing'), (id) => taskBody(id, 'completed')]);
      const wait = client.waitForTask(`${model}:task_1`, { fetch });
      await assertPauses(clock, asked, [pause]);
      assert.equal((await wait).status, 'completed');
    };
    // Six are enough. Four fifths of the time that they took.
    for (let count = 0; count < 6; count += 1) await waited('sora-2', 10_000);
    await waited('sora-2', 8000);
    await waited('veo3', 10_000);
  });

  test('asks more rarely for a task that was made long ago', async (t) => {
    const clock = playClock(t, NOW);
    t.mock.method(Math, 'random', () => 0.5);
    const { asked, fetch } = playFetch([said('processing', { created_at: NOW / 1000 - 1200 }), completed]);
    const wait = waitForTask(ID, { fetch, endpoint: 'unified' });
    await assertPauses(clock, asked, [9000]);
    assert.equal((await wait).status, 'completed');
  });
});

describe('watchTasks', () => {
  /**
   * Watches the tasks a and b, one at a time, of which one request is refused.
   *
   * @param {ReturnType<typeof playClock>} clock
   * @param {import('./service.js').Reply} refusal
   * @param {import('../../pkg/index.js').WatchManyOptions} [more]
   */
  function watched({ pass }, refusal, more) {
    const { asked, fetch } = playFetch([refusal, (id) => taskBody(id, 'failed')]);
    let isOver = false;
    const watch = (async () => {
      for await (const _ of watchTasks(['a', 'b'], { ...FAST, fetch, concurrency: 1, ...more }));
    })().finally(() => (isOver = true));
    const end = async () => {
      while (!isOver) await pass(1000);
      return watch;
    };
    return { asked, end };
  }

  test('a 429 holds up all of the origin for as long as the service asks', async (t) => {
    const clock = playClock(t);
    // Longer than the pace that a refusal leads to.
    const { asked, end } = watched(clock, says(429, { 'retry-after-ms': '3000' }));
    await assertPauses(clock, asked, [3000]);
    assert.deepEqual(asked, ['a', 'b']);
    await end();
  });

  test('a wish to be left alone holds within a poll of many attempts too, and takes nobody’s place', async (t) => {
    const clock = playClock(t);
    for (const [status, before, after] of /** @type {const} */ ([
      [429, ['a'], ['a', 'b']],
      [503, ['a', 'b'], ['a', 'b', 'a']],
    ])) {
      const { asked, end } = watched(clock, says(status, { 'retry-after-ms': '1500' }), { maxRetries: 2 });
      await clock.pass(0);
      assert.deepEqual(asked, before);
      await clock.pass(1499);
      assert.deepEqual(asked, before);
      await clock.pass(1);
      assert.deepEqual(asked, after);
      await end();
      assert.deepEqual(asked, ['a', 'b', 'a']);
    }
  });
});
