// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureOf, thrownBy } from './failure.js';
import { TaskQueryError, nextPoll, parseTask, queryTask } from './packed.js';
import { ID, body, completed, said, scripted } from './script.js';

const NOW = 1_790_000_000_000;
const working = parseTask(body('processing'));

test('a step is plain data that survives any store', () => {
  const first = nextPoll(null, working, { now: NOW });
  const { startedAt, polls, missed } = first.cursor;
  assert.deepEqual({ startedAt, polls, missed }, { startedAt: NOW, polls: 1, missed: 0 });
  assert.ok(!first.done && first.delayMs >= 9500 && first.delayMs <= 10_500, String(first.delayMs));
  const kept = JSON.parse(JSON.stringify(first.cursor));
  assert.deepEqual(kept, first.cursor);
  const second = nextPoll(kept, working, { now: NOW + 10_000 });
  assert.equal(second.cursor.polls, 2);
});

test('it is over when the task is, when the error is final, and when the time is', () => {
  assert.deepEqual(nextPoll(null, parseTask(body('failed')), { now: NOW }).done, true);
  const refused = new TaskQueryError({ code: 'authentication', message: 'no', status: 401 });
  assert.equal(nextPoll(null, refused, { now: NOW }).done, true);
  const { cursor } = nextPoll(null, working, { now: NOW, deadlineMs: 60_000 });
  assert.equal(nextPoll(cursor, working, { now: NOW + 59_999, deadlineMs: 60_000 }).done, false);
  assert.equal(nextPoll(cursor, working, { now: NOW + 60_000, deadlineMs: 60_000 }).done, true);
});

test('a status that nobody knows is no end', () => {
  const strange = /** @type {any} */ ({ ...working, status: 'paused' });
  assert.equal(nextPoll(null, strange, { now: NOW }).done, false);
});

test('where the clock was set back the wait begins anew, and goes on', () => {
  const { cursor } = nextPoll(null, working, { now: NOW, deadlineMs: 60_000 });
  const back = nextPoll(cursor, working, { now: NOW - 3_600_000, deadlineMs: 60_000 });
  assert.deepEqual([back.done, back.cursor.startedAt], [false, NOW - 3_600_000]);
  assert.ok(back.delayMs > 0 && back.delayMs < 60_000, String(back.delayMs));
  assert.equal(nextPoll(back.cursor, working, { now: NOW - 3_540_000, deadlineMs: 60_000 }).done, true);
});

test('missed polls are counted in a row', () => {
  const missed = new TaskQueryError({ code: 'server', message: 'no', status: 502, retryable: true });
  let step = nextPoll(null, missed, { now: NOW, maxMissedPolls: 3 });
  step = nextPoll(step.cursor, missed, { now: NOW + 5000, maxMissedPolls: 3 });
  assert.deepEqual([step.done, step.cursor.missed], [false, 2]);
  const seen = nextPoll(step.cursor, working, { now: NOW + 10_000, maxMissedPolls: 3 });
  assert.equal(seen.cursor.missed, 0);
  assert.equal(nextPoll(step.cursor, missed, { now: NOW + 10_000, maxMissedPolls: 3 }).done, true);
});

test('the fifth missed poll in a row is the last where nobody says otherwise', () => {
  const missed = new TaskQueryError({ code: 'server', message: 'no', status: 502, retryable: true });
  const ends = [];
  for (let [at, cursor] = [0, /** @type {any} */ (null)]; at < 5; at += 1) {
    const step = nextPoll(cursor, missed, { now: NOW + at * 1000 });
    ends.push(step.done);
    cursor = step.cursor;
  }
  assert.deepEqual(ends, [false, false, false, false, true]);
});

test('the service’s wish and the caller’s interval decide the delay', () => {
  const limited = new TaskQueryError({ code: 'rate_limited', message: 'no', retryable: true, retryAfterMs: 42_000 });
  const { delayMs } = nextPoll(null, limited, { now: NOW });
  assert.ok(delayMs >= 42_000 && delayMs <= 44_100, String(delayMs));
  assert.equal(nextPoll(null, limited, { now: NOW, intervalMs: 300 }).delayMs, 42_000);
  assert.equal(nextPoll(null, working, { now: NOW, intervalMs: 300 }).delayMs, 300);
});

test('the delay has a part by chance, so that not all ask at once', (t) => {
  const random = t.mock.method(Math, 'random', () => 0);
  const least = nextPoll(null, working, { now: NOW }).delayMs;
  random.mock.mockImplementation(() => 0.999);
  const most = nextPoll(null, working, { now: NOW }).delayMs;
  assert.deepEqual([least, Math.round(most / 100)], [9500, 105]);
});

test('what the task tells of itself decides the delay', (t) => {
  t.mock.method(Math, 'random', () => 0.5);
  // A third of what the body estimates is left.
  const estimating = { ...working, estimatedWaitMs: 36_000 };
  assert.equal(nextPoll(null, estimating, { now: NOW }).delayMs, 12_000);
  // Half way after a minute, and so hardly at its end in ten seconds.
  let { cursor } = nextPoll(null, { ...working, progress: 0 }, { now: NOW });
  for (const at of [1, 2, 3, 4, 5]) {
    const step = nextPoll(cursor, { ...working, progress: at / 10 }, { now: NOW + at * 12_000 });
    cursor = step.cursor;
    if (at === 5) assert.ok(step.delayMs > 15_000, String(step.delayMs));
  }
});

test('how long other tasks took does not: a step knows only its own', (t) => {
  t.mock.method(Math, 'random', () => 0.5);
  for (let round = 0; round < 8; round += 1) {
    const { cursor, delayMs } = nextPoll(null, working, { now: NOW });
    assert.equal(delayMs, 10_000);
    assert.equal(nextPoll(cursor, parseTask(body('completed')), { now: NOW + 60_000 }).done, true);
  }
});

test('a header that came beside the task counts too', async (t) => {
  const service = await scripted(t, [{ ...said('processing'), headers: { 'openai-poll-after-ms': '20000' } }]);
  const task = await queryTask(ID, { baseUrl: service.url });
  const { delayMs } = nextPoll(null, task);
  assert.ok(delayMs >= 20_000 && delayMs <= 21_000, String(delayMs));
});

test('whoever carries the cursor gets to the end', async (t) => {
  const service = await scripted(t, [said('pending'), { status: 502 }, said('processing'), completed]);
  let cursor = null;
  let outcome;
  do {
    outcome = await queryTask(ID, { baseUrl: service.url, maxRetries: 0 }).catch((error) => error);
    const step = nextPoll(cursor, outcome, { intervalMs: 1 });
    cursor = JSON.parse(JSON.stringify(step.cursor));
    if (step.done) break;
  } while (cursor.polls < 10);
  assert.deepEqual([outcome.status, cursor.polls], ['completed', 4]);
});

test('what cannot be is named', async () => {
  for (const [wrong, pattern] of /** @type {[() => any, RegExp][]} */ ([
    [
      () => nextPoll(/** @type {any} */ ({ polls: 1 }), working),
      /The cursor must be null, or the one that the step before gave/,
    ],
    [
      () => nextPoll(/** @type {any} */ ({ startedAt: NOW, polls: 1 }), working),
      /The cursor must be null, or the one that the step before gave/,
    ],
    [() => nextPoll(null, /** @type {any} */ ({})), /The outcome must be what the poll brought/],
    [() => nextPoll(null, working, { now: NaN }), /now must be an instant/],
    [() => nextPoll(null, working, /** @type {any} */ ({ intervall: 1 })), /Unknown option 'intervall'/],
    [() => nextPoll(null, working, /** @type {any} */ ({ onUpdate() {} })), /Unknown option 'onUpdate'/],
  ])) {
    assert.match((await failureOf(Promise.resolve().then(wrong))).message, pattern);
  }
});

test('options may be null, and nothing but an object else', async () => {
  assert.equal(nextPoll(null, working, /** @type {any} */ (null)).done, false);
  assert.equal(nextPoll(/** @type {any} */ (undefined), working).cursor.polls, 1);
  const error = await thrownBy(() => nextPoll(null, working, /** @type {any} */ (5)));
  assert.deepEqual(
    [error.code, error.message],
    ['invalid_argument', 'The options must be an object, such as { deadlineMs: 600_000 }.'],
  );
});
