// @ts-check
/** The demo page without an answer: a browser tells little, and the page says only what can be true. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { addressOf, siteForTests } from './site-for-tests.js';

const site = siteForTests();
const words = () => site.page.locator('.trouble').innerText();
/** How often something is said. @param {string} text */
const times = (text) => text.match(/CORS/g)?.length ?? 0;

async function nowhere() {
  const gone = createServer();
  const address = await addressOf(gone);
  gone.close();
  return address;
}

test('another service that never answered: CORS, once', async () => {
  await site.page.fill('#base', await nowhere());
  await site.query('a');
  assert.match(await words(), /^No answer\n+No answer from http:\/\/localhost:\d+ \(Failed to fetch\)\.\n/);
  assert.equal(times(await words()), 1);
  assert.match(await site.page.locator('.foot').innerText(), /^Asked 3 times, no answer$/);
  await site.page.click('#watch');
  await site.page.locator('.unanswered', { hasText: /Failed to fetch\)\. .*CORS.* Asking again/ }).waitFor();
  assert.equal(times(await site.page.locator('.unanswered').innerText()), 1);
});

test('the page’s own service, and one that has answered before: no CORS', async () => {
  await site.page.route('**/v1/**', (route) => route.abort());
  await site.query('sora-2:task_completes-away');
  assert.match(await words(), /Is the service still up\? Ask again in a while\./);
  assert.equal(times(await words()), 0);
  await site.page.unroute('**/v1/**');

  site.know('there', { status: 'queued' });
  await site.page.fill('#base', site.strange);
  await site.page.fill('#key', 'sk-mine');
  await site.query('there');
  await site.page.route('**/v1/**', (route) => route.abort());
  await site.query('gone');
  assert.equal(times(await words()), 0);
  // Without a key no leave was asked for, and with one it has to be.
  await site.page.fill('#key', '');
  await site.query('keyless');
  assert.equal(times(await words()), 1);
});

test('offline: the notice and the error tell what is so', async () => {
  await site.page.waitForLoadState('networkidle');
  await site.page.fill('#base', site.strange);
  await site.page.context().setOffline(true);
  await site.page
    .getByText('The browser is offline: Watch waits until it is back, Query tries all the same.')
    .waitFor();
  await site.query('a');
  assert.match(await words(), /The browser is offline\. Ask again when it is back\./);
  assert.equal(times(await words()), 0);
  site.know('later', { status: 'queued' });
  await site.page.fill('#ids', 'later');
  await site.page.click('#watch');
  await site.page.waitForTimeout(500);
  assert.equal(await site.statusText(), 'Asking');
  await site.page.context().setOffline(false);
  await site.status('Queued');
  assert.equal(await site.page.locator('#offline').innerText(), '');
});
