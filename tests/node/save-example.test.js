// @ts-check
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packageDir } from './packed.js';
import { json, serve } from './service.js';

test('examples/save-video.js waits for a task and saves its video with the key', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'save-video-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(packageDir, join(folder, 'node_modules', 'video-task-query'), 'junction');
  copyFileSync(fileURLToPath(new URL('../../examples/save-video.js', import.meta.url)), join(folder, 'save-video.mjs'));
  const service = await serve(t, ({ path }) =>
    path === '/film' ? { body: 'the film' } : json({ id: 'a', status: 'completed', video_url: '/film' }),
  );
  const env = {
    ...process.env,
    NODE_TEST_CONTEXT: undefined,
    VIDEO_TASK_BASE_URL: service.url,
    VIDEO_TASK_API_KEY: 'sk-1',
  };
  const { stdout } = await promisify(execFile)(process.execPath, ['save-video.mjs', 'a', 'film.mp4'], {
    cwd: folder,
    env,
  });
  assert.equal(stdout, 'completed 1\nsaved as film.mp4\n');
  assert.equal(readFileSync(join(folder, 'film.mp4'), 'utf8'), 'the film');
  assert.deepEqual(
    service.requests.map(({ headers }) => headers.authorization),
    ['Bearer sk-1', 'Bearer sk-1'],
  );
});
