// @ts-check
import { inCore, perInstance } from '../core.js';
import { isTaskQueryError, wrong } from '../errors.js';
import { Session, afterError, cursorNames, firstCursor } from '../dist/video_task_query.js';
import { now as time } from './clock.js';
import { WAIT, waiting } from './options.js';

/**
 * @typedef {import('../index.d.ts').Task} Task
 * @typedef {import('../index.d.ts').TaskQueryError} TaskQueryError
 * @typedef {import('../index.d.ts').PollCursor} PollCursor
 * @typedef {import('./options.js').Waiting} Waiting
 */

/** @type {WeakMap<Task, number>} When the service wanted to be asked again, told beside the task. */
const hints = new WeakMap();

/**
 * Keeps what the service told beside a task for `nextPoll`.
 *
 * @param {Task} task
 * @param {number | null} hintMs
 */
export function remember(task, hintMs) {
  if (hintMs !== null) hints.set(task, hintMs);
  return task;
}

/** When one wait asks next. */
export class Schedule {
  /** @type {Float64Array | undefined} */
  #cursor;
  #session;
  #waiting;
  #origin;

  /**
   * @param {() => Session} session
   * @param {Waiting} waiting
   * @param {string} origin durations are learned of each service apart
   */
  constructor(session, waiting, origin) {
    this.#session = session;
    this.#waiting = waiting;
    this.#origin = origin;
    this.#cursor = inCore(() => firstCursor(time()));
  }

  /**
   * @param {Task | TaskQueryError} outcome
   * @param {number | null} hintMs
   */
  next(outcome, hintMs) {
    const model = isTaskQueryError(outcome) ? '' : `${this.#origin} ${outcome.model ?? outcome.provider}`;
    const step = stepOf(this.#session, this.#cursor, outcome, hintMs, time(), this.#waiting, model);
    this.#cursor = step.cursor;
    return step;
  }
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
    const names = inCore(cursorNames).split(' ');
    const settings = waiting(others);
    const hintMs = isTaskQueryError(outcome) ? null : (hints.get(outcome) ?? null);
    const numbers = cursor === null || cursor === undefined ? undefined : numbersOf(cursor, names);
    const step = stepOf(session, numbers, checked(outcome), hintMs, now, settings, '');
    const next = Object.fromEntries(names.map((name, at) => [name, step.cursor[at] ?? 0]));
    return { done: step.done, delayMs: step.delayMs, cursor: /** @type {any} */ (next) };
  };
}

/**
 * @param {() => Session} session
 * @param {Float64Array | undefined} cursor
 * @param {Task | TaskQueryError} outcome
 * @param {number | null} hintMs
 * @param {number} now
 * @param {Waiting} waiting
 * @param {string} model by what the durations of the like are found
 */
function stepOf(session, cursor, outcome, hintMs, now, { intervalMs, deadlineMs, maxMissedPolls }, model) {
  const settings = row([now, Math.random(), intervalMs, deadlineMs, maxMissedPolls]);
  const isError = isTaskQueryError(outcome);
  // Read before, since what the caller's own object throws would end the instance.
  const word = String(isError ? outcome.code : outcome.status);
  const about = row(isError ? [outcome.retryable === true ? 1 : 0, outcome.retryAfterMs] : seen(outcome, hintMs));
  const [done, delayMs, ...next] = inCore(() =>
    isError
      ? afterError(cursor, word, about[0] === 1, about[1] ?? NaN, settings)
      : session().afterTask(cursor, word, about, settings, model),
  );
  return {
    done: done !== 0,
    isOverdue: done === 2,
    delayMs: /** @type {number} */ (delayMs),
    cursor: Float64Array.from(next),
  };
}

/** In the order of `src/wasm/schedule.rs`. @param {Task} task @param {number | null} hintMs */
function seen({ progress, estimatedWaitMs, createdAt }, hintMs) {
  return [progress, estimatedWaitMs, hintMs, createdAt];
}

/** Numbers as they cross: NaN says that there is none. @param {(number | null | undefined)[]} values */
function row(values) {
  return Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN));
}

/** @param {any} cursor @param {readonly string[]} names */
function numbersOf(cursor, names) {
  const isCursor =
    typeof cursor === 'object' && ['startedAt', 'polls', 'missed'].every((name) => typeof cursor[name] === 'number');
  if (!isCursor) throw wrong('The cursor must be null, or the one that the step before gave.');
  return row(names.map((name) => cursor[name]));
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
