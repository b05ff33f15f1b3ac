// @ts-check
/**
 * Makes page.jpg, the picture in README.md, from the demo page itself:
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

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const WIDTH = 1_120;
const LIFE_MS = 8_000;
/** Around the two columns, CSS pixels. */
const MARGIN = 24;
const picture = fileURLToPath(new URL('page.jpg', import.meta.url));

/** Time for the relay: the task ended a moment ago, and nobody has to wait for it. */
let clock = Date.now() - 2 * LIFE_MS;
const { server, port } = await listenOnLoopback(createSite({ now: () => clock, lifeMs: LIFE_MS }), 8787);
const browser = await chromium.launch({ executablePath: await findBrowser(), args: FLAGS });
try {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 800 }, deviceScaleFactor: 2 });
  await page.goto(`http://localhost:${port}`);
  await page.fill('#id', 'sora-2:task_completes');
  await page.click('#query');
  await page.waitForSelector('#task article');
  clock += LIFE_MS;
  await page.click('#query');
  await page.waitForSelector('#task video');
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 3);
  // The player's spinner fades out.
  await page.waitForTimeout(2_500);
  const columns = await page.locator('main > *').evaluateAll((all) => all.map((each) => each.getBoundingClientRect()));
  const top = Math.min(...columns.map((box) => box.top)) - MARGIN;
  const bottom = Math.max(...columns.map((box) => box.bottom)) + MARGIN;
  const clip = { x: 0, y: top, width: WIDTH, height: bottom - top };
  await page.screenshot({ path: picture, type: 'jpeg', quality: 82, fullPage: true, clip });
} finally {
  await browser.close();
  server.close();
  server.closeAllConnections();
}
