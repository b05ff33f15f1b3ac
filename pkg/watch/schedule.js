// @ts-check
import { inCore } from '../core.js';
import { isTaskQueryError } from '../errors.js';
import { afterError, firstCursor } from '../dist/video_task_query.js';
import { now as time } from './clock.js';

/**
 * @typedef {import('../index.d.ts').Task} Task
 * @typedef {import('../index.d.ts').TaskQueryError} TaskQueryError
 * @typedef {import('../dist/video_task_query.js').Session} Session
 * @typedef {import('./options.js').Waiting} Waiting
 */

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
    const step = stepOf(this.#session, { cursor: this.#cursor, outcome, hintMs, now: time(), model }, this.#waiting);
    this.#cursor = step.cursor;
    return step;
  }
}

/**
 * @typedef {object} Poll What the step is about.
 * @property {Float64Array | undefined} cursor
 * @property {Task | TaskQueryError} outcome
 * @property {number | null} hintMs
 * @property {number} now
 * @property {string} [model] By what the durations of the like are found.
 *
 * @param {() => Session} session
 * @param {Poll} poll
 * @param {Waiting} waiting
 */
export function stepOf(session, poll, { intervalMs, deadlineMs, maxMissedPolls }) {
  const { cursor, outcome, hintMs, now, model = '' } = poll;
  const settings = row([now, Math.random(), intervalMs, deadlineMs, maxMissedPolls]);
  const isError = isTaskQueryError(outcome);
  // Read before, since what the caller's own object throws would end the instance.
  const word = String(isError ? outcome.code : outcome.status);
  const about = row(isError ? [outcome.retryable === true ? 1 : 0, outcome.retryAfterMs] : seen(outcome, hintMs));
  const [done, delayMs, ...next] = inCore(() =>
    isError ? afterError(cursor, word, about, settings) : session().afterTask(cursor, word, about, settings, model),
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
export function row(values) {
  return Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN));
}
