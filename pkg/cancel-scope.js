// @ts-check
import { onDeath, whileAlive } from './instance.js';

/** Timers take 31 bits: a longer time would make them fire at once. */
export const LONGEST_MS = 2_147_483_647;
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
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #signal;
  #abort = () => this.#end(ABORTED);
  #forget = () => {};

  /**
   * @param {AbortSignal | null | undefined} signal
   * @param {number} ms
   */
  constructor(signal, ms) {
    this.#signal = signal;
    if (signal?.aborted) {
      this.#abort();
    } else {
      signal?.addEventListener('abort', this.#abort);
      if (ms < Infinity) this.#timer = setTimeout(() => this.#end(TIMED_OUT), Math.min(ms, LONGEST_MS));
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
    clearTimeout(this.#timer);
    release(this.#signal, this.#abort);
  }

  /** @param {number} ended */
  #end(ended) {
    if (this.ended) return;
    this.ended = ended;
    if (ended === ABORTED) this.reason = reasonOf(/** @type {AbortSignal} */ (this.#signal));
    for (const resolve of this.#waiting) resolve(undefined);
    this.#waiting.clear();
    this.#controller.abort();
  }
}

/** No longer listens to a signal, which may be somebody's own and throw. @param {any} signal @param {() => void} abort */
export function release(signal, abort) {
  try {
    signal?.removeEventListener('abort', abort);
  } catch {
    // Then it goes on calling somebody who does not heed it any more.
  }
}

/** @param {AbortSignal} signal */
export function reasonOf(signal) {
  // Browsers from before signals had reasons.
  return signal.reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : signal.reason;
}
