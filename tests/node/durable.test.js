// @ts-check
/** The example of a durable watcher: two workers on a real Redis, one of them killed half-way. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createRelay } from '../../pkg/relay/relay.js';
import { packageDir } from './packed.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const OUTCOMES = { task_completes: 'completed', fails: 'failed', errors_twice: 'completed', moderated: 'failed' };

function findRedis() {
  const find = () => execFileSync('sh', ['-c', 'command -v redis-server'], { encoding: 'utf8' }).trim();
  try {
    return find();
  } catch {
    if (process.getuid?.() !== 0) return undefined;
  }
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'redis-server'], { env, stdio: 'ignore' });
    return find();
  } catch {
    return undefined;
  }
}

/** The example with its dependencies, in a folder that git ignores. */
function install() {
  const folder = join(root, '.tools', 'durable');
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'examples', 'durable'), folder, { recursive: true });
  if (!existsSync(join(folder, 'node_modules', 'bullmq'))) {
    // Not `npm ci`: it misses the parts of an optional dependency that are for other systems.
    const args = ['install', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', args, { cwd: folder, stdio: 'ignore' });
  }
  const link = join(folder, 'node_modules', 'video-task-query');
  rmSync(link, { recursive: true, force: true });
  symlinkSync(packageDir, link);
  return folder;
}

/** @param {import('node:net').Server} server */
async function portOf(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
}

test('two workers end every task exactly once, though one is killed half-way', { timeout: 110_000 }, async (t) => {
  const redisServer = findRedis();
  if (!redisServer) return t.skip('There is no redis-server, and none could be installed: install one to run this.');
  const folder = install();
  const relay = createServer(createRelay({ lifeMs: 4000 }));
  t.after(() => relay.close());
  const relayPort = await portOf(relay);
  const free = createServer();
  const redisPort = await portOf(free);
  free.close();
  const data = mkdtempSync(join(tmpdir(), 'redis-'));
  const redisArgs = ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--dir', data];
  const redis = spawn(redisServer, redisArgs, { stdio: ['ignore', 'pipe', 'ignore'] });
  t.after(() => {
    redis.kill();
    rmSync(data, { recursive: true, force: true });
  });
  for await (const text of redis.stdout) if (String(text).includes('Ready to accept connections')) break;

  const env = {
    ...process.env,
    NODE_TEST_CONTEXT: undefined,
    REDIS_PORT: String(redisPort),
    VIDEO_TASK_BASE_URL: `http://127.0.0.1:${relayPort}`,
    VIDEO_TASK_API_KEY: 'demo-key',
    INTERVAL_MS: '700',
  };
  /** @type {string[]} */
  const lines = [];
  const workers = [1, 2].map(() => {
    const worker = spawn(process.execPath, ['worker.js'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    worker.stdout.on('data', (text) => lines.push(...String(text).trim().split('\n')));
    t.after(() => worker.kill('SIGKILL'));
    return worker;
  });
  const kinds = Object.keys(OUTCOMES);
  const ids = Array.from({ length: 40 }, (_, at) => `sora-2:${kinds[at % kinds.length]}-${at}`);
  execFileSync(process.execPath, ['submit.js', ...ids, ...ids], { cwd: folder, env });
  await sleep(3000);
  workers[0]?.kill('SIGKILL');
  for (const until = Date.now() + 60_000; lines.length < ids.length && Date.now() < until; ) await sleep(200);
  // Whoever was taken over late would come now.
  await sleep(1500);
  const expected = ids.map((id, at) => `ended ${id} ${Object.values(OUTCOMES)[at % kinds.length]}`);
  assert.deepEqual(lines.sort(), expected.sort());
  const [, other] = workers;
  other?.kill('SIGTERM');
  if (other) assert.deepEqual(await once(other, 'exit'), [0, null]);
});
