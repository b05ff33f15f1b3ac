// @ts-check
/** One step of waiting as plain data, for callers who keep the time themselves. */
import { perInstance } from '../core.js';
import { isTaskQueryError, wrong } from '../errors.js';
import { Session } from '../dist/video_task_query.js';
import { WAIT, waiting } from './options.js';
import { row, stepOf } from './schedule.js';

/**
 * @typedef {import('../index.d.ts').Task} Task
 * @typedef {import('../index.d.ts').TaskQueryError} TaskQueryError
 */

/** What the numbers of a cursor are called, in the order of `src/schedule/cursor.rs`. */
const NAMES = 'startedAt polls missed askedAt beganAt basis basisAt progress progressAt grain trust'.split(' ');
/** @type {WeakMap<Task, number>} When the service wanted to be asked again, told beside the task. */
const hints = new WeakMap();

/**
 * Keeps what the service told beside a task for `nextPoll`.
 *
 * @param {Task} task
 * @param {number | null} hintMs
 */
export function noteHint(task, hintMs) {
  if (hintMs !== null) hints.set(task, hintMs);
  return task;
}

/**
 * @param {(name: string) => void} loadFor
 * @returns {typeof import('../index.d.ts').nextPoll}
 */
export function nextPollOf(loadFor) {
  const session = perInstance(() => new Session());
  return function nextPoll(cursor, outcome, options) {
    loadFor('nextPoll');
    const { now, ...others } = optionsOf(options);
    const settings = waiting(others);
    const hintMs = isTaskQueryError(outcome) ? null : (hints.get(outcome) ?? null);
    const numbers = cursor === null || cursor === undefined ? undefined : numbersOf(cursor);
    const step = stepOf(session, { cursor: numbers, outcome: checked(outcome), hintMs, now }, settings);
    const next = Object.fromEntries(NAMES.map((name, at) => [name, step.cursor[at] ?? 0]));
    return { done: step.done, delayMs: step.delayMs, cursor: /** @type {any} */ (next) };
  };
}

/** @param {any} cursor */
function numbersOf(cursor) {
  const isCursor =
    typeof cursor === 'object' && ['startedAt', 'polls', 'missed'].every((name) => typeof cursor[name] === 'number');
  if (!isCursor) throw wrong('The cursor must be null, or the one that the step before gave.');
  return row(NAMES.map((name) => cursor[name]));
}

/** @param {any} outcome @returns {Task | TaskQueryError} */
function checked(outcome) {
  const isTask = typeof outcome === 'object' && outcome !== null && typeof outcome.status === 'string';
  if (isTask || isTaskQueryError(outcome)) return outcome;
  throw wrong('The outcome must be what the poll brought: a task, or the TaskQueryError that it rejected with.');
}

/** @param {Record<string, any> | null | undefined} given */
function optionsOf(given) {
  const options = given ?? {};
  if (typeof options !== 'object') throw wrong('The options must be an object, such as { deadlineMs: 600_000 }.');
  const known = ['now', ...WAIT.filter((name) => !name.startsWith('on'))];
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) throw wrong(`Unknown option '${unknown}'. Known are: ${known.join(', ')}.`);
  const now = options.now ?? Date.now();
  if (!Number.isFinite(now)) throw wrong('now must be an instant in Unix epoch milliseconds, such as Date.now().');
  return { ...options, now };
}
