// @ts-check
import { copyOf } from '../asked.js';
import { reasonOf } from '../cut.js';
import { TaskQueryError, isTaskQueryError } from '../errors.js';
import { guard } from './guard.js';
import { Watcher, withTask } from './watcher.js';

/**
 * @typedef {import('../index.d.ts').Task} Task
 *
 * @typedef {object} Opened What asks and what decides when. To be used at once: what nobody watches is forgotten.
 * @property {(id: string) => import('./topic.js').Topic} topic
 * @property {() => import('../schedule.js').Schedule} schedule
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
export function follow({ ids, signal, waiting, load, open }, handlers) {
  if (signal?.aborted) {
    handlers.onBroken(reasonOf(signal));
    return () => {};
  }
  /** @type {Map<string, Watcher>} */
  const watchers = new Map();
  // Those that have not ended, watched yet or not.
  const left = new Set(ids);
  let isOver = false;
  const takeOff = guard(signal, waiting.deadlineMs, { onAbort: broken, onOverdue });

  function stop() {
    isOver = true;
    takeOff();
    for (const watcher of watchers.values()) watcher.stop();
    watchers.clear();
  }
  /** @param {unknown} reason */
  function broken(reason) {
    if (isOver) return;
    stop();
    handlers.onBroken(reason);
  }
  function onOverdue() {
    for (const id of [...left]) {
      if (isOver) return;
      // None while the WebAssembly is still loading.
      const watcher = watchers.get(id);
      const error = overdue(watcher, waiting.deadlineMs);
      watcher?.stop();
      end(id, error);
    }
  }
  /** @param {string} id @param {unknown} error */
  function end(id, error) {
    if (error && !isTaskQueryError(error)) return broken(error);
    const { task = null, requests = 0 } = watchers.get(id) ?? {};
    watchers.delete(id);
    left.delete(id);
    const isLast = left.size === 0;
    if (isLast) stop();
    const trouble = /** @type {TaskQueryError | null} */ (error);
    handlers.onEnd(id, trouble ? trouble.task : copyOf(task), trouble, requests);
    if (isLast) handlers.onAllEnded?.();
  }
  function begin() {
    if (isOver) return;
    const { topic, schedule } = open();
    for (const id of ids) {
      /** @type {Promise<unknown> | undefined} What the caller's own functions have promised. */
      let promised;
      /** What an async function throws ends it all as well. @param {unknown} returned */
      const heed = (returned) => {
        if (returned) promised = Promise.all([promised, returned]).catch(broken);
      };
      /** @param {Task} task */
      const onChange = (task) => {
        // Each of them may write into its own.
        heed(waiting.onUpdate?.(copyOf(task)));
        handlers.onChange?.(id, task);
      };
      watchers.set(
        id,
        new Watcher(topic(id), schedule(), {
          onChange,
          onMissed: (error) => heed(waiting.onMissedPoll?.(error, id)),
          // Whoever saves each change in such a function has then saved the last one, or is told that it failed.
          onEnd: (error) => (promised && !error ? promised.then(() => isOver || end(id, error)) : end(id, error)),
          onBroken: broken,
        }),
      );
    }
    // An answer that is there already may end it all.
    for (const watcher of [...watchers.values()]) watcher.start();
    if (ids.length === 0) {
      stop();
      handlers.onAllEnded?.();
    }
  }
  load().then(begin).catch(broken);
  return stop;
}

/** @param {Pick<Watcher, 'task' | 'trouble' | 'requests'> | undefined} watcher @param {number} deadlineMs */
function overdue(watcher, deadlineMs) {
  const { task, trouble, requests } = watcher ?? { task: null, trouble: null, requests: 0 };
  const where = task
    ? `the task was ${task.status}`
    : trouble
      ? 'no poll brought a task, see `cause`'
      : 'there was no answer yet';
  const message = `deadlineMs, ${deadlineMs} ms, ran out and ${where}: the same id can be asked for again.`;
  return withTask(
    new TaskQueryError({ code: 'timeout', message, retryable: true, cause: trouble ?? undefined }),
    task,
    requests,
  );
}
