// @ts-check
/**
 * Watches tasks across restarts: each job is one task, each run of it one poll. Start as many of these as you like.
 *
 *     VIDEO_TASK_API_KEY=… node worker.js
 */
import { DelayedError, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { isTaskQueryError, nextPoll, queryTask } from 'video-task-query';
import { record } from './record.js';
import { connection, queueName } from './settings.js';

const redis = new Redis(connection);

/** @param {import('bullmq').Job} job @param {string} [token] */
async function poll(job, token) {
  const { id, cursor, waiting } = job.data;
  // The next run is the retry.
  const outcome = await queryTask(id, { maxRetries: 0 }).catch((error) => {
    if (isTaskQueryError(error)) return error;
    throw error;
  });
  const step = nextPoll(cursor, outcome, waiting);
  if (step.done) return record(redis, id, outcome);
  // Cursor first: a worker that dies in between asks once more, and loses nothing.
  await job.updateData({ ...job.data, cursor: step.cursor });
  await job.moveToDelayed(Date.now() + step.delayMs, token);
  // Tells BullMQ that the job has not ended.
  throw new DelayedError();
}

const worker = new Worker(queueName, poll, {
  connection,
  concurrency: 8,
  // A worker renews the locks of its jobs; those of one that died run out, and the next look hands them to another.
  lockDuration: 5000,
  stalledInterval: 1000,
  // Workers may die as often as they like, no task fails of it.
  maxStalledCount: 1_000_000,
});
worker.on('stalled', (jobId) => console.log(`taken over ${decodeURIComponent(jobId)}`));
worker.on('error', (error) => console.error(error.message));

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await worker.close();
    redis.disconnect();
  });
}
