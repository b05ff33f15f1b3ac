// @ts-check
/**
 * Many tasks over one limiter: `node --expose-gc benches/many.js [--tasks 10000] [--per-second 50] [--json]`, after
 * `npm run build`. The practice relay runs in a process of its own and answers 429 beyond so many requests in a second.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRelay } from '../pkg/relay/relay.js';

const KINDS = /** @type {const} */ ({
  task_completes: 'completed',
  recovers: 'completed',
  fails: 'failed',
  moderated: 'failed',
  missing: 'not_found',
});

/** @param {number} perSecond */
async function serve(perSecond) {
  const relay = createRelay({ maxIds: 100_000 });
  let [second, passed, requests, limited] = [0, 0, 0, 0];
  const server = createServer((req, res) => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) [second, passed] = [now, 0];
    requests += 1;
    if ((passed += 1) <= perSecond) return relay(req, res);
    limited += 1;
    const body = JSON.stringify({
      error: { message: 'Too many requests', type: 'rate_limit_error', code: 'rate_limited' },
    });
    res.writeHead(429, { 'content-type': 'application/json' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.({ port: /** @type {import('node:net').AddressInfo} */ (server.address()).port });
  process.on('message', () => process.send?.({ requests, limited }, () => process.exit()));
}

/** @param {number} tasks @param {number} perSecond */
async function run(tasks, perSecond) {
  const { watchTasks } = await import(process.env.PACKAGE ?? '../pkg/node.js');
  const child = fork(fileURLToPath(import.meta.url), ['--serve', '--per-second', String(perSecond)]);
  const [{ port }] = await once(child, 'message');
  const kinds = Object.keys(KINDS);
  const ids = Array.from({ length: tasks }, (_, at) => {
    const kind = kinds[at % kinds.length];
    return kind === 'missing' ? `sora-2:nothing-${at}` : `sora-2:${kind}-${at}`;
  });
  /** @type {Map<string, string[]>} */
  const ends = new Map(ids.map((id) => [id, []]));
  const options = { baseUrl: `http://127.0.0.1:${port}`, apiKey: 'demo-key', deadlineMs: Infinity };
  globalThis.gc?.();
  const before = memory();
  const start = performance.now();
  let most = before;
  const look = setInterval(() => {
    globalThis.gc?.();
    const now = memory();
    if (now.heap > most.heap) most = now;
  }, 10_000);
  for await (const { id, task, error } of watchTasks(ids, options)) {
    if (error) ends.get(id)?.push(error.code);
    else if (task.isDone) ends.get(id)?.push(task.status);
  }
  clearInterval(look);
  const seconds = (performance.now() - start) / 1000;
  child.send('done');
  const [{ requests, limited }] = await once(child, 'message');
  const counts = { right: 0, wrong: 0, lost: 0, doubled: 0 };
  for (const [at, id] of ids.entries()) {
    const [end, ...more] = ends.get(id) ?? [];
    if (more.length > 0) counts.doubled += 1;
    else if (end === undefined) counts.lost += 1;
    else if (end === KINDS[/** @type {keyof typeof KINDS} */ (kinds[at % kinds.length])]) counts.right += 1;
    else counts.wrong += 1;
  }
  const perTask = { heap: (most.heap - before.heap) / tasks, buffers: (most.buffers - before.buffers) / tasks };
  return { tasks, perSecond, ...counts, requests, limited, share: limited / requests, seconds, ...perTask };
}

function memory() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed, buffers: arrayBuffers };
}

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '10000' },
    'per-second': { type: 'string', default: '50' },
    json: { type: 'boolean', default: false },
    serve: { type: 'boolean', default: false },
  },
});
if (values.serve) {
  await serve(Number(values['per-second']));
} else {
  const row = await run(Number(values.tasks), Number(values['per-second']));
  if (values.json) console.log(JSON.stringify(row));
  else {
    console.log(
      '| tasks | requests/s allowed | right | wrong | lost | doubled | requests | 429 | time | heap a task | buffers a task |',
    );
    console.log('|---|---|---|---|---|---|---|---|---|---|---|');
    const { tasks, perSecond, right, wrong, lost, doubled, requests, limited, share, seconds, heap, buffers } = row;
    const cells = [
      tasks,
      perSecond,
      right,
      wrong,
      lost,
      doubled,
      requests,
      `${limited} (${(share * 100).toFixed(2)} %)`,
    ];
    console.log(
      `| ${[...cells, `${seconds.toFixed(0)} s`, `${heap.toFixed(0)} B`, `${buffers.toFixed(0)} B`].join(' | ')} |`,
    );
  }
}
