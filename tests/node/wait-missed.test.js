// @ts-check
/** `waitForTask`: which answers are missed polls, which end it, and when it gives up. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureOf } from './failure.js';
import { waitForTask } from './packed.js';
import { completed, FAST, ID, said, scripted } from './script.js';
import { deserted, json } from './service.js';

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

  test('the words of a 202 are no task once the status is another', async (t) => {
    const words = json({ message: 'accepted' });
    const service = await scripted(t, [{ ...words, status: 202 }, words, completed]);
    const missed = /** @type {string[]} */ ([]);
    const task = await waitForTask(ID, {
      ...FAST,
      baseUrl: service.url,
      onMissedPoll: ({ code }) => void missed.push(code),
    });
    assert.deepEqual([task.status, missed], ['completed', ['invalid_response']]);
  });

  test('an empty answer after a 202 is a missed poll each time', async (t) => {
    const accepted = { ...json({ status: 'pending', request_id: 'r' }), status: 202 };
    const service = await scripted(t, [accepted, { body: '' }, { body: '' }, completed]);
    let missed = 0;
    await waitForTask(ID, { ...FAST, baseUrl: service.url, onMissedPoll: () => void (missed += 1) });
    assert.equal(missed, 2);
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
});
