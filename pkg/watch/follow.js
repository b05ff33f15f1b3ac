// @ts-check
import { copyOf } from '../asked.js';
import { TaskQueryError, isTaskQueryError } from '../errors.js';
import { guard, reasonOf } from '../cancel-scope.js';
import { Watcher, withTask } from './watcher.js';

/**
 * @typedef {import('../index.d.ts').Task} Task
 *
 * @typedef {object} Opened What asks and what decides when. To be used at once: what nobody watches is forgotten.
 * @property {(id: string) => import('./shared-poll.js').SharedPoll} poll
 * @property {() => import('./schedule.js').Schedule} schedule
 *
 * @typedef {object} Plan
 * @property {readonly string[]} ids
 * @property {AbortSignal | undefined} signal
 * @property {import('./options.js').Waiting} waiting
 * @property {() => Promise<void>} load
 * @property {() => Opened} open once the WebAssembly is loaded
 *
 * @typedef {object} Handlers
 * @property {(id: string, task: Task) => void} [onChange]
 * @property {(id: string, task: Task | null, error: TaskQueryError | null, requests: number) => void} onEnd One task is over, or the asking for it.
 * @property {() => void} [onAllEnded]
 * @property {(reason: unknown) => void} onBroken All is over: an abort, wrong options, or what the caller's own function threw.
 */

/**
 * Follows tasks until each has ended, somebody aborts, or the time is over.
 *
 * @param {Plan} plan
 * @param {Handlers} handlers
 * @returns {() => void} stops it without a word
 */
export function follow(plan, handlers) {
  const { signal } = plan;
  if (signal?.aborted) {
    handlers.onBroken(reasonOf(signal));
    return () => {};
  }
  const following = new Following(plan, handlers);
  return () => following.stop();
}

/** Tasks that are followed together. */
class Following {
  #plan;
  #handlers;
  /** @type {Map<string, Watcher>} */
  #watchers = new Map();
  /** Those that have not ended, watched yet or not. */
  #left;
  #isOver = false;
  #takeOff;

  /** @param {Plan} plan @param {Handlers} handlers */
  constructor(plan, handlers) {
    this.#plan = plan;
    this.#handlers = handlers;
    this.#left = new Set(plan.ids);
    this.#takeOff = guard(plan.signal, plan.waiting.deadlineMs, {
      onAbort: this.#breakOff,
      onOverdue: () => this.#runOut(),
    });
    plan
      .load()
      .then(() => this.#begin())
      .catch(this.#breakOff);
  }

  /** Ends it without a word. */
  stop() {
    this.#isOver = true;
    this.#takeOff();
    for (const watcher of this.#watchers.values()) watcher.stop();
    this.#watchers.clear();
  }

  #begin() {
    if (this.#isOver) return;
    const { ids, open } = this.#plan;
    const opened = open();
    for (const id of ids) this.#watchers.set(id, this.#watcher(id, opened));
    // An answer that is there already may end it all: then there is no other.
    for (const watcher of this.#watchers.values()) watcher.start();
    if (ids.length > 0) return;
    this.stop();
    this.#handlers.onAllEnded?.();
  }

  /** @param {string} id @param {Opened} opened */
  #watcher(id, { poll, schedule }) {
    const { waiting } = this.#plan;
    /** @type {Promise<unknown> | undefined} What the caller's own functions have promised. */
    let promised;
    /** What an async function throws ends it all as well. @param {unknown} returned */
    const track = (returned) => {
      if (returned) promised = Promise.all([promised, returned]).catch(this.#breakOff);
    };
    return new Watcher(poll(id), schedule(), {
      onChange: (task) => {
        // Each of them may write into its own.
        track(waiting.onUpdate?.(copyOf(task)));
        this.#handlers.onChange?.(id, task);
      },
      onMissed: (error) => track(waiting.onMissedPoll?.(error, id)),
      // Whoever saves each change in such a function has then saved the last one, or is told that it failed.
      onEnd: (error) =>
        promised && !error ? promised.then(() => this.#isOver || this.#end(id, error)) : this.#end(id, error),
      onBroken: this.#breakOff,
    });
  }

  /** One task is over, or the asking for it. @param {string} id @param {unknown} error */
  #end(id, error) {
    if (error && !isTaskQueryError(error)) return this.#breakOff(error);
    const { task = null, requests = 0 } = this.#watchers.get(id) ?? {};
    this.#watchers.delete(id);
    this.#left.delete(id);
    const isLast = this.#left.size === 0;
    if (isLast) this.stop();
    const trouble = /** @type {TaskQueryError | null} */ (error);
    this.#handlers.onEnd(id, trouble ? trouble.task : copyOf(task), trouble, requests);
    if (isLast) this.#handlers.onAllEnded?.();
  }

  /** The time is over for those that are left. */
  #runOut() {
    const { deadlineMs } = this.#plan.waiting;
    for (const id of this.#left) {
      // None while the WebAssembly is still loading.
      const watcher = this.#watchers.get(id);
      // One that has ended waits for the caller's own functions alone.
      const error = watcher?.task?.isDone ? null : overdue(watcher, deadlineMs);
      watcher?.stop();
      this.#end(id, error);
    }
  }

  /** All is over. @param {unknown} reason */
  #breakOff = (reason) => {
    if (this.#isOver) return;
    this.stop();
    this.#handlers.onBroken(reason);
  };
}

/** @param {Pick<Watcher, 'task' | 'trouble' | 'requests'> | undefined} watcher @param {number} deadlineMs */
function overdue(watcher, deadlineMs) {
  const { task, trouble, requests } = watcher ?? { task: null, trouble: null, requests: 0 };
  const where = task
    ? `the task was ${task.status}`
    : trouble
      ? `no poll brought a task (${trouble.message})`
      : 'there was no answer yet';
  const message = `deadlineMs, ${deadlineMs} ms, ran out and ${where}: the same id can be asked for again.`;
  return withTask(
    new TaskQueryError({ code: 'timeout', message, retryable: true, cause: trouble ?? undefined }),
    task,
    requests,
  );
}
