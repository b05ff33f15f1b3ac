// @ts-check
/** What became of many tasks that were watched through the fault relay. */
import { truthOf } from './truth.js';

/**
 * @typedef {import('../../pkg/index.js').WatchEvent} WatchEvent
 */

/** How a watch through the fault relay asks: quickly, and without patience for what hangs. @param {string} baseUrl @param {string} apiKey */
export function watchOptions(baseUrl, apiKey) {
  const limits = { timeoutMs: 500, maxBodyBytes: 200_000, maxMissedPolls: 5, concurrency: 50 };
  return { baseUrl, apiKey, endpoint: 'unified', intervalMs: 10, ...limits };
}

/** @param {number} count @param {string} [prefix] */
export const taskIds = (count, prefix = 'task') => Array.from({ length: count }, (_, at) => `sora-2:${prefix}_${at}`);

/**
 * Reads a watch to its end.
 *
 * @param {AsyncIterable<WatchEvent>} events
 * @param {number} seed
 * @param {readonly string[]} ids
 */
export async function verdict(events, seed, ids) {
  /** @type {Map<string, WatchEvent[]>} How often each has ended, and how. */
  const ends = new Map(ids.map((id) => [id, []]));
  for await (const event of events) if (event.error || event.task.isDone) ends.get(event.id)?.push(event);
  const counts = { right: 0, error: 0, wrong: 0, lost: 0, doubled: 0 };
  /** @type {Map<string, WatchEvent & { error: {} }>} */
  const errors = new Map();
  for (const [id, [end, ...more]] of ends) {
    if (!end) counts.lost += 1;
    else if (more.length > 0) counts.doubled += 1;
    else if (end.error) {
      counts.error += 1;
      errors.set(id, end);
    } else if (isRight(end, seed)) counts.right += 1;
    else counts.wrong += 1;
  }
  return { counts, errors };
}

/** @param {WatchEvent} event @param {number} seed */
export function isRight({ id, task }, seed) {
  const truth = truthOf(seed, id);
  const message = task?.error?.message ?? null;
  return task?.id === id && task.status === truth.status && task.videoUrl === truth.videoUrl && message === truth.error;
}
