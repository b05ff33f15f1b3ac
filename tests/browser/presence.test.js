// @ts-check
/** In a page, nothing is asked for nobody: not without a network, and rarely while the page is hidden. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const packageDir = process.env.PACKAGE_DIR ?? fileURLToPath(new URL('../../pkg', import.meta.url));
const INTERVAL_MS = 50;

let polls = 0;
let status = 'processing';
/** @type {Record<string, string> | null} The headers of a service in trouble. */
let trouble = null;
const server = createServer((req, res) => {
  const { pathname } = new URL(req.url ?? '/', 'http://page');
  if (pathname === '/v1/video/query') {
    polls += 1;
    if (trouble) return void res.writeHead(503, trouble).end();
    const body = { id: 'sora-2:task_1', status, video_url: status === 'completed' ? 'https://cdn.example/v.mp4' : '' };
    return void res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
  const type = { js: 'text/javascript', wasm: 'application/wasm' }[pathname.split('.').at(-1) ?? ''];
  if (type) return void res.writeHead(200, { 'content-type': type }).end(readFileSync(join(packageDir, pathname)));
  res
    .writeHead(200, { 'content-type': 'text/html' })
    .end('<!doctype html><title>Page</title><link rel="icon" href="data:,">');
});

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('playwright-core').Page} */
let page;
before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium', args: FLAGS });
});
after(async () => {
  await browser?.close();
  server.close();
  server.closeAllConnections();
});
beforeEach(async () => {
  [polls, status, trouble] = [0, 'processing', null];
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`);
  await page.evaluate(async (intervalMs) => {
    const { waitForTask } = await import(/** @type {any} */ ('/web.js'));
    /** @type {any} */ (globalThis).waiting = waitForTask('sora-2:task_1', { baseUrl: '/', intervalMs });
  }, INTERVAL_MS);
  while (polls < 3) await sleep(20);
});

afterEach(() => page.close());

/** How the wait ended. */
const outcome = () => page.evaluate(async () => (await /** @type {any} */ (globalThis).waiting).status);

/** Whether it goes on. */
const isWaiting = () =>
  page.evaluate(() => {
    const later = new Promise((resolve) => setTimeout(resolve, 50, true));
    return Promise.race([/** @type {any} */ (globalThis).waiting.then(() => false), later]);
  });

/** Ends the wait that is there, and begins one that has had its first answer, and asks again in ten minutes. */
async function waitWithLongPauses() {
  status = 'completed';
  await outcome();
  [polls, status] = [0, 'processing'];
  await page.evaluate(async () => {
    const { waitForTask } = await import(/** @type {any} */ ('/web.js'));
    const options = { baseUrl: '/', intervalMs: 600_000, maxMissedPolls: 1, maxRetries: 0 };
    /** @type {any} */ (globalThis).waiting = waitForTask('sora-2:task_2', options);
  });
  while (polls < 1) await sleep(20);
}

async function comeAndGo() {
  for (let times = 0; times < 30; times += 1) {
    await show('hidden');
    await show('visible');
    await sleep(50);
  }
}

/** @param {'hidden' | 'visible'} state */
const show = (state) =>
  page.evaluate((state) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

/** Polls over twenty intervals, after what was under way. */
async function pollsMeanwhile() {
  let before = -1;
  for (let looks = 0; before !== polls && looks < 10; looks += 1) {
    before = polls;
    await sleep(200);
  }
  await sleep(20 * INTERVAL_MS);
  return polls - before;
}

test('nothing is asked while the browser is offline, and at once when it is back', async () => {
  await page.context().setOffline(true);
  assert.equal(await pollsMeanwhile(), 0);
  status = 'completed';
  await page.context().setOffline(false);
  assert.equal(await outcome(), 'completed');
});

test('what waits for its turn is not asked while the browser is offline', async () => {
  const missed = await page.evaluate(async () => {
    const { watchTasks } = await import(/** @type {any} */ ('/web.js'));
    const ids = Array.from({ length: 10 }, (_, at) => `task_${at}`);
    const found = /** @type {any} */ (globalThis);
    [found.missed, found.seen] = [0, new Set()];
    const events = watchTasks(ids, {
      baseUrl: '/',
      requestsPerSecond: 5,
      intervalMs: 600_000,
      onMissedPoll: () => (found.missed += 1),
    });
    found.watching = (async () => {
      for await (const { id } of events) found.seen.add(id);
    })();
    while (found.seen.size < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    return found.missed;
  });
  assert.equal(missed, 0);
  await page.context().setOffline(true);
  await sleep(1500);
  const [missedOffline, seenOffline] = await page.evaluate(() => {
    const { missed, seen } = /** @type {any} */ (globalThis);
    return [missed, seen.size];
  });
  assert.equal(missedOffline, 0);
  assert.ok(seenOffline < 10, `${seenOffline}`);
  await page.context().setOffline(false);
  await page.waitForFunction(() => /** @type {any} */ (globalThis).seen.size === 10, null, { timeout: 30_000 });
});

test('a page that was hidden while it had no network asks when that is back', { timeout: 60_000 }, async () => {
  await page.context().setOffline(true);
  assert.equal(await pollsMeanwhile(), 0);
  await show('hidden');
  status = 'completed';
  await page.context().setOffline(false);
  assert.equal(await outcome(), 'completed');
});

test('a hidden page asks rarely, and at once when it is seen again', async () => {
  await show('hidden');
  assert.equal(await pollsMeanwhile(), 0);
  status = 'completed';
  await show('visible');
  assert.equal(await outcome(), 'completed');
});

test('a poll that is missed as the page is seen again is made again', { timeout: 30_000 }, async () => {
  await show('hidden');
  assert.equal(await pollsMeanwhile(), 0);
  const before = polls;
  trouble = {};
  await show('visible');
  while (polls === before) await sleep(20);
  [status, trouble] = ['completed', null];
  assert.equal(await outcome(), 'completed');
});

test('whoever comes back again and again does not have a service asked before the time that it wants', async () => {
  trouble = { 'retry-after': '600' };
  assert.equal(await pollsMeanwhile(), 0);
  const before = polls;
  await comeAndGo();
  assert.equal(polls, before);
  assert.equal(await isWaiting(), true);
});

test('nor has who came back first', { timeout: 60_000 }, async () => {
  await waitWithLongPauses();
  trouble = { 'retry-after': '600' };
  // An answer is fresh for a second.
  await sleep(1100);
  await show('visible');
  while (polls < 2) await sleep(20);
  await sleep(1100);
  await comeAndGo();
  assert.equal(polls, 2);
  assert.equal(await isWaiting(), true);
});

test('what is missed because somebody came back ends no wait', { timeout: 60_000 }, async () => {
  await waitWithLongPauses();
  trouble = {};
  // An answer is fresh for a second.
  for (const times of [2, 3, 4]) {
    await sleep(1100);
    await show('visible');
    while (polls < times) await sleep(20);
  }
  assert.equal(await isWaiting(), true);
  [status, trouble] = ['completed', null];
  await sleep(1100);
  await show('visible');
  assert.equal(await outcome(), 'completed');
});
