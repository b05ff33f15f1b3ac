// @ts-check
import { wrong } from '../errors.js';
import { checkedSignal } from '../given.js';

const MINUTE_MS = 60_000;

/**
 * @typedef {import('../index.d.ts').Task} Task
 * @typedef {object} Waiting What is asked of a wait, beside how to ask.
 * @property {number} deadlineMs
 * @property {number | null} intervalMs
 * @property {number} maxMissedPolls
 * @property {((task: Task) => void) | undefined} onUpdate
 * @property {((error: import('../index.d.ts').TaskQueryError, id: string) => void) | undefined} onMissedPoll
 */

/** The options that only waiting and watching have, as the core names them where it meets an unknown one. */
export const WAIT = ['deadlineMs', 'intervalMs', 'onUpdate', 'onMissedPoll', 'maxMissedPolls'];
/** Those of watching many. */
export const MANY = [...WAIT, 'concurrency', 'requestsPerSecond'];

/**
 * Options in two: what a wait is about, and how to ask, which the core reads.
 *
 * @param {Record<string, any> | undefined} options
 * @param {readonly string[]} names the options that the core does not know
 */
export function split(options, names) {
  if (typeof (options ?? {}) !== 'object') {
    throw wrong('The options must be an object, such as { deadlineMs: 600_000 }.');
  }
  const { signal, ...others } = options ?? {};
  const asked = Object.entries(others).filter(
    ([name, value]) => !names.includes(name) && value !== undefined && value !== null,
  );
  const asking = Object.assign(Object.create(null), Object.fromEntries(asked));
  // The next poll is soon enough: what asks again within a poll would double the requests.
  if (!('maxRetries' in asking)) asking.maxRetries = 0;
  return { signal: checkedSignal(signal), asking, waiting: waiting(options ?? {}) };
}

/**
 * @param {Record<string, any>} options
 * @returns {Waiting}
 */
export function waiting(options) {
  return {
    deadlineMs: number(options, 'deadlineMs', 30 * MINUTE_MS, 'a number of milliseconds above 0, or Infinity'),
    intervalMs: finite(options, 'intervalMs', null, 'a number of milliseconds above 0'),
    maxMissedPolls: whole(options, 'maxMissedPolls', 5),
    onUpdate: callback(options, 'onUpdate', 'each change of the task'),
    onMissedPoll: callback(
      options,
      'onMissedPoll',
      'the error of each poll that failed and will be made again, and the id',
    ),
  };
}

/** @param {Record<string, any>} options @param {string} name @param {string} what it is called with */
function callback(options, name, what) {
  const given = options[name] ?? undefined;
  if (given !== undefined && typeof given !== 'function')
    throw wrong(`${name} must be a function, called with ${what}.`);
  return given;
}

/** @param {Record<string, any>} options */
export function limits(options) {
  return {
    concurrency: whole(options, 'concurrency', 6),
    requestsPerSecond: finite(options, 'requestsPerSecond', undefined, 'a number above 0'),
  };
}

/**
 * @template T
 * @param {Record<string, any>} options
 * @param {string} name
 * @param {T} fallback
 * @param {string} what
 * @param {(value: number) => boolean} [fits]
 * @returns {number | T}
 */
function number(options, name, fallback, what, fits = () => true) {
  const value = options[name] ?? undefined;
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !(value > 0) || !fits(value)) throw wrong(`${name} must be ${what}.`);
  return value;
}

/**
 * @template T
 * @param {Record<string, any>} options
 * @param {string} name
 * @param {T} fallback
 * @param {string} what
 */
function finite(options, name, fallback, what) {
  return number(options, name, fallback, what, Number.isFinite);
}

/** @param {Record<string, any>} options @param {string} name @param {number} fallback */
function whole(options, name, fallback) {
  return number(
    options,
    name,
    fallback,
    'a whole number from 1 on',
    (value) => value === Infinity || Number.isInteger(value),
  );
}
