// @ts-check
/** `vtq --download`: where a video is asked for, and what goes along: the key, headers, redirections. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { vtq } from './command.js';
import { FILM, folderOf, save, SLEEPLESS, studio, whole } from './film-studio.js';
import { json, serve } from './service.js';

const KEY = '9f8e7d6c-5b4a-3928';

describe('vtq --download', () => {
  test('the key goes to the service’s own origin and nowhere else', async (t) => {
    const folder = folderOf(t);
    const own = await studio(t, whole);
    const cdn = await serve(t, whole);
    const relay = await serve(t, ({ query, path }) =>
      path.startsWith('/v1/videos/')
        ? { headers: { 'content-type': 'video/mp4' }, body: FILM }
        : json({ id: query.get('id'), status: 'completed', video_url: `${cdn.url}/film.mp4` }),
    );
    const env = { VIDEO_TASK_API_KEY: 'key-1' };
    const run = (/** @type {string} */ url) =>
      vtq(['sora-2:a', '--force', '--download', '--base-url', url], { env, cwd: folder });
    assert.equal((await run(own.url)).code, 0);
    assert.equal(own.requests[1]?.headers.authorization, 'Bearer key-1');
    // A compressed one could not be gone on with.
    assert.equal(own.requests[1]?.headers['accept-encoding'], 'identity');
    assert.equal((await run(relay.url)).code, 0);
    assert.equal(cdn.requests.length, 1);
    assert.equal(cdn.requests[0]?.headers.authorization, undefined);
  });

  test('an answer without a URL is saved from the path on the service', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await serve(t, ({ path }) =>
      path.endsWith('/content')
        ? { headers: { 'content-type': 'video/mp4' }, body: FILM }
        : json({
            id: 'video_1',
            object: 'video',
            model: 'sora-2',
            status: 'completed',
            progress: 100,
            created_at: 1_770_350_082,
          }),
    );
    const { code } = await vtq(['video_1', '--download', '--base-url', url], {
      cwd: folder,
      env: { VIDEO_TASK_API_KEY: 'key-1' },
    });
    assert.equal(code, 0);
    assert.deepEqual(
      [requests.at(-1)?.path, requests.at(-1)?.headers.authorization],
      ['/v1/videos/video_1/content', 'Bearer key-1'],
    );
    assert.deepEqual(readFileSync(join(folder, 'video_1.mp4')), FILM);
  });

  for (const [what, film] of /** @type {[string, import('./service.js').Reply][]} */ ([
    ['names as its kind', { headers: { 'content-type': `text/${KEY}` }, body: 'x' }],
    ['names behind its kind', { headers: { 'content-type': `text/html; charset=${KEY}` }, body: 'x' }],
    ['redirects to', { status: 302, headers: { location: `http://${KEY}.localhost:1/` } }],
    ['leads to', json({ file: { download_url: `http://${KEY}.localhost:1/` } })],
    ['leads to in vain', json({ file: { download_url: `http://${KEY}.invalid/` } })],
  ])) {
    test(`a key that the service ${what} is not printed`, async (t) => {
      const { url } = await studio(t, () => film);
      const env = { VIDEO_TASK_API_KEY: KEY, ...SLEEPLESS };
      for (const args of [[], ['--json']]) {
        const call = ['sora-2:a', '--download', '--base-url', url, ...args];
        const { code, stdout, stderr } = await vtq(call, { env, cwd: folderOf(t) });
        assert.equal(code, 3);
        assert.equal(`${stdout}${stderr}`.includes(KEY), false, `${stdout}${stderr}`);
      }
    });
  }

  test('headers of one’s own follow no redirection: that is told at once, and the key alone follows', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await studio(t, (asked) =>
      asked.path === '/film.mp4' ? { status: 302, headers: { location: '/films/1.mp4' } } : whole(asked),
    );
    const refused = await save(folder, url, '--download', '--header', 'X-Team: 7');
    assert.equal(refused.code, 3);
    assert.match(
      refused.stdout,
      /not saved {2}The video’s URL redirects, and headers of your own do not go along: leave --header away/,
    );
    assert.equal(refused.stderr, '');
    assert.deepEqual(
      requests.map(({ path }) => path),
      ['/v1/video/query', '/film.mp4'],
    );
    assert.equal((await save(folder, url, '--download')).code, 0);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });

  test('an answer that only leads to the video is followed, without the key', async (t) => {
    const folder = folderOf(t);
    const cdn = await serve(t, whole);
    const { url, requests } = await serve(t, ({ path }) =>
      path === '/v1/files/retrieve'
        ? json({ file: { file_id: 205, download_url: `${cdn.url}/film.mp4` } })
        : json({
            task_id: '17',
            status: 'Success',
            file_id: '205',
            base_resp: { status_code: 0, status_msg: 'success' },
          }),
    );
    const { code } = await vtq(['17', '--download', '--base-url', url], {
      cwd: folder,
      env: { VIDEO_TASK_API_KEY: 'key-1' },
    });
    assert.equal(code, 0);
    assert.equal(requests.at(-1)?.headers.authorization, 'Bearer key-1');
    assert.deepEqual([cdn.requests[0]?.path, cdn.requests[0]?.headers.authorization], ['/film.mp4', undefined]);
    assert.deepEqual(readFileSync(join(folder, '17.mp4')), FILM);
  });

  test('an answer that only leads to the video of a kind is followed', async (t) => {
    const folder = folderOf(t);
    const cdn = await serve(t, whole);
    const { url } = await studio(t, () => json({ file: { download_url: `${cdn.url}/film.mp4` } }));
    assert.equal((await save(folder, url, '--download', '--kind', 'source')).code, 0);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });

  test('an answer in JSON that leads to the video is read only so far, however long it is', async (t) => {
    const folder = folderOf(t);
    const cdn = await serve(t, whole);
    const { url } = await serve(t, ({ path }, res) => {
      if (path !== '/v1/files/retrieve')
        return json({
          task_id: '17',
          status: 'Success',
          file_id: '205',
          base_resp: { status_code: 0, status_msg: 'success' },
        });
      res.writeHead(200, { 'content-type': 'application/json' });
      // And it never ends.
      res.write(`{"file":{"download_url":"${cdn.url}/film.mp4"},"more":"${'x'.repeat(200_000)}`);
    });
    const { code, stdout } = await vtq(['17', '--download', '--base-url', url], { cwd: folder });
    assert.equal(code, 3);
    assert.match(stdout, /What was sent is no video but application\/json\.\n$/);
    assert.equal(cdn.requests.length, 0);
    assert.deepEqual(readdirSync(folder), []);
  });
});
