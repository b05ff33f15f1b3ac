// @ts-check

/**
 * @typedef {import('./index.d.ts').Task} Task
 * @typedef {Pick<import('./index.d.ts').QueryOptions, 'baseUrl' | 'apiKey' | 'headers'>} Asked
 */

/** @type {WeakMap<Task, Asked>} At which service a task was asked for and with what, told beside the task. */
const asked = new WeakMap();

/**
 * Keeps how a task was asked for, for the request for its video. The key and the headers too, given or not: those of
 * another service must not go to this one.
 *
 * @param {Task | null} task
 * @param {Asked | undefined} options
 */
export function noteAsked(task, options) {
  if (!task) return;
  const { baseUrl, apiKey, headers } = options ?? {};
  asked.set(task, { baseUrl, apiKey, headers });
}

/** Nothing for a task that somebody else has made. @param {Task} task */
export function askedFor(task) {
  return asked.get(task);
}

/**
 * A task for one caller, who may write into it.
 *
 * @template {Task | null} T
 * @param {T} task
 * @returns {T}
 */
export function copyOf(task) {
  if (!task) return task;
  const { videos, error, warnings } = task;
  const copy = {
    ...task,
    videos: videos.map((video) => ({ ...video })),
    error: error && { ...error },
    warnings: warnings.map((warning) => ({ ...warning })),
  };
  Object.defineProperty(copy, 'raw', /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(task, 'raw')));
  noteAsked(copy, askedFor(task));
  return copy;
}
