// @ts-check
/** In browsers: the key goes to the service alone, in its header alone, and no error tells it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findOnPath } from '../../scripts/environment.js';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const packageDir = process.env.PACKAGE_DIR ?? fileURLToPath(new URL('../../pkg', import.meta.url));
const KEY = 'sk-Qm2xJ8PvLdTrii1OXZc3Ab3dEf9H';
/** What a page allows that wants the key. */
const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization, *' };
const PATIENCE_MS = 40_000;

/** @typedef {{ url: string, headers: import('node:http').IncomingHttpHeaders }} Asked */
/** @type {{ own: Asked[], other: Asked[] }} */
const asked = { own: [], other: [] };
/** @type {(told: string[][]) => void} */
let tell = () => {};

/** Each asks for one thing, and tells how that ended. @param {string} key @param {string} other */
async function pageScript(key, other) {
  const { queryTask, waitForTask, videoRequest } = await import(/** @type {any} */ ('/web.js'));
  /** @type {Record<string, () => Promise<unknown>>} */
  const checks = {
    elsewhere: () => queryTask('elsewhere', { baseUrl: '/', apiKey: key }),
    here: () => queryTask('here', { baseUrl: '/', apiKey: key }),
    'own header': () => queryTask('elsewhere', { baseUrl: '/', apiKey: '', headers: { 'x-api-key': key } }),
    echo: () => queryTask('echo', { baseUrl: '/', apiKey: async () => key, maxRetries: 0 }),
    wait: () => waitForTask('echo', { baseUrl: '/', apiKey: key }),
    content: async () =>
      fetch(
        await videoRequest(await queryTask('content', { baseUrl: '/', apiKey: key }), { baseUrl: '/', apiKey: key }),
      ),
    foreign: async () =>
      fetch(
        await videoRequest(await queryTask('foreign', { baseUrl: '/', apiKey: key }), { baseUrl: '/', apiKey: key }),
      ),
    'in the URL': () => queryTask('here', { baseUrl: `${location.protocol}//${key}@${location.host}`, apiKey: key }),
    'control characters': () => queryTask('here', { baseUrl: '/', apiKey: `${key}\n${key}` }),
    'control characters in a header': () => queryTask('here', { baseUrl: '/', headers: { 'x-api-key': `${key}\0` } }),
    'plain http': () => queryTask('here', { baseUrl: 'http://relay.example', apiKey: key }),
    'private network': () => queryTask('here', { baseUrl: 'http://192.168.0.1', apiKey: key }),
    unreachable: () => queryTask('here', { baseUrl: `${other}/refuses`, apiKey: key, maxRetries: 0, timeoutMs: 5000 }),
  };
  const told = [];
  for (const [name, check] of Object.entries(checks)) {
    const end = await check().then(
      (/** @type {any} */ value) => ['fine', String(value?.status)],
      (/** @type {any} */ error) => [
        error.code,
        JSON.stringify([String(error), error.stack, error, String(error.cause), error.cause?.stack]),
      ],
    );
    told.push([name, ...end]);
  }
  told.push([
    'page',
    location.href,
    document.referrer,
    JSON.stringify({ ...localStorage, ...sessionStorage }),
    document.cookie,
  ]);
  await fetch('/said', { method: 'POST', body: JSON.stringify(told) });
}

const PAGE = () => `<!doctype html><title>Page</title><link rel="icon" href="data:,"><script type="module">
(${pageScript})(${JSON.stringify(KEY)}, ${JSON.stringify(origin(other, 'localhost'))});</script>`;

/** @param {string} id */
function answerOf(id) {
  const task = { id, status: 'completed', object: 'video', model: 'sora-2' };
  if (id === 'elsewhere')
    return { status: 302, headers: { location: `${origin(other, 'localhost')}/v1/video/query?id=${id}` } };
  if (id === 'here') return { status: 302, headers: { location: '/v1/video/query?id=moved' } };
  if (id === 'echo')
    return { status: 401, body: { error: { message: `Bad key ${KEY}`, code: `bad ${KEY}` }, request_id: KEY } };
  if (id === 'foreign') return { body: { ...task, video_url: `${origin(other, 'localhost')}/film` } };
  return { body: task };
}

const own = createServer(async (req, res) => {
  const { pathname, searchParams } = new URL(req.url ?? '/', 'http://page');
  if (pathname === '/said') {
    let text = '';
    for await (const chunk of req) text += chunk;
    res.end();
    return tell(JSON.parse(text));
  }
  const type = { js: 'text/javascript', wasm: 'application/wasm' }[pathname.split('.').at(-1) ?? ''];
  if (type) return void res.writeHead(200, { 'content-type': type }).end(readFileSync(join(packageDir, pathname)));
  if (pathname === '/') return void res.writeHead(200, { 'content-type': 'text/html' }).end(PAGE());
  asked.own.push({ url: req.url ?? '', headers: req.headers });
  if (pathname.endsWith('/content'))
    return void res.writeHead(302, { location: `${origin(other, 'localhost')}/film` }).end();
  const { status = 200, headers = {}, body } = answerOf(String(searchParams.get('id')));
  res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body ?? {}));
});
const other = createServer((req, res) => {
  if (req.url?.startsWith('/refuses')) return void res.destroy();
  if (req.method === 'OPTIONS') return void res.writeHead(204, CORS).end();
  asked.other.push({ url: req.url ?? '', headers: req.headers });
  res.writeHead(200, { ...CORS, 'content-type': 'video/mp4' }).end('film');
});

/** @param {import('node:http').Server} server @param {string} [host] */
const origin = (server, host = '127.0.0.1') =>
  `http://${host}:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;

before(async () => {
  for (const server of [own, other]) await once(server.listen(0, '127.0.0.1'), 'listening');
});
after(() => {
  for (const server of [own, other]) {
    server.close();
    server.closeAllConnections();
  }
});

/** What the page tells in a browser that `open` starts, and `close` ends. @param {(url: string) => Promise<() => Promise<void>>} open */
async function toldIn(open) {
  [asked.own, asked.other] = [[], []];
  const said = new Promise((/** @type {(told: string[][]) => void} */ resolve, reject) => {
    tell = resolve;
    setTimeout(() => reject(new Error('The page said nothing.')), PATIENCE_MS).unref();
  });
  const close = await open(`${origin(own)}/`);
  try {
    return await said;
  } finally {
    await close();
  }
}

/** @param {string[][]} told */
function assertKept(told) {
  assert.deepEqual(
    told.map(([name, end]) => (name === 'page' ? [name] : [name, end])),
    [
      ['elsewhere', 'invalid_response'],
      ['here', 'invalid_response'],
      ['own header', 'invalid_response'],
      ['echo', 'authentication'],
      ['wait', 'authentication'],
      ['content', 'fine'],
      ['foreign', 'fine'],
      ['in the URL', 'invalid_argument'],
      ['control characters', 'invalid_argument'],
      ['control characters in a header', 'invalid_argument'],
      ['plain http', 'invalid_argument'],
      ['private network', 'invalid_argument'],
      ['unreachable', 'network'],
      ['page'],
    ],
  );
  assert.equal(JSON.stringify(told).includes(KEY.slice(0, 12)), false);
  for (const [name, , words] of told.filter(([name]) => ['elsewhere', 'here', 'own header'].includes(String(name)))) {
    assert.match(
      String(words),
      /redirects to an address that cannot be seen here\. The key was not sent there\./,
      name,
    );
  }
  // The two films, of which one stands behind a redirection.
  assert.deepEqual(
    asked.other.map(({ url }) => url),
    ['/film', '/film'],
  );
  assert.equal(JSON.stringify(asked.other).includes(KEY.slice(0, 12)), false);
  for (const { url, headers } of asked.own) {
    const { authorization, 'x-api-key': own, ...others } = headers;
    assert(
      [authorization, own].some((value) => value === `Bearer ${KEY}` || value === KEY),
      url,
    );
    assert.equal(JSON.stringify([url, others]).includes(KEY.slice(0, 12)), false);
  }
}

test('in Chromium', async () => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: FLAGS,
  });
  const told = await toldIn(async (url) => {
    await (await browser.newPage()).goto(url);
    return () => browser.close();
  });
  assertKept(told);
});

const firefox = findOnPath('firefox-esr') ?? findOnPath('firefox');
test('in Firefox', { skip: firefox ? false : 'no Firefox is installed' }, async () => {
  const home = mkdtempSync(join(tmpdir(), 'firefox-'));
  const told = await toldIn(async (url) => {
    const args = ['--headless', '--no-remote', '--profile', home, url];
    const child = spawn(String(firefox), args, {
      stdio: 'ignore',
      detached: true,
      env: { ...process.env, HOME: home, MOZ_HEADLESS: '1' },
    });
    return async () => {
      const ended = once(child, 'exit');
      // With the processes that it started.
      process.kill(-Number(child.pid), 'SIGKILL');
      await ended;
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    };
  });
  assertKept(told);
});
