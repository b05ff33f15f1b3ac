// @ts-check
/** `vtq --download`: what is saved of which task, and under which name. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { vtq } from './command.js';
import { FILM, folderOf, ranged, save, studio, whole } from './film-studio.js';
import { json, serve } from './service.js';

describe('vtq --download', () => {
  test('saves under the id’s name, and says so', async (t) => {
    const folder = folderOf(t);
    const { url } = await studio(t, whole);
    const { code, stdout, stderr } = await save(folder, url, '--download');
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /\n {2}saved {6}sora-2_a\.mp4 \(5\.0 kB\)\n$/);
    assert.deepEqual(readdirSync(folder), ['sora-2_a.mp4']);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });

  test('takes a file, as the next word where it looks like one, and a folder', async (t) => {
    const folder = folderOf(t);
    mkdirSync(join(folder, 'films'));
    const { url } = await studio(t, whole);
    for (const [args, file] of /** @type {[string[], string][]} */ ([
      [['--download', 'next.mp4'], 'next.mp4'],
      [['--download', './film'], './film'],
      [['--download', join(folder, 'whole-path')], join(folder, 'whole-path')],
      [['--download=no-ending'], 'no-ending'],
      [['--download=films'], join('films', 'sora-2_a.mp4')],
    ])) {
      const { code, stdout } = await save(folder, url, ...args, '--json');
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(stdout).download, { file, bytes: 5000, error: null });
      assert.deepEqual(readFileSync(resolve(folder, file)), FILM);
    }
    const { stdout } = await vtq(['--download', 'sora-2:z', '--base-url', url], { cwd: folder });
    assert.match(stdout, /saved {6}sora-2_z\.mp4/);
    // Too long for a name on the disk.
    const long = `sora-2:${'z'.repeat(300)}`;
    assert.equal((await vtq(['--download', long, '--base-url', url], { cwd: folder })).code, 0);
  });

  test('takes the next word where it is a folder', async (t) => {
    const folder = folderOf(t);
    const { url } = await studio(t, whole);
    for (const name of ['films', 'my-films', '.']) {
      mkdirSync(join(folder, name), { recursive: true });
      for (const args of [
        ['--download', name, 'sora-2:a'],
        ['sora-2:a', '--force', '--download', name],
      ]) {
        const { code, stdout } = await vtq([...args, '--json', '--base-url', url], { cwd: folder });
        assert.deepEqual([code, JSON.parse(stdout).download.file], [0, join(name, 'sora-2_a.mp4')]);
      }
    }
  });

  test('with --json says that nothing was saved of a task without a video', async (t) => {
    const folder = folderOf(t);
    const { url } = await serve(t, ({ query }) =>
      json({ id: query.get('id'), status: query.get('id') === 'a:1' ? 'failed' : 'processing' }),
    );
    const { code, stdout } = await vtq(['--download', '--json', 'a:1', 'a:2', '--base-url', url], { cwd: folder });
    assert.equal(code, 1);
    assert.deepEqual(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).download),
      [
        { file: null, bytes: 0, error: 'the task has no video' },
        { file: null, bytes: 0, error: 'the task has not ended yet: use --wait' },
      ],
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  test('several ids, several files', async (t) => {
    const folder = folderOf(t);
    const { url } = await studio(t, whole);
    assert.equal((await save(folder, url, 'sora-2:b', '../c', '--download')).code, 0);
    assert.deepEqual(readdirSync(folder).sort(), ['_c.mp4', 'sora-2_a.mp4', 'sora-2_b.mp4']);
  });

  test('a video that takes long keeps no other one waiting while something is free', async (t) => {
    const folder = folderOf(t);
    const ids = ['sora-2:a', 'sora-2:b', 'sora-2:c', 'sora-2:d', 'sora-2:e', 'sora-2:f', 'sora-2:g'];
    /** @type {string[]} */
    const asked = [];
    const { url } = await serve(t, async ({ path, query }) => {
      if (!path.startsWith('/film')) {
        const id = query.get('id') ?? '';
        return json({ id, status: 'completed', video_url: `/film-${id.at(-1)}` });
      }
      asked.push(path);
      // The first one waits for the last.
      while (path === '/film-a' && asked.length < ids.length) await new Promise((resolve) => setTimeout(resolve, 5));
      return { headers: { 'content-type': 'video/mp4' }, body: FILM };
    });
    const call = [...ids, '--download', '--timeout-ms', '20000', '--base-url', url];
    assert.equal((await vtq(call, { cwd: folder })).code, 0);
    assert.equal(readdirSync(folder).length, ids.length);
  });

  test('saves three at once', async (t) => {
    const folder = folderOf(t);
    let [now, most] = [0, 0];
    const { url } = await serve(t, async ({ path, query }) => {
      if (!path.startsWith('/film'))
        return json({ id: query.get('id'), status: 'completed', video_url: `/film-${query.get('id')}` });
      most = Math.max(most, (now += 1));
      await new Promise((resolve) => setTimeout(resolve, 300));
      now -= 1;
      return { headers: { 'content-type': 'video/mp4' }, body: FILM };
    });
    const ids = Array.from({ length: 6 }, (_, at) => `a:${at}`);
    assert.equal((await vtq([...ids, '--download', '--base-url', url], { cwd: folder })).code, 0);
    assert.equal(most, 3);
  });

  test('saves any number one after the other, as they come', async (t) => {
    const folder = folderOf(t);
    const ids = Array.from({ length: 6 }, (_, at) => `a:${at}`);
    const { url } = await serve(t, ({ path, query }) => {
      if (path.startsWith('/film')) return { headers: { 'content-type': 'video/mp4' }, body: FILM };
      const id = query.get('id') ?? '';
      // Each ends when all before it are saved.
      const isReady = ids
        .slice(0, ids.indexOf(id))
        .every((before) => existsSync(join(folder, `${before.replace(':', '_')}.mp4`)));
      return json({ id, status: isReady ? 'completed' : 'processing', video_url: isReady ? `/film-${id}` : '' });
    });
    const call = ['--wait', '--interval-ms', '20', '--deadline-ms', '20000', ...ids, '--download', '--base-url', url];
    assert.equal((await vtq(call, { cwd: folder })).code, 0);
    assert.equal(readdirSync(folder).length, ids.length);
  });

  test('never overwrites, unless --force says so', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await studio(t, whole);
    writeFileSync(join(folder, 'mine.mp4'), 'mine');
    writeFileSync(join(folder, 'sora-2_a.mp4'), 'mine');
    const named = await save(folder, url, '--download', 'mine.mp4');
    assert.deepEqual(
      [named.code, named.stderr],
      [2, 'mine.mp4 is there already: it is not overwritten without --force.\nvtq --help tells more.\n'],
    );
    assert.equal(requests.length, 0);
    const fromId = await save(folder, url, '--download');
    assert.equal(fromId.code, 3);
    // The video need not be asked for.
    assert.equal(requests.length, 1);
    assert.match(fromId.stdout, /not saved {2}sora-2_a\.mp4 is there already/);
    assert.equal(readFileSync(join(folder, 'sora-2_a.mp4'), 'utf8'), 'mine');
    assert.equal((await save(folder, url, '--download', '--force')).code, 0);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
    assert.deepEqual(readdirSync(folder).sort(), ['mine.mp4', 'sora-2_a.mp4']);
  });

  test('does not overwrite what came up while it was saving', async (t) => {
    const folder = folderOf(t);
    const { url } = await studio(t, (asked) => {
      writeFileSync(join(folder, 'a.mp4'), 'mine');
      return ranged(asked);
    });
    const { code, stdout } = await save(folder, url, '--download', 'a.mp4');
    assert.equal(code, 3);
    assert.match(stdout, /not saved {2}a\.mp4 is there already/);
    assert.equal(readFileSync(join(folder, 'a.mp4'), 'utf8'), 'mine');
  });

  test('a video that stands in the answer itself is saved too', async (t) => {
    const folder = folderOf(t);
    const video_url = `data:video/mp4;base64,${FILM.toString('base64')}`;
    const { url } = await serve(t, () => json({ id: 'sora-2:a', status: 'completed', video_url }));
    const { code, stdout } = await save(folder, url, '--download');
    assert.equal(code, 0);
    assert(stdout.length < 500);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });

  test('--kind picks a rendition, and tells which there are', async (t) => {
    const folder = folderOf(t);
    const body = {
      id: 'veo3.1-fast:a',
      status: 'completed',
      detail: { upsample_video_url: '/film-up.mp4', video_url: '/film.mp4' },
      status_update_time: 1,
    };
    const { url, requests } = await serve(t, ({ path }) =>
      path.startsWith('/film') ? { headers: { 'content-type': 'video/mp4' }, body: FILM } : json(body),
    );
    const run = (/** @type {string} */ kind) =>
      vtq(['veo3.1-fast:a', '--download', '--kind', kind, '--base-url', url], { cwd: folder });
    assert.equal((await run('source')).code, 0);
    assert.equal(requests.at(-1)?.path, '/film.mp4');
    rmSync(join(folder, 'veo3.1-fast_a.mp4'));
    const { code, stdout } = await run('medium');
    assert.equal(code, 3);
    assert.match(stdout, /not saved {2}The task has no video of the kind 'medium': there is upscaled, source\./);
  });

  test('what has not ended, failed, or has no video is not saved', async (t) => {
    const folder = folderOf(t);
    const { url } = await serve(t, ({ query }) => json({ id: query.get('id'), status: query.get('id')?.slice(2) }));
    const run = (/** @type {string} */ id) => vtq([id, '--download', '--base-url', url], { cwd: folder });
    const going = await run('a:processing');
    assert.equal(going.code, 4);
    assert.match(going.stdout, /\n {2}not saved {2}the task has not ended yet: use --wait\n$/);
    assert.equal((await run('a:failed')).code, 1);
    const none = await run('a:completed');
    assert.equal(none.code, 3);
    assert.match(none.stdout, /not saved {2}The task has no video: it is completed\.\n$/);
    assert.deepEqual(readdirSync(folder), []);
  });

  test('waits and then saves, each as soon as it is there', async (t) => {
    const folder = folderOf(t);
    let asked = 0;
    const { url } = await serve(t, (request) => {
      if (request.path === '/film.mp4') return ranged(request);
      const id = request.query.get('id');
      if (id === 'sora-2:a') return json({ id, status: 'completed', video_url: '/film.mp4' });
      // Ends only once the first is saved.
      asked += 1;
      return json({
        id,
        status: existsSync(join(folder, 'sora-2_a.mp4')) || asked > 200 ? 'completed' : 'queued',
        video_url: '/film.mp4',
      });
    });
    const { code, stdout } = await save(folder, url, 'sora-2:b', '--wait', '--interval-ms', '50', '--download');
    assert.equal(code, 0);
    assert(stdout.indexOf('completed  sora-2:a') < stdout.indexOf('completed  sora-2:b'));
    assert.deepEqual(readdirSync(folder).sort(), ['sora-2_a.mp4', 'sora-2_b.mp4']);
  });
});
