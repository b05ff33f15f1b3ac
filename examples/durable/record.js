// @ts-check
import { isTaskQueryError } from 'video-task-query';
import { endedKey, feedKey } from './settings.js';

/** Both or none, and only the first time: two workers may see the end, where one of them was taken for dead. */
const ONCE = `
  if redis.call('hsetnx', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
  redis.call('rpush', KEYS[2], ARGV[1])
  return 1`;

/**
 * Writes down how a task ended.
 *
 * @param {import('ioredis').Redis} redis
 * @param {string} id
 * @param {import('video-task-query').Task | import('video-task-query').TaskQueryError} outcome what the last poll brought
 */
export async function record(redis, id, outcome) {
  await redis.eval(ONCE, 2, endedKey, feedKey, id, JSON.stringify(endOf(outcome)));
}

/** @param {import('video-task-query').Task | import('video-task-query').TaskQueryError} outcome */
function endOf(outcome) {
  if (isTaskQueryError(outcome)) return { end: outcome.code, videoUrl: null, message: outcome.message };
  // Without an end of its own it was the deadline that ended the wait.
  const end = outcome.isDone ? outcome.status : 'timeout';
  return { end, videoUrl: outcome.videoUrl, message: outcome.error?.message ?? null };
}
