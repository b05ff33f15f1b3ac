// @ts-check
/** The machine's clock may be put right, or the machine sleep: neither stops a wait nor ends it. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { createClient } from './packed.js';
import { ID, completed, said, scripted } from './script.js';

const HOUR_MS = 3_600_000;
const { now } = Date;
afterEach(() => {
  Date.now = now;
});

describe('a clock that jumps while a task is watched', () => {
  for (const [name, ms] of /** @type {const} */ ([['back by an hour', -HOUR_MS], ['ahead by an hour', HOUR_MS]])) {
    test(`${name} leaves the pace as it is`, { timeout: 10_000 }, async (t) => {
      const service = await scripted(t, [said('processing', { progress: 10 }), said('processing', { progress: 20 }), completed]);
      const client = createClient({ baseUrl: service.url, endpoint: 'unified', intervalMs: 20, requestsPerSecond: 100, deadlineMs: 8000 });
      const seen = [];
      for await (const { status, progress } of client.watchTask(ID)) {
        seen.push([status, progress]);
        // Once, and for all that comes after.
        if (seen.length === 1) Date.now = () => now() + ms;
      }
      assert.deepEqual(seen, [['processing', 0.1], ['processing', 0.2], ['completed', 1]]);
      assert.equal(service.requests.length, 3);
      // Neither is what another watch of the client sees old.
      assert.equal((await client.waitForTask(ID)).status, 'completed');
    });
  }
});
