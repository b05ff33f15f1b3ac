// @ts-check
/** Hands tasks over to the workers: `node submit.js <id>…` */
import { Queue } from 'bullmq';
import { connection, queueName } from './settings.js';

const ids = process.argv.slice(2);
if (ids.length === 0) {
  console.error('Usage: node submit.js <id>…');
  process.exit(2);
}
const queue = new Queue(queueName, { connection });
// The id of the task is that of the job, but for the colon, which has a meaning in there: handed over twice, it is watched once.
const jobs = ids.map((id) => ({ name: 'watch', data: { id, cursor: null }, opts: { jobId: encodeURIComponent(id) } }));
await queue.addBulk(jobs);
await queue.close();
console.log(`${ids.length} tasks handed over`);
