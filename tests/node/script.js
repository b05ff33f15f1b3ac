// @ts-check
import { json, serve } from './service.js';

const ID = 'sora-2:task_1';
/** Options for tests that wait for a task, or watch it. */
export const FAST = { intervalMs: 5, endpoint: 'unified' };

/** A body of the unified relays. @param {string} status @param {object} [more] */
export function body(status, more = {}) {
  return { id: ID, status, status_update_time: 1_759_763_631_222, ...more };
}

/** @param {string} status @param {object} [more] */
export const said = (status, more) => json(body(status, more));

/** How a task ends that has a video. */
export const completed = said('completed', { video_url: 'https://cdn.example/video.mp4' });

/**
 * A service that gives one answer after the other, the last one for ever.
 *
 * @param {import('node:test').TestContext} t
 * @param {readonly (import('./service.js').Reply | import('./service.js').Answer)[]} answers
 */
export async function scripted(t, answers) {
  let next = 0;
  return serve(t, (asked, res) => {
    const answer = answers[Math.min(next, answers.length - 1)];
    next += 1;
    return typeof answer === 'function' ? answer(asked, res) : answer;
  });
}

/** Everything that a watch yields. @template T @param {AsyncIterable<T>} stream */
export async function all(stream) {
  const values = [];
  for await (const value of stream) values.push(value);
  return values;
}

export { ID };
