// @ts-check
/** `vtq --download`: whole files or none, whatever the service does. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { vtq } from './command.js';
import { json, serve } from './service.js';

const FILM = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 251));
const VIDEO = { 'content-type': 'video/mp4' };
const OTHER = Buffer.from(FILM).reverse();

/** A folder of its own. @param {{ after: (end: () => void) => void }} t */
function folderOf(t) {
  const folder = mkdtempSync(join(tmpdir(), 'vtq-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/**
 * A service whose task `sora-2:a` has completed, and that serves its film.
 *
 * @param {{ after: (end: () => void) => void }} t
 * @param {(asked: import('./service.js').Asked, count: number, res: import('node:http').ServerResponse) => import('./service.js').Reply | void} film count: from 1 on
 */
async function studio(t, film) {
  let count = 0;
  return serve(t, (asked, res) => {
    if (asked.path.startsWith('/film')) return film(asked, ++count, res);
    const id = asked.query.get('id') ?? '';
    return json({ id, status: 'completed', video_url: '/film.mp4' });
  });
}

/** @param {import('./service.js').Asked} asked @param {{ film?: Buffer, etag?: string }} [of] */
function ranged({ headers }, { film = FILM, etag = '"1"' } = {}) {
  const from = Number(/^bytes=(\d+)-$/.exec(String(headers.range))?.[1] ?? NaN);
  const type = { 'content-type': 'video/mp4', etag };
  if (Number.isNaN(from) || headers['if-range'] !== etag) return { headers: type, body: film };
  const range = `bytes ${from}-${film.length - 1}/${film.length}`;
  return { status: 206, headers: { ...type, 'content-range': range }, body: film.subarray(from) };
}

const whole = (/** @type {import('./service.js').Asked} */ asked) => ranged(asked);

/** Sends so many bytes of all, then drops the line. @param {import('node:http').ServerResponse} res @param {number} bytes @param {Record<string, string>} [headers] */
function cut(res, bytes, headers = { etag: '"1"' }) {
  res.writeHead(200, { 'content-type': 'video/mp4', 'content-length': FILM.length, ...headers });
  res.write(FILM.subarray(0, bytes), () => setTimeout(() => res.destroy(), 50));
}

/** @param {string} folder @param {string} url @param {...string} args */
const save = (folder, url, ...args) => vtq(['sora-2:a', '--base-url', url, ...args], { cwd: folder });

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
      [['--download=no-ending'], 'no-ending'],
      [['--download=films'], join('films', 'sora-2_a.mp4')],
    ])) {
      const { code, stdout } = await save(folder, url, ...args, '--json');
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(stdout).download, { file, bytes: 5000, error: null });
      assert.deepEqual(readFileSync(join(folder, file)), FILM);
    }
    const { stdout } = await vtq(['--download', 'sora-2:z', '--base-url', url], { cwd: folder });
    assert.match(stdout, /saved {6}sora-2_z\.mp4/);
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
        { file: null, bytes: 0, error: 'the task has not ended, --wait waits for that' },
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

  test('gives up at last, with the part kept and no file under the final name', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await studio(t, (asked, count, res) => (count === 1 ? cut(res, 2000) : json({}, 503)));
    const { code, stdout } = await save(folder, url, '--download');
    assert.equal(code, 3);
    assert.match(stdout, /not saved {2}The video’s URL was answered with HTTP 503\.\n$/);
    // The task, the attempt that brought something, and five that did not.
    assert.equal(requests.length, 1 + 1 + 5);
    assert.deepEqual(readdirSync(folder).sort(), ['sora-2_a.mp4.part', 'sora-2_a.mp4.part.json']);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4.part')), FILM.subarray(0, 2000));
  });

  test('a gateway’s own errors pass', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await studio(t, (asked, count) => (count === 1 ? json({}, 522) : ranged(asked)));
    assert.equal((await save(folder, url, '--download')).code, 0);
    assert.equal(requests.length, 1 + 2);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });

  test('does not ask again before the service wants it, be that told as a date', async (t) => {
    const folder = folderOf(t);
    const free = Math.ceil(Date.now() / 1000 + 2) * 1000;
    let again = 0;
    const { url } = await studio(t, (asked, count) => {
      if (count === 1) return { ...json({}, 429), headers: { 'retry-after': new Date(free).toUTCString() } };
      again ||= Date.now();
      return ranged(asked);
    });
    assert.equal((await save(folder, url, '--download')).code, 0);
    assert.ok(again >= free, `asked again ${free - again} ms too early`);
  });

  test('a part that is not its own is left alone', async (t) => {
    const folder = folderOf(t);
    const { url } = await studio(t, whole);
    writeFileSync(join(folder, 'sora-2_a.mp4.part'), 'mine');
    const { code, stdout } = await save(folder, url, '--download');
    assert.equal(code, 3);
    assert.match(stdout, /not saved {2}sora-2_a\.mp4\.part is there, and not from here/);
    assert.equal(readFileSync(join(folder, 'sora-2_a.mp4.part'), 'utf8'), 'mine');
  });

  for (const [name, text] of /** @type {[string, string | null][]} */ ([
    ['JSON of another program', '{}'],
    ['a list', '[]'],
    ['no JSON', 'mine'],
    ['too little', '{"of":"x","etag":"1","modified":null,"total":5000}'],
    ['a link', null],
  ])) {
    test(
      `a .part.json that is ${name} is left alone, and what it leads to`,
      { skip: process.platform === 'win32' },
      async (t) => {
        for (const bytes of ['', 'mine']) {
          const folder = folderOf(t);
          const { url } = await studio(t, whole);
          const [part, record, target] = ['sora-2_a.mp4.part', 'sora-2_a.mp4.part.json', 'target'].map((name) =>
            join(folder, name),
          );
          writeFileSync(target ?? '', '{"etag":"mine"}');
          if (bytes) writeFileSync(part ?? '', bytes);
          if (text === null) symlinkSync('target', record ?? '');
          else writeFileSync(record ?? '', text);
          const { code, stdout, stderr } = await save(folder, url, '--download');
          assert.deepEqual([code, stderr], [3, '']);
          assert.match(
            stdout,
            /\n {2}not saved {2}sora-2_a\.mp4\.part\.json is there, and not from here: take it away, or use --force\.\n$/,
          );
          assert.equal(readFileSync(record ?? '', 'utf8'), text ?? '{"etag":"mine"}');
          assert.equal(existsSync(part ?? ''), bytes !== '');
          assert.equal((await save(folder, url, '--download', '--force')).code, 0);
          assert.deepEqual(readdirSync(folder).sort(), ['sora-2_a.mp4', 'target']);
          assert.equal(readFileSync(target ?? '', 'utf8'), '{"etag":"mine"}');
          assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
        }
      },
    );
  }

  for (const [name, place, args, words] of /** @type {[string, (folder: string) => void, string[], string][]} */ ([
    [
      'a folder in the part’s place',
      (folder) => mkdirSync(join(folder, 'sora-2_a.mp4.part')),
      ['--download'],
      'sora-2_a.mp4.part is a folder: take it away, or give --download another name.',
    ],
    [
      'a folder in the video’s place',
      (folder) => mkdirSync(join(folder, 'sora-2_a.mp4')),
      ['--download', '--force'],
      'sora-2_a.mp4 is a folder: take it away, or give --download another name.',
    ],
    [
      'a folder that comes into the video’s place',
      (folder) => mkdirSync(join(folder, 'films', 'late'), { recursive: true }),
      ['--download=films', '--force'],
      `${join('films', 'sora-2_a.mp4')} is a folder: take it away, or give --download another name.`,
    ],
    [
      'a link in the part’s place',
      (folder) => symlinkSync('elsewhere', join(folder, 'sora-2_a.mp4.part')),
      ['--download'],
      'sora-2_a.mp4.part is a link, and nothing is written through one: take it away, or give --download another name.',
    ],
    [
      'a link to nothing in the video’s place',
      (folder) => symlinkSync('elsewhere', join(folder, 'sora-2_a.mp4')),
      ['--download'],
      'sora-2_a.mp4 is there already: it is not overwritten without --force.',
    ],
  ])) {
    test(
      `${name} is told in a sentence, and the other task goes on`,
      { skip: process.platform === 'win32' },
      async (t) => {
        for (const more of [[], ['--wait', '--interval-ms', '20']]) {
          const folder = folderOf(t);
          place(folder);
          const { url } = await studio(t, (asked) => {
            const late = join(folder, 'films', 'late');
            // As if another program had made it meanwhile.
            if (existsSync(late)) mkdirSync(join(folder, 'films', 'sora-2_a.mp4'), { recursive: true });
            return ranged(asked);
          });
          const lines = await save(folder, url, 'sora-2:b', ...args, ...more, '--json');
          assert.deepEqual([lines.code, lines.stderr], [3, '']);
          const told = lines.stdout
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line))
            .sort((one, other) => (one.id < other.id ? -1 : 1));
          assert.deepEqual(
            told.map(({ id, download }) => [id, download.error]),
            [
              ['sora-2:a', words],
              ['sora-2:b', null],
            ],
          );
          const { code, stdout, stderr } = await save(folder, url, ...args, ...more);
          assert.deepEqual([code, stderr], [3, '']);
          assert.equal(
            stdout,
            `completed  sora-2:a\n  model      sora-2 (sora)\n  video      ${url}/film.mp4\n  not saved  ${words}\n`,
          );
          assert.equal(existsSync(join(folder, 'elsewhere')), false);
        }
      },
    );
  }

  test(
    'a part that is taken away meanwhile is told in a sentence',
    { skip: process.platform === 'win32' },
    async (t) => {
      const folder = folderOf(t);
      const { url } = await studio(t, (asked, count, res) => {
        res.writeHead(200, { ...VIDEO, 'content-length': FILM.length });
        res.write(FILM.subarray(0, 2000));
        setTimeout(() => {
          rmSync(join(folder, 'sora-2_a.mp4.part'));
          res.end(FILM.subarray(2000));
        }, 300);
      });
      const { code, stdout, stderr } = await save(folder, url, '--download');
      assert.deepEqual([code, stderr], [3, '']);
      assert.match(
        stdout,
        /not saved {2}sora-2_a\.mp4 cannot be written, for its folder or its part is gone: try again\.\n$/,
      );
    },
  );

  test(
    'a folder that takes no files is told in a sentence',
    { skip: process.getuid?.() === 0 || process.platform === 'win32' },
    async (t) => {
      const folder = folderOf(t);
      mkdirSync(join(folder, 'films'), { mode: 0o555 });
      const { url } = await studio(t, whole);
      const { code, stdout, stderr } = await save(folder, url, '--download=films');
      assert.deepEqual([code, stderr], [3, '']);
      assert.match(
        stdout,
        /not saved {2}films\/sora-2_a\.mp4\.part cannot be written, permission is missing: give --download a folder that is yours\.\n$/,
      );
    },
  );

  test('a name that is too long is told before anything is asked, and with its .part where only that is', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await studio(t, whole);
    const name = (/** @type {number} */ length) => `${'x'.repeat(length - 4)}.mp4`;
    const words = (/** @type {string} */ file) =>
      `The name ${file} is too long for the disk: give --download=FILE a shorter one.`;
    for (const force of [[], ['--force']]) {
      const { code, stdout, stderr } = await save(folder, url, `--download=${name(256)}`, ...force);
      assert.deepEqual([code, stdout, stderr], [2, '', `${words(name(256))}\nvtq --help tells more.\n`]);
    }
    assert.equal(requests.length, 0);
    for (const length of [250, 254]) {
      const { code, stdout, stderr } = await save(folder, url, `--download=${name(length)}`, '--json');
      assert.deepEqual([code, stderr], [3, '']);
      assert.deepEqual(JSON.parse(stdout).download, {
        file: null,
        bytes: 0,
        error: words(`${name(length)}.part.json`),
      });
    }
    assert.deepEqual(readdirSync(folder), []);
  });

  for (const [name, reply, words] of /** @type {[string, import('./service.js').Reply, RegExp][]} */ ([
    ['a URL that has expired', json({}, 403), /HTTP 403\. The URL may have expired: ask again for a new one\.\n$/],
    [
      'a page in place of a video',
      { headers: { 'content-type': 'text/html' }, body: '<html>' },
      /What was sent is no video but text\/html\.\n$/,
    ],
    ['an error in place of a video', json({ error: 'x' }), /What was sent is no video but application\/json\.\n$/],
    ['an empty video', { headers: { 'content-type': 'video/mp4' } }, /The service sent an empty video\.\n$/],
  ])) {
    test(`${name} is told, once asked for, and leaves nothing behind`, async (t) => {
      const folder = folderOf(t);
      const { url, requests } = await studio(t, () => reply);
      const { code, stdout } = await save(folder, url, '--download');
      assert.equal(code, 3);
      assert.match(stdout, words);
      assert.equal(requests.length, 2);
      assert.deepEqual(readdirSync(folder), []);
    });
  }

  test('a service that falls silent is given up after --timeout-ms', async (t) => {
    const folder = folderOf(t);
    const { url } = await studio(t, (asked, count, res) => {
      if (count > 1) return ranged(asked);
      res.writeHead(200, { 'content-type': 'video/mp4', 'content-length': FILM.length, etag: '"1"' });
      res.write(FILM.subarray(0, 1000));
    });
    const { code, stderr } = await save(folder, url, '--download', '--timeout-ms', '300');
    assert.deepEqual([code, stderr], [0, 'sora-2:a: No byte came for 0.3 s. Trying again.\n']);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });

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
    assert.match(going.stdout, /\n {2}not saved: the task has not ended, --wait waits for that\n$/);
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
