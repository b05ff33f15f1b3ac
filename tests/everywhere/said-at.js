// @ts-check
import assert from 'node:assert/strict';
import { browser } from './browsers.js';
import { EXPECTED } from './smoke.js';

/**
 * What page and routes of a framework's server say, each named where it differs.
 *
 * @param {string} url
 * @param {string} relay
 * @param {readonly string[]} routes
 */
export async function saidAt(url, relay, routes) {
  const query = `?relay=${encodeURIComponent(relay)}`;
  for (const path of routes) {
    const answer = await fetch(`${url}/${path}${query}`);
    const text = await answer.text();
    // Some indent it.
    const said = answer.ok ? JSON.parse(text) : text;
    assert.deepEqual(said, EXPECTED, `the ${path} route: ${answer.status} ${text.slice(0, 500)}`);
  }
  return (await browser('chromium')).open(`${url}/${query}`);
}
