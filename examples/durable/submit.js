// @ts-check
/** Hands tasks over to the workers. */
import { parseArgs } from 'node:util';
import { Queue } from 'bullmq';
import { connection, queueName } from './settings.js';

const { values, positionals: ids } = parseArgs({
  allowPositionals: true,
  options: { interval: { type: 'string' }, deadline: { type: 'string' } },
});
if (ids.length === 0) {
  console.error('Usage: node submit.js [--interval <ms>] [--deadline <ms>] <id>…');
  process.exit(2);
}
/** What `nextPoll` takes; it goes along with the job, whoever works on it. */
const waiting = { intervalMs: msOf('interval'), deadlineMs: msOf('deadline') };
const queue = new Queue(queueName, { connection });
const jobs = ids.map((id) => ({
  name: 'watch',
  data: { id, cursor: null, waiting },
  opts: {
    // Handed over twice, a task is watched once. A colon has a meaning of its own in there.
    jobId: encodeURIComponent(id),
    // For what is no outcome of a poll: a fault in Redis, or in the worker.
    attempts: 100,
    backoff: { type: 'fixed', delay: 5000 },
    removeOnComplete: { age: 24 * 3600 },
  },
}));
await queue.addBulk(jobs);
await queue.close();
console.log(`${ids.length} tasks handed over`);

/** Checked here, since a worker would find it wrong only after asking. @param {'interval' | 'deadline'} name */
function msOf(name) {
  const given = values[name];
  if (given === undefined) return undefined;
  const ms = Number(given);
  // The job is stored as JSON, which has no Infinity.
  if (Number.isFinite(ms) && ms > 0) return ms;
  console.error(`--${name} must be a number of milliseconds above 0.`);
  process.exit(2);
}
