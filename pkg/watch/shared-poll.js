// @ts-check
import { isTaskQueryError } from '../errors.js';
import { now } from './clock.js';

/** An answer as young as this is not asked for again: whoever joins or comes back gets it. */
const FRESH_MS = 1000;

/**
 * @typedef {import('../index.d.ts').Task} Task
 * @typedef {{ task: Task, body: Uint8Array[], hintMs: number | null, attempts: number }} Answer
 * @typedef {{ task: Task | null, error: unknown, hintMs: number | null, attempts: number }} Outcome What one poll brought.
 * @typedef {(signal: AbortSignal, body: Uint8Array[] | undefined) => Promise<Answer>} Ask Without a task where the body is the same.
 */

/** One task, as all who watch it on one client see it: they share its polls. */
export class SharedPoll {
  /** @type {Set<{ see(outcome: Outcome): void }>} */
  #watchers = new Set();
  /** @type {(() => void) | null} Gives up the poll that waits for its turn or is under way. */
  #giveUp = null;
  /** @type {Task | null} */
  #task = null;
  /** @type {Uint8Array[] | undefined} What the service said last. */
  #body;
  /** @type {Outcome | null} */
  #last = null;
  #lastAt = -Infinity;
  /** Requests that are not answered yet: one or none. */
  underWay = 0;
  #ask;
  #limiter;
  #onLeft;

  /**
   * @param {Ask} ask
   * @param {import('./limiter.js').Limiter} limiter
   * @param {() => void} onLeft Nobody watches any more.
   */
  constructor(ask, limiter, onLeft) {
    this.#ask = ask;
    this.#limiter = limiter;
    this.#onLeft = onLeft;
  }

  /** @param {{ see(outcome: Outcome): void }} watcher */
  join(watcher) {
    this.#watchers.add(watcher);
  }

  /** @param {{ see(outcome: Outcome): void }} watcher @param {boolean} isDue It has waited for the next answer. */
  ask(watcher, isDue) {
    const last = this.#last;
    if (!isDue && last && !last.error && now() - this.#lastAt < FRESH_MS) watcher.see({ ...last, attempts: 0 });
    else this.#poll();
  }

  /**
   * For who will ask in its time as well: a service in trouble is left alone for as long as it wants.
   *
   * @param {{ see(outcome: Outcome): void }} watcher
   */
  askEarly(watcher) {
    const error = this.#last?.error;
    const restMs = isTaskQueryError(error) ? Math.max(FRESH_MS, error.retryAfterMs ?? 0) : 0;
    if (now() - this.#lastAt >= restMs) this.ask(watcher, false);
  }

  /** @param {{ see(outcome: Outcome): void }} watcher */
  leave(watcher) {
    if (!this.#watchers.delete(watcher) || this.#watchers.size > 0) return;
    this.#giveUp?.();
    this.#onLeft();
  }

  /** Asks, unless that is under way: its outcome reaches everybody. */
  #poll() {
    if (this.#giveUp) return;
    let isEntering = true;
    const leaveQueue = this.#limiter.enter(() => {
      isEntering = false;
      this.#request();
    });
    // The limiter may have let it in at once.
    if (isEntering) this.#giveUp = leaveQueue;
  }

  #request() {
    const controller = new AbortController();
    this.#giveUp = () => controller.abort();
    this.underWay = 1;
    /** @param {Outcome} outcome */
    const told = (outcome) => {
      const { error } = outcome;
      const trouble = isTaskQueryError(error) ? error : null;
      this.#limiter.leave(trouble?.code === 'rate_limited', trouble?.retryAfterMs, outcome.attempts);
      this.underWay = 0;
      this.#giveUp = null;
      this.#last = outcome;
      this.#lastAt = now();
      for (const watcher of this.#watchers) watcher.see(outcome);
    };
    this.#ask(controller.signal, this.#body).then(
      ({ task, body, hintMs, attempts }) => told({ task: this.#known(task, body), error: null, hintMs, attempts }),
      (error) => told({ task: null, error, hintMs: null, attempts: isTaskQueryError(error) ? error.attempts : 0 }),
    );
  }

  /**
   * The task as it is known now: the one before where the body is the same, and never less far than it was.
   *
   * @param {Task | null} task
   * @param {Uint8Array[]} body
   */
  #known(task, body) {
    if (task) {
      const before = this.#task?.progress ?? 0;
      if (!task.isDone && (task.progress ?? 0) < before) task.progress = before;
      this.#task = task;
      this.#body = body;
    }
    return this.#task;
  }
}
