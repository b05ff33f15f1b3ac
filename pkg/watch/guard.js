// @ts-check
import { reasonOf, release } from '../cancel-scope.js';
import { alarm } from './alarm.js';
import { noSignal } from '../given.js';

/**
 * What ends a wait from outside: the caller's signal, or the time that it set.
 *
 * @param {AbortSignal | undefined} signal
 * @param {number} deadlineMs
 * @param {{ onAbort(reason: unknown): void, onOverdue(): void }} handlers
 * @returns {() => void} takes it off
 */
export function guard(signal, deadlineMs, handlers) {
  const abort = () => handlers.onAbort(reasonOf(/** @type {AbortSignal} */ (signal)));
  const callOff = deadlineMs === Infinity ? () => {} : alarm(deadlineMs, handlers.onOverdue);
  try {
    signal?.addEventListener('abort', abort);
  } catch (cause) {
    callOff();
    throw noSignal(cause);
  }
  return () => {
    callOff();
    release(signal, abort);
  };
}
