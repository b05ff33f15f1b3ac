// @ts-check
/** Whatever a wait is doing: an abort or the deadline ends it at once, and leaves nothing behind. */
import assert from 'node:assert/strict';
import { getEventListeners, once } from 'node:events';
import { describe, test } from 'node:test';
import { failureOf } from './failure.js';
import { createClient, waitForTask, watchTask, watchTasks } from './packed.js';
import { ID, all, said, scripted } from './script.js';
import { json, serve, silent, stalled } from './service.js';

const MOMENTS = /** @type {const} */ ([
  ['while it sleeps', [said('processing')]],
  ['before the headers', [silent]],
  ['in the middle of a body', [stalled]],
]);

const REASONS = /** @type {[string, (controller: AbortController) => void, (reason: any) => void][]} */ ([
  ['abort()', (controller) => controller.abort(), (reason) => assert.equal(reason.name, 'AbortError')],
  ['a text', (controller) => controller.abort('enough'), (reason) => assert.equal(reason, 'enough')],
  [
    'an Error',
    (controller) => controller.abort(new RangeError('enough')),
    (reason) => assert.equal(reason.message, 'enough'),
  ],
]);

const WAYS = /** @type {[string, (options: any) => Promise<unknown>][]} */ ([
  ['waitForTask', (options) => waitForTask(ID, options)],
  ['watchTask', (options) => all(watchTask(ID, options))],
  ['watchTasks', (options) => all(watchTasks([ID, 'sora-2:task_2'], options))],
]);

/**
 * A service, a moment after it was asked, and the end of its connection.
 *
 * @param {import('node:test').TestContext} t
 * @param {readonly any[]} answers
 */
async function asked(t, answers) {
  /** @type {Promise<unknown>[]} */
  const closed = [];
  /** @type {() => void} */
  let wake = () => {};
  const isAsked = new Promise((resolve) => (wake = () => resolve(undefined)));
  const service = await serve(t, (request, res) => {
    closed.push(once(res, 'close'));
    setTimeout(wake, 60);
    const [answer] = answers;
    return typeof answer === 'function' ? answer(request, res) : answer;
  });
  return { ...service, isAsked, closed };
}

describe('an abort', { concurrency: 4 }, () => {
  for (const [way, wait] of WAYS) {
    for (const [moment, answers] of MOMENTS) {
      for (const [name, abort, check] of REASONS) {
        test(`of ${way} ${moment} by ${name} rejects with its reason within a tick`, async (t) => {
          const service = await asked(t, answers);
          const controller = new AbortController();
          const outcome = wait({ baseUrl: service.url, signal: controller.signal }).then(
            () => assert.fail('it resolved'),
            (reason) => ({ reason }),
          );
          await service.isAsked;
          abort(controller);
          const tick = new Promise((resolve) => setImmediate(() => resolve(null)));
          const first = await Promise.race([outcome, tick]);
          assert.ok(first, 'a whole turn of the event loop went by');
          check(/** @type {any} */ (first).reason);
          assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
          // Kept alive where the answer was whole; closed where it was not.
          if (moment !== 'while it sleeps') await Promise.all(service.closed);
          const { length } = service.requests;
          await new Promise((resolve) => setTimeout(resolve, 30));
          assert.equal(service.requests.length, length);
        });
      }
    }

    test(`of ${way} before the start asks nothing`, async (t) => {
      const service = await scripted(t, [said('processing')]);
      const options = { baseUrl: service.url, signal: AbortSignal.abort('never mind') };
      await assert.rejects(wait(options), (reason) => reason === 'never mind');
      assert.equal(service.requests.length, 0);
    });

    test(`of ${way} by AbortSignal.timeout rejects with its TimeoutError`, async (t) => {
      const service = await scripted(t, [said('processing')]);
      const signal = AbortSignal.timeout(80);
      await assert.rejects(wait({ baseUrl: service.url, signal }), (reason) => reason === signal.reason);
    });
  }

  test('while waiting for its turn gives the turn up', async (t) => {
    const service = await asked(t, [silent]);
    const client = createClient({ baseUrl: service.url, concurrency: 1 });
    const controller = new AbortController();
    const under = client.waitForTask('sora-2:a', { signal: controller.signal }).catch((reason) => reason);
    await service.isAsked;
    const queued = client.waitForTask('sora-2:b', { signal: AbortSignal.timeout(50) }).catch((reason) => reason.name);
    assert.equal(await queued, 'TimeoutError');
    controller.abort('enough');
    assert.equal(await under, 'enough');
    const options = { signal: AbortSignal.timeout(500) };
    await client.waitForTask('sora-2:c', options).catch((reason) => reason);
    assert.deepEqual(
      service.requests.map(({ query }) => query.get('id')),
      ['sora-2:a', 'sora-2:c'],
    );
  });

  for (const moment of ['before', 'after']) {
    test(`while waiting for its turn holds up nobody who begins ${moment} it`, async (t) => {
      const service = await serve(t, ({ query }) => said('completed', { id: query.get('id') }));
      const options = { baseUrl: service.url, endpoint: 'unified', requestsPerSecond: 2, deadlineMs: 10_000 };
      const client = createClient(options);
      await client.waitForTask('a');
      const controller = new AbortController();
      const left = client.waitForTask('b', { signal: controller.signal }).catch((reason) => reason);
      const waiting = moment === 'before' ? client.waitForTask('c') : null;
      // Whoever is there has begun.
      await new Promise((resolve) => setImmediate(resolve));
      controller.abort('enough');
      assert.equal(await left, 'enough');
      assert.equal((await (waiting ?? client.waitForTask('c'))).id, 'c');
      assert.deepEqual(
        service.requests.map(({ query }) => query.get('id')),
        ['a', 'c'],
      );
    });
  }
});

describe('a watch of many that ends while it begins', { concurrency: true }, () => {
  for (const [name, end] of /** @type {[string, (controller: AbortController) => void][]} */ ([
    ['by an abort', (controller) => controller.abort('enough')],
    [
      'by what onUpdate throws',
      () => {
        throw 'enough';
      },
    ],
  ])) {
    test(`${name} asks for nothing more, and stands in nobody’s way`, async (t) => {
      const service = await serve(t, ({ query }) => said('processing', { id: query.get('id') }));
      const client = createClient({ baseUrl: service.url, endpoint: 'unified', intervalMs: 60_000 });
      const [first, many, later] = [new AbortController(), new AbortController(), new AbortController()];
      /** @type {Promise<unknown>} */
      let waiting = Promise.resolve();
      // What is fresh is told to those who join at once.
      await new Promise((resolve) => {
        waiting = client.waitForTask('a', { signal: first.signal, onUpdate: resolve }).catch(() => {});
      });
      const stream = client.watchTasks(['a', 'b', 'c'], { signal: many.signal, onUpdate: () => end(many) });
      await assert.rejects(stream.next(), (reason) => reason === 'enough');
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.deepEqual(
        service.requests.map(({ query }) => query.get('id')),
        ['a'],
      );
      first.abort();
      await waiting;
      assert.equal(await reached(client, later), true);
    });
  }

  /** Whether an abort reaches a request for `b`. @param {ReturnType<typeof createClient>} client @param {AbortController} controller */
  async function reached(client, controller) {
    let isAborted = false;
    /** @type {() => void} */
    let wake = () => {};
    const isAsked = new Promise((resolve) => (wake = () => resolve(undefined)));
    const fetch = (/** @type {any} */ _, /** @type {any} */ { signal }) => {
      signal.addEventListener('abort', () => (isAborted = true));
      wake();
      return new Promise(() => {});
    };
    const waiting = client.waitForTask('b', { signal: controller.signal, fetch }).catch((reason) => reason);
    await isAsked;
    controller.abort('bye');
    assert.equal(await waiting, 'bye');
    return isAborted;
  }
});

describe('deadlineMs', { concurrency: true }, () => {
  for (const [moment, answers] of MOMENTS) {
    test(`${moment} ends the wait and its request, with what is known`, { timeout: 20_000 }, async (t) => {
      const service = await asked(t, answers);
      const options = { baseUrl: service.url, deadlineMs: 2000, timeoutMs: Infinity };
      const error = await failureOf(waitForTask(ID, options));
      const [status, known] =
        moment === 'while it sleeps' ? ['processing', 'the task was processing'] : [null, 'there was no answer yet'];
      assert.deepEqual([error.code, error.retryable, error.task?.status ?? null], ['timeout', true, status]);
      assert.equal(error.message, `deadlineMs, 2000 ms, ran out and ${known}: the same id can be asked for again.`);
      if (status === null) await Promise.all(service.closed);
    });
  }

  test('tells of what the polls missed the task for', async (t) => {
    const service = await serve(t, () => json({ error: { message: 'maintenance' } }, 503));
    const options = {
      baseUrl: service.url,
      endpoint: 'unified',
      deadlineMs: 1500,
      intervalMs: 200,
      maxMissedPolls: 99,
    };
    const error = await failureOf(waitForTask(ID, options));
    assert.equal(error.code, 'timeout');
    assert.equal(
      error.message,
      'deadlineMs, 1500 ms, ran out and no poll brought a task (The service is in trouble: ask again later (HTTP 503). ' +
        'It says: maintenance): the same id can be asked for again.',
    );
    const { code, status, serviceMessage } = /** @type {any} */ (error.cause);
    assert.deepEqual([code, status, serviceMessage], ['server', 503, 'maintenance']);
  });

  test('is what ends the wait where a missed poll comes after it', async () => {
    const fetch = async () => {
      // A busy program, which hears of nothing meanwhile.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
      return Response.json({ error: { message: 'maintenance' } }, { status: 503 });
    };
    const error = await failureOf(
      waitForTask(ID, { baseUrl: 'http://127.0.0.1', endpoint: 'unified', deadlineMs: 100, fetch }),
    );
    assert.equal(error.code, 'timeout');
  });

  test('is an event for each id of watchTasks that is not over', async (t) => {
    const service = await scripted(t, [said('processing')]);
    const events = /** @type {any[]} */ ([]);
    for await (const event of watchTasks(['a', 'b'], { baseUrl: service.url, deadlineMs: 2000 })) events.push(event);
    const ends = events.filter(({ error }) => error).map(({ id, error, task }) => [id, error?.code, task?.status]);
    assert.deepEqual(ends, [
      ['a', 'timeout', 'processing'],
      ['b', 'timeout', 'processing'],
    ]);
  });
});
