// @ts-check
/** `vtq --download`: going on where it was cut off, and starting over where that would mix two videos. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { vtq } from './command.js';
import { cut, FILM, folderOf, OTHER, ranged, save, studio, VIDEO } from './film-studio.js';
import { json, serve } from './service.js';

describe('vtq --download', () => {
  test('goes on where it was cut off, in the same run', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await studio(t, (asked, count, res) => (count === 1 ? cut(res, 2000) : ranged(asked)));
    const { code, stderr } = await save(folder, url, '--download');
    assert.equal(code, 0);
    assert.match(stderr, /^sora-2:a: The connection broke after 2000 bytes \(.+\)\. Trying again\.\n$/);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
    const [, first, second] = requests;
    assert.deepEqual(
      [first?.headers.range, second?.headers.range, second?.headers['if-range']],
      [undefined, 'bytes=2000-', '"1"'],
    );
    assert.equal(second?.headers['accept-encoding'], 'identity');
    assert.deepEqual(readdirSync(folder), ['sora-2_a.mp4']);
  });

  /**
   * What an earlier run left.
   *
   * @param {string} folder
   * @param {string} url the service’s
   * @param {{ etag: string | null, modified: string | null, total: number | null }} validator
   * @param {Buffer} [bytes]
   */
  function left(folder, url, validator, bytes = FILM.subarray(0, 2000)) {
    const of = createHash('sha256')
      .update(JSON.stringify(['["sora-2:a","source"]', `${url}/film.mp4`]))
      .digest('hex');
    writeFileSync(join(folder, 'sora-2_a.mp4.part'), bytes);
    writeFileSync(join(folder, 'sora-2_a.mp4.part.json'), JSON.stringify({ of, ...validator }));
  }

  test('goes on where an earlier run was cut off', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await studio(t, (asked) => ranged(asked));
    left(folder, url, { etag: '"1"', modified: null, total: 5000 });
    assert.equal((await save(folder, url, '--download')).code, 0);
    assert.equal(requests[1]?.headers.range, 'bytes=2000-');
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
    assert.deepEqual(readdirSync(folder), ['sora-2_a.mp4']);
  });

  for (const [name, total] of /** @type {[string, number | null][]} */ ([
    ['any more', 5000],
    ['at all', null],
  ])) {
    test(`goes on where the service does not say ${name} how long the video is`, async (t) => {
      const folder = folderOf(t);
      const { url, requests } = await studio(t, (asked) => {
        const { status, headers, body } = ranged(asked);
        const range = { 'content-range': 'bytes 2000-4999/*', 'content-length': '3000' };
        return { status, headers: { ...headers, ...(status === 206 ? range : {}) }, body };
      });
      left(folder, url, { etag: '"1"', modified: null, total });
      const { code, stderr } = await save(folder, url, '--download');
      assert.deepEqual([code, stderr, requests.length], [0, '', 2]);
      assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
    });
  }

  test('a part that lacks the last bytes is not taken for the rest, though it does not say how long the video is', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await studio(t, (asked, count) => {
      const { status, headers, body } = ranged(asked);
      return count > 1
        ? { status, headers, body }
        : { status, headers: { ...headers, 'content-range': 'bytes 2000-3999/*' }, body: body.subarray(0, 2000) };
    });
    left(folder, url, { etag: '"1"', modified: null, total: 5000 });
    const { code, stderr } = await save(folder, url, '--download');
    assert.deepEqual([code, stderr], [0, 'sora-2:a: 4000 of 5000 bytes came. Trying again.\n']);
    assert.equal(requests[2]?.headers.range, 'bytes=4000-');
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });

  test('by Last-Modified where there is no strong ETag', async (t) => {
    const folder = folderOf(t);
    const modified = 'Fri, 06 Feb 2026 03:58:48 GMT';
    const { url, requests } = await studio(t, (asked) => {
      const { status, headers, body } = ranged({ ...asked, headers: { ...asked.headers, 'if-range': '"1"' } });
      return { status, headers: { ...headers, etag: 'W/"1"', 'last-modified': modified }, body };
    });
    left(folder, url, { etag: 'W/"1"', modified, total: 5000 });
    assert.equal((await save(folder, url, '--download')).code, 0);
    assert.deepEqual([requests[1]?.headers.range, requests[1]?.headers['if-range']], ['bytes=2000-', modified]);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });

  test('all bytes there already: the last one is asked for again', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await studio(t, (asked) => ranged(asked));
    left(folder, url, { etag: '"1"', modified: null, total: 5000 }, FILM);
    assert.equal((await save(folder, url, '--download')).code, 0);
    assert.equal(requests[1]?.headers.range, 'bytes=4999-');
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });

  for (const [name, film, times] of /** @type {[string, Parameters<typeof studio>[1], number][]} */ ([
    ['a server that knows no ranges', () => ({ headers: { 'content-type': 'video/mp4', etag: '"1"' }, body: FILM }), 1],
    ['another video under the same URL', (asked) => ranged(asked, { etag: '"2"' }), 1],
    [
      'a server that sends a part of another video in spite of If-Range',
      (asked) => ranged({ ...asked, headers: { ...asked.headers, 'if-range': '"2"' } }, { etag: '"2"' }),
      2,
    ],
    [
      'a server that sends another part than was asked for',
      ({ headers }) =>
        headers.range
          ? {
              status: 206,
              headers: { ...VIDEO, etag: '"1"', 'content-range': 'bytes 1000-4999/5000' },
              body: FILM.subarray(1000),
            }
          : { headers: { ...VIDEO, etag: '"1"' }, body: FILM },
      2,
    ],
    [
      'a video that is longer than it was',
      ({ headers }) =>
        headers.range
          ? {
              status: 206,
              headers: { ...VIDEO, etag: '"1"', 'content-range': 'bytes 2000-5999/6000' },
              body: OTHER.subarray(0, 4000),
            }
          : { headers: { ...VIDEO, etag: '"1"' }, body: FILM },
      2,
    ],
    [
      'a server that says 416',
      ({ headers }) =>
        headers.range
          ? { status: 416, headers: { 'content-range': 'bytes */900' } }
          : { headers: { ...VIDEO, etag: '"1"' }, body: FILM },
      2,
    ],
  ])) {
    test(`starts over at ${name}`, async (t) => {
      const folder = folderOf(t);
      const { url, requests } = await studio(t, film);
      left(folder, url, { etag: '"1"', modified: null, total: 5000 }, OTHER.subarray(0, 2000));
      assert.equal((await save(folder, url, '--download')).code, 0);
      assert.equal(requests.length, 1 + times);
      assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
      assert.deepEqual(readdirSync(folder), ['sora-2_a.mp4']);
    });
  }

  /**
   * A run that is cut off after 2000 bytes, then one of which the first request for a film and the file are given.
   *
   * @param {{ after: (end: () => void) => void }} t
   * @param {object[]} answers the task, once and then again
   * @param {string[][]} [args] of both runs
   */
  async function twoRuns(t, answers, args = [[], []]) {
    const folder = folderOf(t);
    let isSecond = false;
    const { url, requests } = await serve(t, (asked, res) => {
      if (!asked.path.startsWith('/film'))
        return json({ id: asked.query.get('id'), status: 'completed', ...answers[isSecond ? 1 : 0] });
      if (isSecond) return ranged(asked, asked.path.startsWith('/film-other') ? { film: OTHER } : {});
      if (requests.some(({ headers }) => headers.range)) return json({}, 403);
      return cut(res, 2000);
    });
    const run = (/** @type {string[]} */ more) =>
      vtq(['--download=a.mp4', '--base-url', url, ...(more.includes('--') ? more.slice(1) : ['sora-2:a', ...more])], {
        cwd: folder,
      });
    assert.equal((await run(args[0] ?? [])).code, 3);
    assert.deepEqual(readdirSync(folder).sort(), ['a.mp4.part', 'a.mp4.part.json']);
    isSecond = true;
    const before = requests.length;
    assert.equal((await run(args[1] ?? [])).code, 0);
    assert.deepEqual(readdirSync(folder), ['a.mp4']);
    return {
      range: requests.slice(before).find(({ path }) => path.startsWith('/film'))?.headers.range,
      file: readFileSync(join(folder, 'a.mp4')),
    };
  }

  test('goes on although the URL is signed anew', async (t) => {
    const { range, file } = await twoRuns(t, [{ video_url: '/film.mp4?sig=1' }, { video_url: '/film.mp4?sig=2' }]);
    assert.equal(range, 'bytes=2000-');
    assert.deepEqual(file, FILM);
  });

  const both = { status_update_time: 1, detail: { upsample_video_url: '/film.mp4', video_url: '/film-other.mp4' } };
  for (const [name, answers, args] of /** @type {[string, object[], string[][]?][]} */ ([
    ['another URL', [{ video_url: '/film.mp4' }, { video_url: '/film-other.mp4' }]],
    ['another rendition', [both, both], [[], ['--kind', 'source']]],
    ['another task', [{ video_url: '/film.mp4' }, { video_url: '/film-other.mp4' }], [[], ['--', 'sora-2:b']]],
  ])) {
    test(`starts over for ${name}, though both videos have the same ETag and length`, async (t) => {
      const { range, file } = await twoRuns(t, answers, args);
      assert.equal(range, undefined);
      assert.deepEqual(file, OTHER);
    });
  }

  test('starts over for another task, though even the URL is the same', async (t) => {
    const answers = [{ video_url: '/film.mp4?task=a' }, { video_url: '/film.mp4?task=b' }];
    assert.equal((await twoRuns(t, answers, [[], ['--', 'sora-2:b']])).range, undefined);
  });

  test('an id that shares its name with another goes on by the command that Ctrl-C prints, without the other', async (t) => {
    const folder = folderOf(t);
    let isSecond = false;
    const { url, requests } = await serve(t, (asked, res) => {
      const { path, query } = asked;
      if (path === '/v1/video/query')
        return json({ id: query.get('id'), status: 'completed', video_url: `/film.mp4?of=${query.get('id')}` });
      if (query.get('of') === 'film:x' || isSecond) return ranged(asked);
      res.writeHead(200, { 'content-type': 'video/mp4', 'content-length': FILM.length, etag: '"1"' });
      res.write(FILM.subarray(0, 2000));
    });
    const half = () =>
      readdirSync(folder).find((name) => name.endsWith('.part') && readFileSync(join(folder, name)).length === 2000);
    /** @type {NodeJS.Timeout | undefined} */
    let waiting;
    const { code, stderr } = await vtq(['film:x', 'film_x', '--download', '--base-url', url], {
      cwd: folder,
      onOutput: (sofar, child) => {
        if (!sofar.includes('saved')) return;
        waiting ??= setInterval(() => {
          if (!half()) return;
          clearInterval(waiting);
          child.kill('SIGTERM');
        }, 20);
      },
    });
    clearInterval(waiting);
    assert.equal(code, 143);
    assert.equal(stderr, `Interrupted. To go on:\n\n  vtq --download --base-url ${url} film_x\n`);
    isSecond = true;
    const [, ...args] = stderr.trimEnd().split('\n').at(-1)?.trim().split(' ') ?? [];
    assert.equal((await vtq(args, { cwd: folder })).code, 0);
    assert.equal(requests.at(-1)?.headers.range, 'bytes=2000-');
    const names = readdirSync(folder).sort();
    assert.equal(names.length, 2);
    for (const name of names) {
      assert.match(name, /^film_x-[0-9a-f]{8}\.mp4$/);
      assert.deepEqual(readFileSync(join(folder, name)), FILM);
    }
  });

  test('where nothing tells that the bytes are the same, starts over', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await studio(t, (asked, count, res) =>
      count === 1 ? cut(res, 2000, {}) : ranged(asked),
    );
    assert.equal((await save(folder, url, '--download')).code, 0);
    assert.equal(requests[2]?.headers.range, undefined);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });
});
