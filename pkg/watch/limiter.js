// @ts-check
import { inCore } from '../core.js';
import { alarm } from '../cancel-scope.js';
import { now } from './clock.js';
import { isOffline, whenOnline } from './presence.js';

/**
 * Lets requests to one origin start: so many at once, and at the pace that the origin bears. First come, first served, so
 * that no task waits longer than the others.
 */
export class Limiter {
  /** @type {Set<() => void>} */
  #queue = new Set();
  #running = 0;
  /** @type {(() => void) | null} */
  #callOff = null;
  #concurrency;
  #pace;
  #goOn = () => {
    this.#callOff = null;
    this.#next();
  };

  /**
   * @param {number} concurrency
   * @param {() => import('../dist/video_task_query.js').Pace} pace
   */
  constructor(concurrency, pace) {
    this.#concurrency = concurrency;
    this.#pace = pace;
  }

  /** Nothing waits or is under way. */
  get isIdle() {
    return this.#running === 0 && this.#queue.size === 0;
  }

  /**
   * Calls `start` when it is its turn. Whoever was let in says `leave` at the end.
   *
   * @param {() => void} start
   * @returns {() => void} gives the place in the queue up
   */
  enter(start) {
    this.#queue.add(start);
    this.#next();
    return () => {
      this.#queue.delete(start);
      this.#rest();
    };
  }

  /**
   * @param {boolean} wasLimited The service said that it was asked too often.
   * @param {number | null | undefined} retryAfterMs
   * @param {number} requests that it made: a new try or another route is one more
   */
  leave(wasLimited, retryAfterMs, requests) {
    this.#running -= 1;
    inCore(() => this.#pace().answered(now(), requests, wasLimited, retryAfterMs ?? undefined));
    this.#next();
  }

  #next() {
    while (!this.#callOff && this.#running < this.#concurrency) {
      const [start] = this.#queue;
      if (!start) return;
      // Without a network nothing is asked until it is back.
      if (isOffline()) {
        this.#callOff = whenOnline(this.#goOn);
        return;
      }
      const ms = inCore(() => this.#pace().wait(now()));
      if (ms > 0) {
        this.#callOff = alarm(ms, this.#goOn);
        return;
      }
      this.#queue.delete(start);
      this.#running += 1;
      start();
    }
  }

  /** Nobody waits: no timer may keep a process alive. */
  #rest() {
    if (this.#queue.size > 0) return;
    this.#callOff?.();
    this.#callOff = null;
  }
}
