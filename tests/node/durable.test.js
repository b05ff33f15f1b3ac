// @ts-check
/** The example of a durable watcher: two workers on a real Redis, one of them killed while it holds jobs. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { createRelay } from '../../pkg/relay/relay.js';
import { npm } from '../../scripts/npm.js';
import { root, tools } from '../../scripts/paths.js';
import { fingerprint, isStamped, stamp } from '../../scripts/stamp.js';
import { packageDir } from './packed.js';
import { prepareRedis, startRedis } from './redis.js';
import { deserted } from './service.js';

const example = join(root, 'examples', 'durable');
const installed = join(tools, 'durable');
/** What becomes of each kind of the practice relay's tasks. */
const ENDS = {
  task_completes: 'completed',
  recovers: 'completed',
  slow: 'completed',
  errors_twice: 'completed',
  fails: 'failed',
  moderated: 'failed',
  rate_limited: 'rate_limited',
  rate_limited_silent: 'rate_limited',
  bad_gateway: 'server',
  cut_off: 'invalid_response',
  truncated_json: 'invalid_response',
  unheard_of: 'not_found',
};
const MODELS = ['sora-2', 'veo3.1-fast', 'grok'];

/** The example in a folder of this run, above which its dependencies are. @param {import('node:test').TestContext} t */
async function install(t) {
  const files = ['package.json', 'package-lock.json', '.npmrc'].map((name) => join(example, name));
  const mark = join(installed, 'node_modules', '.durable');
  const wanted = fingerprint(files);
  if (!isStamped(mark, wanted)) {
    mkdirSync(installed, { recursive: true });
    for (const file of files) cpSync(file, join(installed, file.slice(example.length)));
    // Not `npm ci`: it misses the parts of an optional dependency that are for other systems.
    const args = ['install', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-save'];
    const { code, output } = await npm(args, installed, 1);
    if (code !== 0) throw new Error(`The dependencies of examples/durable could not be installed:\n${output}`);
    stamp(mark, wanted);
  }
  const folder = mkdtempSync(join(installed, 'run-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const own = (/** @type {string} */ path) => !path.slice(example.length).includes('node_modules');
  cpSync(example, folder, { recursive: true, filter: own });
  mkdirSync(join(folder, 'node_modules'));
  // The package under test, rather than the one that the example's package.json names.
  symlinkSync(packageDir, join(folder, 'node_modules', 'video-task-query'), 'junction');
  return folder;
}

/**
 * The practice relay as one worker sees it: slow enough that some of its requests are always under way.
 *
 * @param {import('node:test').TestContext} t
 * @param {ReturnType<typeof createRelay>} relay
 */
async function front(t, relay) {
  /** @type {Set<string>} Tasks that were asked for and not answered yet. */
  const asked = new Set();
  const server = createServer((req, res) => {
    const id = new URL(req.url ?? '', 'http://relay').searchParams.get('id') ?? '';
    asked.add(id);
    res.on('close', () => asked.delete(id));
    setTimeout(() => relay(req, res), 250);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}`, asked };
}

/** @param {() => boolean | Promise<boolean>} holds @param {string} what */
async function until(holds, what) {
  for (const end = Date.now() + 60_000; !(await holds()); await sleep(20)) {
    if (Date.now() > end) assert.fail(`${what}: not within a minute`);
  }
}

test(
  'two workers end every task exactly once, though one is killed while it holds some',
  { timeout: 115_000 },
  async (t) => {
    const found = await prepareRedis();
    if ('why' in found) return t.skip(found.why);
    const folder = await install(t);
    const port = await startRedis(t, found.program);
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined, VIDEO_TASK_API_KEY: 'demo-key', REDIS_PORT: `${port}` };
    /** @param {string[]} args @param {string} [baseUrl] */
    const start = (args, baseUrl) => {
      const options = { cwd: folder, env: { ...env, VIDEO_TASK_BASE_URL: baseUrl } };
      const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
      t.after(() => void child.kill('SIGKILL'));
      /** @type {string[]} */
      const lines = [];
      createInterface(child.stdout).on('line', (line) => lines.push(line));
      return { child, lines, closed: once(child, 'close') };
    };
    /** @param {string[]} args */
    const finish = async (args) => {
      const { lines, closed } = start(args, await deserted());
      assert.deepEqual(await closed, [0, null], `node ${args.join(' ')}`);
      return lines;
    };
    const redis = new (createRequire(join(folder, 'package.json'))('ioredis').Redis)(port);
    t.after(() => redis.disconnect());
    const countEnded = () => redis.llen('video-tasks:feed');

    const relay = createRelay({ lifeMs: 1200 });
    const [front1, front2] = [await front(t, relay), await front(t, relay)];
    const [doomed, other] = [front1, front2].map(({ url }) => start(['worker.js'], url));
    const kinds = Object.entries(ENDS).flatMap(([kind, end]) =>
      MODELS.map((model) => ({ id: `${model}:${kind}-1`, end })),
    );
    const endless = ['sora-2:never_ends-1', 'grok:empty_202-1'];
    const tasks = [...kinds, ...endless.map((id) => ({ id, end: 'timeout' }))];
    assert.equal(tasks.length, 38);
    for (const [name, wrong] of [
      ['interval', '0'],
      ['deadline', 'Infinity'],
      ['deadline', 'soon'],
    ]) {
      const { closed } = start(['submit.js', `--${name}`, wrong, 'sora-2:completes-1'], await deserted());
      assert.deepEqual(await closed, [2, null], `--${name} ${wrong}`);
    }
    await finish(['submit.js', '--interval', '600', '--deadline', '8000', ...endless]);
    const ids = kinds.map(({ id }) => id);
    // Twice: what is handed over again is not watched again.
    await finish(['submit.js', '--interval', '600', ...ids, ...ids]);

    const isHalfWay = async () => (await countEnded()) >= 12 && front1.asked.size >= 2;
    await until(isHalfWay, 'a good part ended, and the first worker asking');
    const held = [...front1.asked];
    doomed?.child.kill('SIGKILL');
    assert.deepEqual(await doomed?.closed, [null, 'SIGKILL']);
    assert.ok((await countEnded()) < tasks.length, 'it was killed too late');

    await until(async () => (await countEnded()) >= tasks.length, 'all tasks ended');
    const states = ['wait', 'active', 'delayed'].map((state) => `bull:video-tasks:${state}`);
    const left = async () =>
      (await redis.llen(states[0])) + (await redis.llen(states[1])) + (await redis.zcard(states[2]));
    await until(async () => (await left()) === 0, 'no job left that could end a task once more');
    const ended = (await finish(['ended.js'])).map((line) => {
      const [id, ...rest] = line.split(' ');
      return { id, ...JSON.parse(rest.join(' ')) };
    });
    const byId = (/** @type {{ id: string }} */ a, /** @type {{ id: string }} */ b) => (a.id < b.id ? -1 : 1);
    assert.deepEqual(ended.map(({ id, end }) => ({ id, end })).sort(byId), tasks.sort(byId));
    for (const { id, end, videoUrl } of ended) assert.equal(typeof videoUrl === 'string', end === 'completed', id);
    const takenOver = (other?.lines ?? []).map((line) => line.replace('taken over ', ''));
    assert.deepEqual(
      held.filter((id) => !takenOver.includes(id)),
      [],
      'held by the killed worker, and not taken over',
    );

    other?.child.kill('SIGTERM');
    assert.deepEqual(await other?.closed, [0, null]);
  },
);
