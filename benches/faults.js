// @ts-check
/**
 * Many tasks through the fault relay: `npm run faults -- [--tasks 2000] [--share 0.3] [--seed 1]`. It prints what happened
 * with each kind of fault, and fails unless each task ended rightly or with an error that says why.
 */
import { parseArgs } from 'node:util';
import { startRelay } from '../tests/relay/process.js';
import { FAULTS } from '../tests/relay/faults.js';
import { KEY } from '../tests/relay/server.js';
import { taskIds, verdict, watchOptions } from '../tests/relay/verdict.js';

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '2000' },
    share: { type: 'string', default: '0.3' },
    seed: { type: 'string', default: '1' },
  },
});
const [tasks, share, seed] = [values.tasks, values.share, values.seed].map(Number);
const { watchTasks } = await import(process.env.PACKAGE ?? '../pkg/node.js');
const relay = await startRelay({ seed, share });
const ids = taskIds(tasks);
const started = performance.now();
const { counts, errors } = await verdict(
  watchTasks(ids, { ...watchOptions(relay.url, KEY), deadlineMs: 300_000 }),
  seed,
  ids,
);
const seconds = ((performance.now() - started) / 1000).toFixed(0);
const { story, counts: asked } = await relay.tell('story');
relay.stop();

/** @type {Record<string, { times: number, wentOn: number, last: number, codes: Map<string, number> }>} */
const rows = Object.fromEntries(
  ['', ...Object.keys(FAULTS)].map((name) => [name, { times: 0, wentOn: 0, last: 0, codes: new Map() }]),
);
for (const [id, names] of story) {
  const code = errors.get(id)?.error.code;
  for (const [at, name] of names.entries()) {
    const row = rows[name];
    row.times += 1;
    if (at < names.length - 1) row.wentOn += 1;
    else if (code === undefined) row.last += 1;
    else row.codes.set(code, (row.codes.get(code) ?? 0) + 1);
  }
}
console.log(
  '| fault | answers | the watch went on | it was the true end | the watch gave up with |\n|---|---|---|---|---|',
);
for (const [name, { times, wentOn, last, codes }] of Object.entries(rows)) {
  const gaveUp = [...codes].map(([code, count]) => `${count} ${code}`).join(', ');
  console.log(`| ${name || 'none'} | ${times} | ${wentOn} | ${last} | ${gaveUp || '-'} |`);
}
const { right, error, wrong, lost, doubled } = counts;
console.log(
  `\n| tasks | faults | right | error | wrong | lost | doubled | requests | without the key | elsewhere | time |`,
);
console.log('|---|---|---|---|---|---|---|---|---|---|---|');
const cells = [
  tasks,
  `${share * 100} %`,
  right,
  error,
  wrong,
  lost,
  doubled,
  asked.questions,
  asked.withoutKey,
  asked.elsewhere,
  `${seconds} s`,
];
console.log(`| ${cells.join(' | ')} |`);
const mute = [...errors.values()].filter(
  ({ error }) => error.name !== 'TaskQueryError' || error.message.length < 20,
).length;
if (wrong + lost + doubled + mute + asked.withoutKey + asked.elsewhere > 0) process.exitCode = 1;
