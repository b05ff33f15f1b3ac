// @ts-check

/** @typedef {import('video-task-query').Task} Task */

/**
 * Asks until the task has ended.
 * @param {() => Promise<Task>} ask
 * @param {{ signal: AbortSignal, intervalMs: number }} options
 * @returns {AsyncGenerator<Task, void>}
 */
export async function* watch(ask, { signal, intervalMs }) {
  for (;;) {
    const task = await ask();
    yield task;
    if (task.isDone) return;
    await sleep(intervalMs, signal);
  }
}

/** @param {number} ms @param {AbortSignal} signal */
function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(undefined);
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
