// @ts-check
/** In a page too, an instance of the WebAssembly that dies is replaced, and nobody waits for it for ever. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  // So little memory that a body of some MB is too much for it.
  '--js-flags=--wasm-max-mem-pages=64',
];
const packageDir = process.env.PACKAGE_DIR ?? fileURLToPath(new URL('../../pkg', import.meta.url));

test('memory that runs out, in Chromium', async (t) => {
  const server = createServer((req, res) => {
    const { pathname } = new URL(req.url ?? '/', 'http://page');
    const type = { js: 'text/javascript', wasm: 'application/wasm' }[pathname.split('.').at(-1) ?? ''];
    if (type) return void res.writeHead(200, { 'content-type': type }).end(readFileSync(join(packageDir, pathname)));
    if (pathname.startsWith('/v1')) return void res.writeHead(200).end('{"id":"grok:1","status":"completed"}');
    res
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>Page</title><link rel="icon" href="data:,">');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: FLAGS,
  });
  t.after(async () => {
    await browser.close();
    server.close();
    server.closeAllConnections();
  });
  const page = await browser.newPage();
  /** @type {string[]} */
  const uncaught = [];
  page.on('pageerror', (error) => uncaught.push(String(error)));
  await page.goto(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`);
  const ends = await page.evaluate(async () => {
    const { createClient, parseTask } = await import(/** @type {any} */ ('/web.js'));
    const client = createClient({ baseUrl: '/', intervalMs: 10 });
    const large = JSON.stringify({ id: 'grok:1', status: 'pending', prompt: 'x'.repeat(8_000_000) });
    const end = (/** @type {Promise<any>} */ promise) =>
      promise.then(
        ({ status }) => status,
        ({ code, retryable }) => `${code} ${retryable}`,
      );
    const ends = [await end(client.queryTask('grok:1'))];
    const waiting = end(client.queryTask('grok:1', { fetch: () => new Promise(() => {}) }));
    ends.push(await end(client.queryTask('grok:1', { fetch: async () => new Response(large) })), await waiting);
    ends.push(await end(client.queryTask('grok:1')), await end(client.waitForTask('grok:1')));
    return [...ends, parseTask('{"id":"grok:1","status":"pending"}').status];
  });
  const died = 'invalid_response true';
  assert.deepEqual(ends, ['completed', died, died, 'completed', 'completed', 'queued']);
  assert.deepEqual(uncaught, []);
});
