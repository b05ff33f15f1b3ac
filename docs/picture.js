// @ts-check
/**
 * Makes page.jpg and page-many.jpg, the pictures in README.md, from the demo page itself:
 *
 *   npm run build
 *   node docs/picture.js                                      with the Chromium that `npm test` uses
 *   CHROMIUM_PATH=/usr/bin/chromium node docs/picture.js      with another
 */
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findBrowser } from '../scripts/browser.js';
import { listenOnLoopback } from '../pkg/relay/listen.js';
import { createSite } from '../www/serve.js';

if (process.argv.length > 2) {
  console.error(
    `This knows no words, and was given ${process.argv.slice(2).join(' ')}: what it does stands at its top.`,
  );
  process.exit(2);
}

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const WIDTH = 1_120;
const LIFE_MS = 8_000;
/** Around the two columns, CSS pixels. */
const MARGIN = 24;

/** Time for the relay: the task ended a moment ago, and nobody has to wait for it. */
let clock = Date.now() - 3 * LIFE_MS;
const { server, port } = await listenOnLoopback(createSite({ now: () => clock, lifeMs: LIFE_MS }), 8787);
const browser = await chromium.launch({ executablePath: await findBrowser(), args: FLAGS });
try {
  await one(await open('light'));
  await many(await open('dark'));
} finally {
  await browser.close();
  server.close();
  server.closeAllConnections();
}

/** @param {'light' | 'dark'} colorScheme */
async function open(colorScheme) {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 800 }, deviceScaleFactor: 2, colorScheme });
  await page.goto(`http://localhost:${port}`);
  return page;
}

/** One task that has ended. @param {import('playwright-core').Page} page */
async function one(page) {
  await page.fill('#ids', 'sora-2:task_completes');
  await page.click('#query');
  await page.locator('.status', { hasText: 'Queued' }).waitFor();
  clock += LIFE_MS;
  await page.click('#query');
  await playable(page);
  await page.getByText('Time line', { exact: true }).click();
  await take(page, 'page.jpg');
}

/** Several of them, one in each state. @param {import('playwright-core').Page} page */
async function many(page) {
  await page.fill(
    '#ids',
    ['sora-2:task_completes', 'veo3.1-fast:task_completes-2', 'sora-2:moderated-2', 'grok:bad_gateway-2'].join('\n'),
  );
  await page.click('#watch');
  await page.locator('.status', { hasText: 'Queued' }).first().waitFor();
  clock += LIFE_MS / 2;
  await page.locator('.status', { hasText: 'Processing' }).first().waitFor();
  await page.locator('.status', { hasText: 'Failed' }).waitFor();
  await playable(page);
  await take(page, 'page-many.jpg');
}

/** @param {import('playwright-core').Page} page */
async function playable(page) {
  await page.waitForSelector('#tasks video');
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 3);
  // The player's spinner fades out.
  await page.waitForTimeout(2_500);
}

/** @param {import('playwright-core').Page} page @param {string} name */
async function take(page, name) {
  const columns = await page.locator('main > *').evaluateAll((all) => all.map((each) => each.getBoundingClientRect()));
  const top = Math.min(...columns.map((box) => box.top)) + (await page.evaluate(() => scrollY)) - MARGIN;
  const bottom = Math.max(...columns.map((box) => box.bottom)) + (await page.evaluate(() => scrollY)) + MARGIN;
  const clip = { x: 0, y: top, width: WIDTH, height: bottom - top };
  const path = fileURLToPath(new URL(name, import.meta.url));
  await page.screenshot({ path, type: 'jpeg', quality: 80, fullPage: true, clip });
}
