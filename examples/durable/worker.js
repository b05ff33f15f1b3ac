// @ts-check
/**
 * Watches tasks across restarts: each job is one task, each run of it one poll. Start as many of these as you like.
 *
 *     VIDEO_TASK_API_KEY=… node worker.js
 */
import { DelayedError, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { isTaskQueryError, nextPoll, queryTask } from 'video-task-query';
import { connection, endedKey, queueName } from './settings.js';

const redis = new Redis(connection);
const intervalMs = process.env.INTERVAL_MS ? Number(process.env.INTERVAL_MS) : undefined;

/** @param {import('bullmq').Job} job @param {string} [token] */
async function poll(job, token) {
  const { id, cursor } = job.data;
  // The next run is the retry.
  const outcome = await queryTask(id, { maxRetries: 0 }).catch((error) => {
    if (isTaskQueryError(error)) return error;
    throw error;
  });
  const step = nextPoll(cursor, outcome, intervalMs === undefined ? {} : { intervalMs });
  if (step.done) return end(id, outcome);
  // Cursor first: a worker that dies in between asks once more, and loses nothing.
  await job.updateData({ id, cursor: step.cursor });
  await job.moveToDelayed(Date.now() + step.delayMs, token);
  throw new DelayedError();
}

/**
 * Written once, whoever else believes to have seen the end: two workers may, where one was taken for dead.
 *
 * @param {string} id
 * @param {any} outcome
 */
async function end(id, outcome) {
  const status = isTaskQueryError(outcome) ? outcome.code : outcome.status;
  const isFirst = await redis.hsetnx(endedKey, id, status);
  if (isFirst) console.log(`ended ${id} ${status}`);
}

// A job whose worker died is taken over when its lock runs out.
const worker = new Worker(queueName, poll, {
  connection,
  concurrency: 8,
  lockDuration: 3000,
  stalledInterval: 1000,
  maxStalledCount: 100,
});
worker.on('error', (error) => console.error(error.message));

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await worker.close();
    redis.disconnect();
  });
}
