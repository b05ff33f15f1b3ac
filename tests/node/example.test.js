// @ts-check
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runModule } from './child.js';
import { pair } from './fixture-pairs.js';
import { packageDir } from './packed.js';
import { json, serve } from './service.js';

// A folder in which the package under test is installed, and the example stands.
const folder = mkdtempSync(join(tmpdir(), 'five-systems-'));
after(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'node_modules'));
symlinkSync(packageDir, join(folder, 'node_modules', 'video-task-query'), 'junction');
const example = join(folder, 'five-systems.mjs');
copyFileSync(fileURLToPath(new URL('../../examples/five-systems.js', import.meta.url)), example);

/** @param {Record<string, string>} env */
async function run(env) {
  const { stdout, stderr, code } = await runModule(`await import('${pathToFileURL(example)}')`, { env });
  assert.deepEqual([code, stderr], [0, '']);
  return stdout;
}

describe('examples/five-systems.js', () => {
  test('asks each of the five, each with its own key and no other’s', async (t) => {
    const bodies = new Map([
      ['/v1/videos/veo3.1-fast:1770350082-trii1OXZc3', 'unified/quickrouter.sora-2.pending'],
      ['/v1/video/query?id=veo3.1-fast:1770350082-trii1OXZc3', 'unified/quickrouter.veo3.1-fast.completed'],
      ['/v1/video/query?id=sora-2:task_01k74ynm13exf9ha36zz7820hv', 'unified/quickrouter.sora-2.pending'],
      ['/v1/video/query?id=grok:eee6faa8-9dee-455c-aa82-02ac623adf3a', 'unified/quickrouter.grok.pending'],
      ['/v1/videos/video_id?id=sora-2:task_01kbfq03gpe0wr9ge11z09xqrj', 'unified/22codex.sora-2.completed'],
    ]);
    const [quickRouter, relay, codex] = await Promise.all(
      ['q', 'r', 'c'].map((key) =>
        serve(t, ({ target, headers }) =>
          headers.authorization === `Bearer ${key}` ? { body: pair(bodies.get(target) ?? '').body } : json({}, 401),
        ),
      ),
    );
    const stdout = await run({
      ...{ QUICKROUTER_URL: quickRouter.url, RELAY_URL: relay.url, CODEX_URL: codex.url },
      ...{ QUICKROUTER_KEY: 'q', RELAY_KEY: 'r', CODEX_KEY: 'c' },
    });
    assert.deepEqual(stdout.split('\n'), [
      'veo3.1-fast:1770350082-trii1OXZc3: processing',
      'veo3.1-fast:1770350082-trii1OXZc3: https://pro.filesystem.site/cdn/20260206/1b50395bad4c6c7bc22e6ada144951.mp4',
      'sora-2:task_01k74ynm13exf9ha36zz7820hv: processing',
      'grok:eee6faa8-9dee-455c-aa82-02ac623adf3a: queued',
      'sora-2:task_01kbfq03gpe0wr9ge11z09xqrj: https://example.com/?sample-video-src=1',
      '',
    ]);
    assert.deepEqual(
      [quickRouter, relay, codex].map(({ requests }) => requests.length),
      [3, 1, 1],
    );
  });

  test('says of each system that refuses what is wrong, and goes on', async (t) => {
    const { url } = await serve(t, () => json({ error: { message: '无效的令牌' } }, 401));
    const stdout = await run({ QUICKROUTER_URL: url, RELAY_URL: url, CODEX_URL: url });
    assert.match(stdout, /^(.+: TaskQueryError: No API key was sent, .+\n){5}$/);
  });
});
