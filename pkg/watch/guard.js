// @ts-check
import { reasonOf, release } from '../cut.js';
import { alarm } from './alarm.js';
import { noSignal } from './options.js';

/**
 * What ends a wait from outside: the caller's signal, or the time that it set.
 *
 * @param {AbortSignal | undefined} signal
 * @param {number} deadlineMs
 * @param {{ onAbort(reason: unknown): void, onOverdue(): void }} told
 * @returns {() => void} takes it off
 */
export function guard(signal, deadlineMs, told) {
  const abort = () => told.onAbort(reasonOf(/** @type {AbortSignal} */ (signal)));
  const callOff = deadlineMs === Infinity ? () => {} : alarm(deadlineMs, told.onOverdue);
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
