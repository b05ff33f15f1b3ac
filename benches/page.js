// @ts-check
/** From the navigation of a page to its first task, in Chromium, against a page that does it by hand. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join, normalize, relative } from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser } from '../scripts/browser.js';
import { listen } from '../tests/everywhere/serve.js';
import { body } from './lib/bodies.js';
import { packageFolder } from './lib/ours.js';
import { ratio, rounds, samplesOf } from './lib/rounds.js';
import { time } from './lib/rows.js';

const ID = 'video_68f88d1e44988190b2614f6604afd3b80fb3f07d5e600d05';
const told = 'document.documentElement.dataset.ms = String(performance.now());';
const SCRIPTS = {
  package: `import { queryTask } from '/package/web.js';
    const task = await queryTask('${ID}', { baseUrl: '/', endpoint: 'openai' });
    if (task.status === 'completed') ${told}`,
  'by-hand': `import { mapped } from '/by-hand.js';
    const task = mapped(await (await fetch('/v1/videos/${ID}')).json());
    if (task.status === 'completed') ${told}`,
};
/** What the README tells of, and the same for the page by hand. */
const PRELOADS = {
  package:
    '<link rel="modulepreload" href="/package/dist/shared.js">' +
    '<link rel="preload" href="/package/dist/video_task_query_bg.wasm" as="fetch" crossorigin>',
  'by-hand': '<link rel="modulepreload" href="/by-hand.js">',
};
const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  wasm: 'application/wasm',
  json: 'application/json',
};

/** @param {{ quick: boolean }} options @returns {Promise<import('./lib/rows.js').Row[]>} */
export async function bench({ quick }) {
  const { url, stop } = await serve();
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error('There is no Chromium.');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
  const context = await browser.newContext();
  /** @param {(page: string) => Promise<number>} go @param {string} end */
  const both = (go, end) =>
    rounds({ ours: () => go(`${url}/package${end}`), theirs: () => go(`${url}/by-hand${end}`) }, quick ? 3 : 30);
  const first = await both((page) => fresh(browser, page), '.html');
  const preloaded = await both((page) => fresh(browser, page), '-preloaded.html');
  const again = await both((page) => visit(context, page), '.html');
  await browser.close();
  await stop();
  const row = (/** @type {string} */ what, /** @type {typeof first} */ all) => ({
    measure: `Chromium, navigation to the first task, ${what}`,
    ours: time(samplesOf(all, 'ours').median),
    peer: 'fetch + mapping in a module',
    theirs: time(samplesOf(all, 'theirs').median),
    value: ratio(all, 'ours', 'theirs'),
    unit: /** @type {const} */ ('x'),
  });
  const targets = { goal: 1.1, bar: 1.5 };
  return [
    { ...row('nothing cached', first), ...targets },
    { ...row('nothing cached, but preloaded as the README tells', preloaded), ...targets },
    row('files cached', again),
  ];
}

/** @param {import('playwright-core').Browser} browser @param {string} url */
async function fresh(browser, url) {
  const context = await browser.newContext();
  try {
    return await visit(context, url);
  } finally {
    await context.close();
  }
}

/** @param {import('playwright-core').BrowserContext} context @param {string} url */
async function visit(context, url) {
  const page = await context.newPage();
  try {
    await page.goto(url);
    const ms = await page.waitForFunction(() => document.documentElement.dataset.ms, null, { timeout: 30_000 });
    return Number(await ms.jsonValue());
  } finally {
    await page.close();
  }
}

/** A server that has read all of its files before it is asked. */
function serve() {
  /** @type {Map<string, Uint8Array>} */
  const known = new Map();
  for (const [name, code] of Object.entries(SCRIPTS)) {
    const page = (/** @type {string} */ head) =>
      Buffer.from(
        `<!doctype html><title>.</title><link rel="icon" href="data:,">${head}<script type="module">${code}</script>`,
      );
    known.set(`/${name}.html`, page(''));
    known.set(`/${name}-preloaded.html`, page(/** @type {Record<string, string>} */ (PRELOADS)[name] ?? ''));
  }
  known.set('/by-hand.js', readFileSync(fileURLToPath(new URL('lib/by-hand.js', import.meta.url))));
  known.set(`/v1/videos/${ID}`, body('openai/completed.content-path'));
  return listen((req, res) => {
    const path = new URL(req.url ?? '/', 'http://here').pathname;
    if (path.startsWith('/package/') && !known.has(path)) {
      known.set(path, readFileSync(join(packageFolder, normalize(relative('/package', path)))));
    }
    const type = /** @type {Record<string, string>} */ (TYPES)[path.split('.')[1] ?? 'json'] ?? TYPES.json;
    const cache = type === TYPES.json ? 'no-store' : 'max-age=600';
    res.writeHead(200, { 'content-type': type, 'cache-control': cache }).end(known.get(path));
  });
}
