// @ts-check
import { noSignal } from './errors.js';
import { onDeath, whileAlive } from './instance.js';

const ABORTED = 1;
const TIMED_OUT = 2;

/** What ends a piece of the core's waiting from outside: the caller's signal, or a time that runs out. */
export class CancelScope {
  /** Why it ended, if it did. */
  ended = 0;
  /** @type {unknown} Of an abort. */
  reason;
  /** What is awaited now. No promise for all of it: that would remember everything that was ever raced with it. */
  #waiting = /** @type {Set<(value: unknown) => void>} */ (new Set());
  #controller = new AbortController();
  #takeOff = () => {};
  #forget = () => {};

  /**
   * @param {AbortSignal | null | undefined} signal
   * @param {number} ms
   */
  constructor(signal, ms) {
    if (signal?.aborted) this.#end(ABORTED, reasonOf(signal));
    else {
      this.#takeOff = guard(signal, ms, {
        onAbort: (reason) => this.#end(ABORTED, reason),
        onOverdue: () => this.#end(TIMED_OUT),
      });
    }
    this.#forget = onDeath(() => this.drop(false));
  }

  /** For what is awaited, which it stops too. */
  get signal() {
    return this.#controller.signal;
  }

  /** The outcome of what is awaited, or the end of the scope, whichever is first. @param {unknown} value */
  race(value) {
    return whileAlive(
      new Promise((resolve, reject) => {
        if (this.ended) resolve(undefined);
        else this.#waiting.add(resolve);
        const forget = () => this.#waiting.delete(resolve);
        // Listened to in any case: what nobody listens to must not reject.
        Promise.resolve(value).finally(forget).then(resolve, reject);
      }),
    );
  }

  /** The end of the scope. */
  end() {
    return this.race(new Promise(() => {}));
  }

  /**
   * Leaves neither a timer nor a listener, and where not all has come that was awaited, no connection.
   *
   * @param {boolean} isDone
   */
  drop(isDone) {
    this.#forget();
    if (!isDone) this.#controller.abort();
    this.#takeOff();
  }

  /** @param {number} ended @param {unknown} [reason] */
  #end(ended, reason) {
    if (this.ended) return;
    this.ended = ended;
    this.reason = reason;
    for (const resolve of this.#waiting) resolve(undefined);
    this.#waiting.clear();
    this.#controller.abort();
  }
}

/** Timers take 31 bits: a longer time would make them fire at once. */
const LONGEST_MS = 2_147_483_647;

/**
 * Calls `ring` after a time of any length.
 *
 * @param {number} ms
 * @param {() => void} ring
 * @returns {() => void} calls it off
 */
export function alarm(ms, ring) {
  let left = ms;
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const arm = () => {
    const now = Math.min(left, LONGEST_MS);
    left -= now;
    timer = setTimeout(left > 0 ? arm : ring, now);
  };
  arm();
  return () => clearTimeout(timer);
}

/**
 * What ends a wait from outside: the caller's signal, or the time that it set.
 *
 * @param {AbortSignal | null | undefined} signal
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
    try {
      signal?.removeEventListener('abort', abort);
    } catch {
      // Somebody's own that throws: then it goes on calling somebody who does not heed it any more.
    }
  };
}

/** @param {AbortSignal} signal */
export function reasonOf(signal) {
  // Browsers from before signals had reasons.
  return signal.reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : signal.reason;
}
