// @ts-check
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureOf } from './failure.js';
import { createClient, waitForTask } from './packed.js';
import { ID, completed, said, scripted } from './script.js';
import { deserted, json, serve } from './service.js';

const FAST = { intervalMs: 5, endpoint: 'unified' };

/** Every answer that says nothing of the task, and may be another one the next time. */
const MISSED = /** @type {const} */ ([
  ['HTTP 408', json({}, 408)],
  ['HTTP 425', json({}, 425)],
  ['HTTP 429', json({}, 429)],
  ['HTTP 500', json({}, 500)],
  ['HTTP 502 with a page', { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad Gateway</html>' }],
  ['HTTP 503', json({}, 503)],
  ['a page with HTTP 200', { headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>Login</p>' }],
  ['a body that is cut off', { body: '{"id": "sora-2:task_1", "sta' }],
  ['an empty body', { body: '' }],
  ['a task that is not found yet', json({ error: { message: 'task not found' } }, 404)],
]);

/** Every answer after which there is no point in asking on. */
const FINAL = /** @type {const} */ ([
  ['authentication', json({ error: { message: 'invalid api key' } }, 401)],
  ['permission', json({ error: { message: 'this model is not for you' } }, 403)],
  ['insufficient_quota', json({ error: { message: 'no money' } }, 402)],
  ['bad_request', json({ error: { message: 'bad id' } }, 400)],
]);

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

  for (const [what, trouble] of /** @type {const} */ ([
    ['one 502 that speaks of a key', json({ error: { message: 'upstream: Unauthorized' } }, 502)],
    ['one 503 that speaks of tokens', json({ error: { message: '令牌桶限流，请稍后' } }, 503)],
    ['one 501', json({ error: { message: 'not implemented' } }, 501)],
    ['a page with HTTP 404', { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>404</html>' }],
    ['a bare 404', json({ detail: 'Not Found' }, 404)],
  ])) {
    test(`goes on after ${what}`, async (t) => {
      const service = await scripted(t, [trouble, said('processing'), trouble, completed]);
      const task = await waitForTask(ID, { ...FAST, baseUrl: service.url });
      assert.equal(task.status, 'completed');
      assert.equal(service.requests.length, 4);
    });
  }

  test('goes on while the service answers 202 without a body', async (t) => {
    const accepted = { status: 202, body: '' };
    const service = await scripted(t, [...Array(7).fill(accepted), completed]);
    const seen = /** @type {any[]} */ ([]);
    await waitForTask(ID, { ...FAST, baseUrl: service.url, onUpdate: ({ status }) => void seen.push(status) });
    assert.deepEqual([seen, service.requests.length], [['processing', 'completed'], 8]);
  });

  test('waits longer than intervalMs where the service asks for that', async (t) => {
    const later = { ...said('processing'), headers: { 'retry-after-ms': '60000' } };
    const service = await scripted(t, [later, completed]);
    const error = await failureOf(waitForTask(ID, { ...FAST, baseUrl: service.url, deadlineMs: 1500 }));
    assert.deepEqual([error.code, service.requests.length], ['timeout', 1]);
  });

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

  test('counts the requests of a task that failed, and the one that the deadline cut off', async (t) => {
    const failing = await scripted(t, [said('pending'), said('processing'), said('failed')]);
    assert.equal((await failureOf(waitForTask(ID, { ...FAST, baseUrl: failing.url }))).attempts, 3);
    const silent = await serve(t, () => {});
    assert.equal((await failureOf(waitForTask(ID, { ...FAST, baseUrl: silent.url, deadlineMs: 2000 }))).attempts, 1);
  });

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

  for (const [name, answer] of MISSED) {
    test(`${name} is a missed poll, not a failed task`, async (t) => {
      const service = await scripted(t, [answer, said('processing'), answer, answer, completed]);
      const task = await waitForTask(ID, { ...FAST, baseUrl: service.url });
      assert.equal(task.status, 'completed');
      assert.equal(service.requests.length, 5);
    });
  }

  test('a connection that breaks is a missed poll', async (t) => {
    /** @type {import('./service.js').Answer} */
    const broken = (_, res) => void res.destroy();
    const service = await scripted(t, [said('processing'), broken, broken, completed]);
    assert.equal((await waitForTask(ID, { ...FAST, baseUrl: service.url })).status, 'completed');
  });

  test('gives up after so many missed polls in a row, with the last task', async (t) => {
    const service = await scripted(t, [json({}, 500), said('processing', { progress: 30 }), json({}, 502)]);
    const error = await failureOf(waitForTask(ID, { ...FAST, baseUrl: service.url, maxMissedPolls: 3 }));
    assert.deepEqual([error.code, error.status, error.attempts], ['server', 502, 5]);
    assert.deepEqual([error.task?.status, error.task?.progress], ['processing', 0.3]);
  });

  test('gives up where nobody listens', async () => {
    const error = await failureOf(waitForTask(ID, { ...FAST, baseUrl: await deserted(), maxMissedPolls: 2 }));
    assert.deepEqual([error.code, error.attempts, error.task], ['network', 2, null]);
  });

  for (const [code, answer] of FINAL) {
    test(`${code} ends it at once`, async (t) => {
      const service = await scripted(t, [said('processing'), answer, completed]);
      const error = await failureOf(waitForTask(ID, { ...FAST, baseUrl: service.url }));
      assert.deepEqual([error.code, error.attempts, error.task?.status], [code, 2, 'processing']);
      assert.equal(service.requests.length, 2);
    });
  }

  test('asks a key function once more after a 401', async (t) => {
    const refused = json({ error: { message: 'expired' } }, 401);
    const service = await scripted(t, [said('processing'), refused, completed]);
    let asked = 0;
    const apiKey = () => `sk-${(asked += 1)}`;
    assert.equal((await waitForTask(ID, { ...FAST, baseUrl: service.url, apiKey })).status, 'completed');
    assert.deepEqual(
      service.requests.map(({ headers }) => headers.authorization),
      ['Bearer sk-1', 'Bearer sk-2', 'Bearer sk-3'],
    );
  });

  test('makes no attempts within a poll unless it is told to', async (t) => {
    const service = await scripted(t, [json({}, 500), completed]);
    await waitForTask(ID, { ...FAST, baseUrl: service.url });
    assert.equal(service.requests.length, 2);
    const error = await failureOf(
      waitForTask(ID, { ...FAST, baseUrl: await deserted(), maxMissedPolls: 1, maxRetries: 1 }),
    );
    assert.equal(error.attempts, 2);
  });

  test('honours the header that says when to ask again', async (t) => {
    const hinted = { ...said('processing'), headers: { 'openai-poll-after-ms': '1200' } };
    const service = await scripted(t, [hinted, completed]);
    await waitForTask(ID, { endpoint: 'unified', baseUrl: service.url });
    const [first, second] = service.requests.map(({ at }) => at);
    // Timers may come a little early.
    assert.ok(Number(second) - Number(first) >= 1195);
  });

  test('tells of each missed poll that will be made again, and not of the error that ends the wait', async (t) => {
    const service = await scripted(t, [
      json({}, 502),
      said('processing'),
      { body: '' },
      json({ error: { message: 'no' } }, 401),
    ]);
    /** @type {unknown[]} */
    const missed = [];
    const onMissedPoll = (/** @type {any} */ { code, status }, /** @type {string} */ id) =>
      missed.push([code, status, id]);
    const error = await failureOf(waitForTask(ID, { ...FAST, baseUrl: service.url, onMissedPoll }));
    assert.equal(error.code, 'authentication');
    assert.deepEqual(missed, [
      ['server', 502, ID],
      ['invalid_response', 200, ID],
    ]);
  });

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

  test('an abort or the deadline waits for no promise of onUpdate, and what that rejects with later reaches nobody', async (t) => {
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
    const overdue = await failureOf(
      waitForTask(ID, { ...FAST, baseUrl: service.url, deadlineMs: 2000, onUpdate: () => new Promise(() => {}) }),
    );
    assert.deepEqual([overdue.code, overdue.task?.status], ['timeout', 'completed']);
  });

  test('an error waits for no promise of onUpdate', async (t) => {
    const service = await scripted(t, [said('processing'), json({ error: 'no' }, 403)]);
    const error = await failureOf(
      waitForTask(ID, { ...FAST, baseUrl: service.url, onUpdate: () => new Promise(() => {}) }),
    );
    assert.deepEqual([error.code, error.status, error.task?.status], ['permission', 403, 'processing']);
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
