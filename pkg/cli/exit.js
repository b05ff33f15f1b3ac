// @ts-check
import { isTaskQueryError } from './package.js';

/** What the exit code says. */
export const EXIT = /** @type {const} */ ({ completed: 0, failed: 1, usage: 2, unasked: 3, going: 4 });

/** Of several tasks the first of these counts: what could not be asked has to be asked again, whatever the others say. */
const WORST_FIRST = [EXIT.unasked, EXIT.failed, EXIT.going];

/** @param {Iterable<number>} codes */
export function worst(codes) {
  const all = new Set(codes);
  // Wrong usage is that nothing was asked at all.
  if (all.has(EXIT.usage)) return all.size === 1 ? EXIT.usage : EXIT.unasked;
  return WORST_FIRST.find((code) => all.has(code)) ?? EXIT.completed;
}

/** @param {import('../index.js').Task} task */
export function codeOfTask(task) {
  if (!task.isDone) return EXIT.going;
  return task.status === 'completed' ? EXIT.completed : EXIT.failed;
}

/** @param {unknown} error */
export function codeOfError(error) {
  // Before any request: an option, an id or an address that means nothing.
  return isTaskQueryError(error) && error.code === 'invalid_argument' ? EXIT.usage : EXIT.unasked;
}
