// @ts-check
/** `vtq demo`: all of it without a key, and nothing left behind. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { program, shellEnv } from './command.js';
import { folderOf } from './film-studio.js';
import { inTerminal, noTerminal } from './terminal.js';

describe('vtq demo', () => {
  test('shows it all without a key, and ends by itself', { skip: noTerminal }, async () => {
    const seen = await inTerminal(['demo'], {
      env: { VIDEO_TASK_BASE_URL: 'http://127.0.0.1:9', VIDEO_TASK_API_KEY: 'mine' },
    });
    assert.equal(seen.code, 0, seen.screen.text());
    assert.deepEqual([seen.screen.isCursorShown, seen.screen.unknown], [true, []]);
    const text = seen.screen.text();
    for (const words of [
      'completed  sora-2:task_completes',
      'completed  grok:recovers',
      'failed  sora-2:moderated',
      'failed  veo3.1-fast:fails',
    ]) {
      assert(text.includes(words), words);
    }
    assert.match(text, /warning {4}recovered_error: \[503\]/);
    assert.match(text, /reason {5}moderation: This content may violate/);
    assert.match(text, /could not ask {2}sora-2:no_such_task/);
    assert.match(text, /saved {6}\S+sora-2_task_completes\.mp4 \(\d+\.\d kB\)/);
    assert(seen.windows.some((window) => window.filter((line) => line.includes('░')).length >= 5));
    const [folder = ''] = /\S+(?=[/\\]sora-2_task_completes\.mp4)/.exec(text) ?? [];
    assert.equal(existsSync(folder), false);
  });

  test('leaves no folder behind where its reader leaves early', async (t) => {
    const folder = folderOf(t);
    const env = shellEnv({ TMPDIR: folder, TEMP: folder });
    const child = spawn(process.execPath, [program, 'demo'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stderr.on('data', (text) => (stderr += text));
    child.stdout.on('data', (text) => {
      stdout += text;
      if (!stdout.includes('sora-2:task_completes  ')) return;
      // Its folder is there, and more is to be said.
      assert.equal(readdirSync(folder).length, 1);
      child.stdout.destroy();
    });
    assert.deepEqual(await once(child, 'close'), [141, null]);
    assert.equal(stderr, '');
    assert.deepEqual(readdirSync(folder), []);
  });
});
