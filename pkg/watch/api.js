// @ts-check
import { TaskQueryError } from '../errors.js';
import { follow } from './follow.js';
import { Stream } from './stream.js';

/**
 * @typedef {import('../index.d.ts').Task} Task
 * @typedef {import('../index.d.ts').WatchEvent} WatchEvent
 * @typedef {import('./follow.js').Plan} Plan
 */

/**
 * The completed task, or why there is none.
 *
 * @param {Plan} plan
 * @returns {Promise<Task>}
 */
export function waited(plan) {
  return new Promise((resolve, reject) => {
    follow(plan, {
      onEnd(id, task, error, requests) {
        if (error || !task) reject(error);
        else if (task.status === 'completed') resolve(task);
        else reject(failed(id, task, requests));
      },
      onBroken: reject,
    });
  });
}

/** @param {string} id @param {Task} task @param {number} attempts */
function failed(id, task, attempts) {
  // All that ended without a video have one.
  const error = /** @type {import('../index.d.ts').TaskFailure} */ (task.error);
  return new TaskQueryError({
    code: 'task_failed',
    message: `The task ${id} ended as ${task.status} (${error.reason}): ${error.message}`,
    serviceCode: error.code,
    serviceMessage: error.message,
    task,
    attempts,
  });
}

/**
 * Each change of one task.
 *
 * @param {() => Plan} plan
 * @returns {Stream<Task>}
 */
export function watched(plan) {
  return new Stream((stream) =>
    follow(plan(), {
      onChange: (_, task) => stream.push(task),
      onEnd: (_, __, error) => (error ? stream.fail(error) : stream.end()),
      onBroken: (reason) => stream.breakOff(reason),
    }),
  );
}

/**
 * Each change of each task, and what went wrong for good.
 *
 * @param {() => Plan} plan
 * @returns {Stream<WatchEvent>}
 */
export function watchedMany(plan) {
  return new Stream((stream) =>
    follow(plan(), {
      onChange: (id, task) => stream.push({ id, task, error: null }),
      onEnd(id, task, error) {
        if (error) stream.push({ id, task, error });
      },
      onAllEnded: () => stream.end(),
      onBroken: (reason) => stream.breakOff(reason),
    }),
  );
}
