// @ts-check
import { isTaskQueryError } from './errors.js';

/**
 * A call whose errors say where it was made: of themselves they know the core alone.
 *
 * @template {(...given: any[]) => Promise<any>} T
 * @param {T} call
 * @returns {T}
 */
export function traced(call) {
  /** @param {any[]} given */
  const outer = async (...given) => {
    try {
      return await call(...given);
    } catch (error) {
      leadTo(error, outer);
      throw error;
    }
  };
  return /** @type {any} */ (outer);
}

/**
 * The same for a call that is over at once.
 *
 * @template {(...given: any[]) => any} T
 * @param {T} call
 * @returns {T}
 */
export function tracedAtOnce(call) {
  /** @param {any[]} given */
  const outer = (...given) => {
    try {
      return call(...given);
    } catch (error) {
      leadTo(error, outer);
      throw error;
    }
  };
  return /** @type {any} */ (outer);
}

/** @param {unknown} error @param {Function} call */
function leadTo(error, call) {
  if (!isTaskQueryError(error)) return;
  const { stack } = error;
  try {
    Error.captureStackTrace?.(error, call);
    // Nobody awaits the call: then its own frames say more.
    if (!/\n\s+at /.test(error.stack ?? '')) error.stack = stack;
  } catch {
    // It is somebody's own, and frozen.
  }
}
