// @ts-check
/**
 * Whether anything grows: `npm run build && node --expose-gc benches/soak.js [--minutes 20] [--tasks 200] [--share 0.3]`.
 * So many tasks at a time are watched through the fault relay, on one client and with one signal, each followed by another;
 * once a minute it prints what is held. In the end nothing may be.
 */
import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startRelay } from '../tests/relay/process.js';
import { KEY } from '../tests/relay/server.js';
import { isRight, watchOptions } from '../tests/relay/verdict.js';
import { wasmBytes } from './lib/wasm-memory.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    tasks: { type: 'string', default: '200' },
    share: { type: 'string', default: '0.3' },
    seed: { type: 'string', default: '1' },
  },
});
const { createClient, isTaskQueryError } = await import('../pkg/node.js');
const [minutes, tasks, share, seed] = [values.minutes, values.tasks, values.share, values.seed].map(Number);
const SAMPLE_MS = 60_000;
/** Longer than Node keeps a connection that nobody uses. */
const IDLE_MS = 10_000;

const relay = await startRelay({ seed, share });
const { signal } = new AbortController();
const client = createClient({ ...watchOptions(relay.url, KEY), deadlineMs: 60_000, signal });
const counts = { right: 0, error: 0, wrong: 0 };
let started = performance.now();
const isOver = () => performance.now() - started > minutes * 60_000;

/** @param {number} worker */
async function follow(worker) {
  for (let at = 0; !isOver(); at++) {
    const id = `sora-2:soak_${worker}_${at}`;
    let last = null;
    try {
      for await (const task of client.watchTask(id)) last = task;
      if (last && isRight({ id, task: last, error: null }, seed)) counts.right += 1;
      else counts.wrong += 1;
    } catch (error) {
      // Nothing was asked: it would go on like this without a pause.
      if (/** @type {any} */ (error).code === 'invalid_argument') throw error;
      counts[isTaskQueryError(error) ? 'error' : 'wrong'] += 1;
    }
  }
}

const MB = 1024 * 1024;

async function row() {
  for (let time = 0; time < 3; time++) {
    globalThis.gc?.();
    await sleep(20);
  }
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  const held = process.getActiveResourcesInfo();
  const count = (/** @type {string} */ name) => held.filter((each) => each === name).length;
  const { counts: asked, sockets } = await relay.tell('counts');
  const time = `${((performance.now() - started) / 60_000).toFixed(1)} min`;
  const sizes = [heapUsed, arrayBuffers, wasmBytes(), rss].map((bytes) => `${(bytes / MB).toFixed(1)} MB`);
  const live = [sockets, count('Timeout'), getEventListeners(signal, 'abort').length];
  return `| ${[time, counts.right, counts.error, counts.wrong, asked.questions, ...sizes, ...live].join(' | ')} |`;
}

console.log(
  '| time | right | error | wrong | requests | heap | buffers | wasm | process | connections | timers | listeners |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|---|---|');
await client.queryTask('sora-2:first');
await sleep(IDLE_MS);
console.log(await row());
started = performance.now();
const workers = Promise.all(Array.from({ length: tasks }, (_, worker) => follow(worker)));
let isDone = false;
workers.then(() => (isDone = true));
await Promise.race([sleep(2000, undefined, { ref: false }), workers]);
while (!isDone) {
  console.log(await row());
  // Its timer must not be counted.
  await Promise.race([sleep(SAMPLE_MS, undefined, { ref: false }), workers]);
}
await sleep(IDLE_MS);
console.log(await row());
relay.stop();
