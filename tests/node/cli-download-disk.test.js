// @ts-check
/** `vtq --download` at what stands in its place on the disk: nothing of others is touched, and all is told in a sentence. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { FILM, folderOf, ranged, save, studio, VIDEO, whole } from './film-studio.js';

describe('vtq --download', () => {
  test('a part that is not its own is left alone', async (t) => {
    const folder = folderOf(t);
    const { url } = await studio(t, whole);
    writeFileSync(join(folder, 'sora-2_a.mp4.part'), 'mine');
    const { code, stdout } = await save(folder, url, '--download');
    assert.equal(code, 3);
    assert.match(stdout, /not saved {2}sora-2_a\.mp4\.part is there, and not from here/);
    assert.equal(readFileSync(join(folder, 'sora-2_a.mp4.part'), 'utf8'), 'mine');
  });

  test('a part that is another file’s second name is not written through', async (t) => {
    const folder = folderOf(t);
    const { url } = await studio(t, whole);
    const [victim, part] = [join(folder, 'victim'), join(folder, 'sora-2_a.mp4.part')];
    writeFileSync(victim, 'mine');
    linkSync(victim, part);
    const record = { of: '0'.repeat(64), etag: null, modified: null, total: null };
    writeFileSync(`${part}.json`, JSON.stringify(record));
    const { code, stdout } = await save(folder, url, '--download');
    assert.equal(code, 3);
    assert.match(
      stdout,
      /not saved {2}sora-2_a\.mp4\.part is there, and not from here: take it away, or use --force\.\n$/,
    );
    assert.equal(readFileSync(victim, 'utf8'), 'mine');
    assert.equal((await save(folder, url, '--download', '--force')).code, 0);
    assert.equal(readFileSync(victim, 'utf8'), 'mine');
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });

  for (const [name, text] of /** @type {[string, string | null][]} */ ([
    ['JSON of another program', '{}'],
    ['a list', '[]'],
    ['no JSON', 'mine'],
    ['too little', '{"of":"x","etag":"1","modified":null,"total":5000}'],
    ['of a wrong length', `{"of":"${'0'.repeat(64)}","etag":"1","modified":null,"total":-1}`],
    ['of a wrong version', `{"of":"${'0'.repeat(64)}","etag":1,"modified":null,"total":null}`],
    ['of a wrong date', `{"of":"${'0'.repeat(64)}","etag":null,"modified":1,"total":null}`],
    ['of many bytes', `{"of":"${'0'.repeat(64)}","etag":"1","modified":null,"total":null}${' '.repeat(10_000)}`],
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
          // One that an earlier run could have left.
          const mine = `{"of":"${'0'.repeat(64)}","etag":"mine","modified":null,"total":null}`;
          writeFileSync(target ?? '', mine);
          if (bytes) writeFileSync(part ?? '', bytes);
          if (text === null) symlinkSync('target', record ?? '');
          else writeFileSync(record ?? '', text);
          const { code, stdout, stderr } = await save(folder, url, '--download');
          assert.deepEqual([code, stderr], [3, '']);
          assert.match(
            stdout,
            /\n {2}not saved {2}sora-2_a\.mp4\.part\.json is there, and not from here: take it away, or use --force\.\n$/,
          );
          assert.equal(readFileSync(record ?? '', 'utf8'), text ?? mine);
          assert.equal(existsSync(part ?? ''), bytes !== '');
          assert.equal((await save(folder, url, '--download', '--force')).code, 0);
          assert.deepEqual(readdirSync(folder).sort(), ['sora-2_a.mp4', 'target']);
          assert.equal(readFileSync(target ?? '', 'utf8'), mine);
          assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
        }
      },
    );
  }

  for (const [name, words, isGoneByForce] of /** @type {[string, string, boolean][]} */ ([
    ['sora-2_a.mp4.part.json', 'is there, and not from here: take it away, or use --force.', true],
    ['sora-2_a.mp4.part', 'is there, and is no file: take it away.', false],
  ])) {
    test(`a pipe at ${name} is told at once, not waited for`, { skip: process.platform === 'win32' }, async (t) => {
      const folder = folderOf(t);
      const { url } = await studio(t, whole);
      assert.equal(spawnSync('mkfifo', [join(folder, name)]).status, 0);
      const [call, forced] = [await save(folder, url, '--download'), await save(folder, url, '--download', '--force')];
      assert.deepEqual([call.code, call.stderr], [3, '']);
      assert.equal(call.stdout.split('\n').at(-2), `  not saved  ${name} ${words}`);
      assert.equal(forced.code, isGoneByForce ? 0 : 3);
      assert.deepEqual(readdirSync(folder), [isGoneByForce ? 'sora-2_a.mp4' : name]);
    });
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
      'a folder in the video’s place that nobody wants to overwrite',
      (folder) => mkdirSync(join(folder, 'sora-2_a.mp4')),
      ['--download'],
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

  test('a part into which somebody else writes is not taken for the video', async (t) => {
    const folder = folderOf(t);
    const { url } = await studio(t, (asked, count, res) => {
      res.writeHead(200, { ...VIDEO, 'content-length': FILM.length });
      res.write(FILM.subarray(0, 2000));
      setTimeout(() => {
        writeFileSync(join(folder, 'sora-2_a.mp4.part'), Buffer.alloc(6000));
        res.end(FILM.subarray(2000));
      }, 300);
    });
    const { code, stdout } = await save(folder, url, '--download');
    assert.equal(code, 3);
    const words = 'sora-2_a.mp4.part has changed meanwhile: is it being saved twice?';
    assert.equal(stdout.split('\n').at(-2), `  not saved  ${words}`);
    assert.equal(existsSync(join(folder, 'sora-2_a.mp4')), false);
  });

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
});
