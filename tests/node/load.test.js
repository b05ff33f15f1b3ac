// @ts-check
/** The small form of `benches/many.js`: many tasks against a relay that bears only so much. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { entry } from './packed.js';

const bench = fileURLToPath(new URL('../../benches/many.js', import.meta.url));

test(
  'of many tasks over one limiter none is lost, doubled or wrong, and the process ends',
  { timeout: 100_000 },
  async () => {
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined, PACKAGE: entry };
    const args = [bench, '--tasks', '200', '--per-second', '40', '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, timeout: 90_000 });
    const { right, wrong, lost, doubled, requests, limited } = JSON.parse(stdout);
    assert.deepEqual({ right, wrong, lost, doubled }, { right: 200, wrong: 0, lost: 0, doubled: 0 });
    // The limit has to be found out first, and timers come late on a busy machine: `tests/pace.rs` plays this to the millisecond.
    assert.ok(limited < requests / 3, `${limited} of ${requests} answers were 429`);
  },
);
