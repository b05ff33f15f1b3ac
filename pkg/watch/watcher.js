// @ts-check
import { copyOf } from '../asked.js';
import { TaskQueryError, isTaskQueryError } from '../errors.js';
import { alarm } from '../cancel-scope.js';
import { now } from './clock.js';
import { offReturn, onReturn, patience } from './presence.js';

/**
 * @typedef {import('../index.d.ts').Task} Task
 * @typedef {object} Handlers
 * @property {(task: Task) => void} onChange
 * @property {(error: import('../index.d.ts').TaskQueryError) => void} onMissed The poll will be made again.
 * @property {(error: unknown) => void} onEnd Null where the task ended; else why there is no asking on.
 * @property {(thrown: unknown) => void} onBroken What one of these threw.
 */

/** Follows one task for one caller: when to ask, what is new, and when it is over. */
export class Watcher {
  /** @type {Task | null} The last one that was told; callers get copies. */
  task = null;
  /** @type {import('../index.d.ts').TaskQueryError | null} What the last poll missed it for. */
  trouble = null;
  #requests = 0;
  /** When to ask again, were somebody looking at the page. */
  #dueAt = 0;
  /** @type {(() => void) | null} */
  #callOff = null;
  #isOver = false;
  #poll;
  #schedule;
  #handlers;
  // As a member, to be found again when it is taken off.
  #back = () => {
    if (!this.#callOff) return;
    this.#rest();
    // It asks in its time as well: what is missed before that says nothing.
    this.#wait(Math.max(0, this.#dueAt - now()));
    this.#poll.askEarly(this);
  };

  /**
   * @param {import('./shared-poll.js').SharedPoll} poll
   * @param {import('./schedule.js').Schedule} schedule
   * @param {Handlers} handlers
   */
  constructor(poll, schedule, handlers) {
    this.#poll = poll;
    this.#schedule = schedule;
    this.#handlers = handlers;
    poll.join(this);
  }

  /** Requests made while it watched, the one under way included. */
  get requests() {
    return this.#requests + this.#poll.underWay;
  }

  start() {
    onReturn(this.#back);
    this.#poll.ask(this, false);
  }

  /** Leaves nothing behind: no timer, no listener, and no request if nobody else waits for it. */
  stop() {
    this.#isOver = true;
    this.#rest();
    offReturn(this.#back);
    this.#poll.leave(this);
  }

  /** @param {import('./shared-poll.js').Outcome} outcome */
  see({ task, error, hintMs, attempts }) {
    // What somebody else's poll missed before this one's time says nothing here.
    if (this.#callOff && isTaskQueryError(error)) return;
    this.#rest();
    this.#requests += attempts;
    const trouble = (this.trouble = isTaskQueryError(error) ? error : null);
    const seen = task ?? trouble;
    if (!seen) return this.#end(error);
    let step;
    try {
      step = this.#schedule.next(seen, hintMs);
      if (trouble && !step.done) this.#handlers.onMissed(trouble);
      if (task && !isUnchanged(task, this.task)) this.#handlers.onChange(copyOf((this.task = task)));
    } catch (thrown) {
      return this.#handlers.onBroken(thrown);
    }
    // Whoever was told may have stopped it.
    if (this.#isOver) return;
    if (!step.done) this.#wait(step.delayMs);
    // Where the time is over, whoever set it says so in this very moment: that alarm was set before the schedule began.
    else if (!step.isOverdue) this.#end(trouble && withTask(trouble, this.task, this.requests));
  }

  /** @param {unknown} error */
  #end(error) {
    this.stop();
    this.#handlers.onEnd(error ?? null);
  }

  /** @param {number} ms */
  #wait(ms) {
    const ring = () => {
      this.#callOff = null;
      this.#poll.ask(this, true);
    };
    this.#dueAt = now() + ms;
    this.#callOff = alarm(patience(ms), ring);
  }

  #rest() {
    this.#callOff?.();
    this.#callOff = null;
  }
}

/**
 * The error, with what is known of the task. A new one, since several may have got the same.
 *
 * @param {import('../index.d.ts').TaskQueryError} error
 * @param {Task | null} task
 * @param {number} attempts
 */
export function withTask(error, task, attempts) {
  const { message, stack, cause } = error;
  const copy = new TaskQueryError({ ...error, message, task: copyOf(task), attempts, cause });
  copy.stack = stack;
  return copy;
}

/**
 * Whether nothing but the time of the service's last look has changed.
 *
 * @param {Task} task
 * @param {Task | null} before
 */
function isUnchanged(task, before) {
  if (!before || task === before) return task === before;
  return JSON.stringify({ ...task, updatedAt: null }) === JSON.stringify({ ...before, updatedAt: null });
}
