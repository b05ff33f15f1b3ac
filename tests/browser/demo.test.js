// @ts-check
/** The demo page as plain files, from a server that knows nothing but files, in a folder of its own. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { writeDemo } from '../../scripts/demo.js';
import { addressOf, siteForTests } from './site-for-tests.js';

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};
const PREFIX = '/some/folder/';

const folder = mkdtempSync(join(tmpdir(), 'demo-'));
const server = createServer((req, res) => {
  const path = (req.url ?? '').split(/[?#]/)[0] ?? '';
  const file = path === PREFIX ? 'index.html' : path.slice(PREFIX.length);
  try {
    if (!path.startsWith(PREFIX)) throw new Error('outside');
    const body = readFileSync(join(folder, file));
    res.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body);
  } catch {
    res.writeHead(404).end();
  }
});
const site = siteForTests();
let address = '';

before(async () => {
  writeDemo(folder, process.env.PACKAGE_DIR);
  address = `${await addressOf(server)}${PREFIX}`;
});
after(() => {
  rmSync(folder, { recursive: true, force: true });
  server.close();
  server.closeAllConnections();
});

test('practice tasks are played without a server, from the queue to the video', async () => {
  await site.open({}, address);
  assert.equal(await site.page.inputValue('#base'), address.slice(0, -1));
  await site.page.click('#watch');
  await site.status('Queued');
  await site.status('Completed');
  const video = site.page.locator('video');
  assert.equal(await video.getAttribute('src'), `${address}media/dunes-720.mp4`);
  await video.evaluate(async (/** @type {HTMLVideoElement} */ element) => {
    element.muted = true;
    await element.play();
  });
  assert.deepEqual(
    site.requests.map((request) => new URL(request.url()).pathname).filter((path) => path.includes('/v1/')),
    [],
  );
});

test('the page brings the policy that no server gives it', async () => {
  await site.open({}, address);
  const policy = await site.page.locator('meta[http-equiv="content-security-policy"]').getAttribute('content');
  assert.match(policy ?? '', /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/]+='; /);
});

test('what goes wrong goes wrong in the same words', async () => {
  await site.open({}, address);
  await site.query('sora-2:cut_off-demo\nsora-2:bad_gateway-demo\nsora-2:truncated_json-demo');
  assert.deepEqual(await site.page.locator('.trouble h4').allInnerTexts(), [
    'The answer is not a task',
    'The service is in trouble',
    'The answer is not a task',
  ]);
  assert.match(await site.page.locator('.trouble').first().innerText(), /cut off after \d{2,} bytes/);
  await site.page.fill('#key', 'wrong');
  await site.query('sora-2:fails-demo');
  assert.equal(await site.page.locator('.trouble h4').innerText(), 'The key was refused');
});

test('the bytes that need the key come from the page’s own files', async () => {
  await site.open({}, address);
  await site.page.selectOption('#endpoint', 'openai');
  await site.page.click('#watch');
  await site.status('Completed');
  const [download] = await Promise.all([
    site.page.waitForEvent('download'),
    site.page.getByRole('button', { name: 'Save the video' }).click(),
  ]);
  const saved = readFileSync(await download.path());
  assert.deepEqual(saved, readFileSync(new URL('../../pkg/relay/media/dunes-720.mp4', import.meta.url)));
});
