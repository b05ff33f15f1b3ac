// @ts-check
/** The pieces of the live display whose every width can be gone through. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { packageDir } from './packed.js';

/** @param {string} name */
const part = (name) => import(pathToFileURL(join(packageDir, name)).href);
/** @type {typeof import('../../pkg/cli/bar.js')} */
const { bar, barLine } = await part('cli/bar.js');
/** @type {typeof import('../../pkg/cli/width.js')} */
const { clip, fit, width } = await part('cli/width.js');
/** @type {typeof import('../../pkg/ui/estimate.js')} */
const { Estimate } = await part('ui/estimate.js');
/** @type {typeof import('../../pkg/cli/times.js')} */
const { ago, clock, instant, span } = await part('cli/times.js');
/** @type {typeof import('../../pkg/ui/ending.js')} */
const { endingOf } = await part('ui/ending.js');
/** @type {typeof import('../../pkg/cli/names.js')} */
const { fileNames } = await part('cli/names.js');
/** @type {typeof import('../../pkg/cli/bytes.js')} */
const { byteCount } = await part('cli/bytes.js');
/** @type {typeof import('../../pkg/ui/percent.js')} */
const { percent } = await part('ui/percent.js');
/** @type {typeof import('../../pkg/cli/disk.js')} */
const { fromDisk } = await part('cli/disk.js');

test('a line never takes more columns than there are, and tells the most important first', () => {
  const line = {
    name: 'sora-2:任务-1',
    state: 'processing',
    share: 0.5,
    elapsed: '0:12',
    left: '~0:12 left',
    note: 'upscaling',
  };
  /** @param {number} columns @param {Partial<Omit<typeof line, 'share'> & { share: number | null }>} [more] @param {number} [nameWidth] */
  const at = (columns, more = {}, nameWidth = 13) =>
    barLine({ ...line, look: 'cyan', ...more }, { columns, nameWidth, blocks: false, paint: (_, text) => text });
  for (let columns = 0; columns <= 120; columns++) assert(width(at(columns)) <= columns, `${columns}: ${at(columns)}`);
  assert.equal(at(100), 'sora-2:任务-1  processing  ############------------   50 %   0:12  ~0:12 left  upscaling');
  assert.equal(at(79), 'sora-2:任务-1  processing  ############------------   50 %   0:12  ~0:12 left');
  assert.equal(at(60), 'sora-2:任务-1  processing  ####----   50 %   0:12');
  assert.equal(at(50), 'sora-2:任务-1  processing  ####----   50 %   0:12');
  const head = 'sora-2:任务-1  processing  ############------------   50 %   0:12  ~0:12 left';
  assert.equal(at(84, { note: '4 on' }), `${head}  4 on`);
  assert.equal(at(94, { note: 'upscaling all of the frames' }), `${head}  upscaling all …`);
  const long = { name: 'sora-2:a_long_name_of_a_task' };
  assert.equal(at(60, long, 28), 'sora-2:a_long_name_…  processing  ####----   50 %   0:12');
  assert.equal(at(18, { name: 'a:1', share: null }, 3), 'a:1 processing');
});

test('a bar is full only when all is done', () => {
  assert.equal(bar(0.999, 10, true), '█████████░');
  assert.equal(bar(1, 10, true), '██████████');
  assert.equal(bar(null, 4, false), '----');
});

test('percent are whole ones, and 100 only when all is done', () => {
  assert.deepEqual(
    Array.from({ length: 101 }, (_, index) => percent(index / 100)),
    Array.from({ length: 101 }, (_, index) => `${index} %`),
  );
  assert.deepEqual(
    [0.995, 0.9999, 1 - Number.EPSILON].map((share) => percent(share)),
    ['99 %', '99 %', '99 %'],
  );
});

test('text is measured as a terminal does', () => {
  assert.deepEqual(['abc', '任务', 'é', 'e\u0301', '🎬'].map(width), [3, 4, 1, 1, 2]);
  assert.deepEqual([clip('任务任务', 5), clip('abc', 3), clip('abc', 2), clip('abc', 0)], ['任务…', 'abc', 'a…', '']);
  assert.equal(fit('任务', 6), '任务  ');
});

test('what is left is estimated from how fast it grew while it was looked at', () => {
  const estimate = new Estimate();
  assert.equal(estimate.left(0), null);
  estimate.see(0.25, 1000);
  assert.equal(estimate.left(2000), null);
  estimate.see(0.5, 3000);
  assert.equal(estimate.left(3000), 4000);
  assert.equal(estimate.left(5000), 2000);
  estimate.see(0.5, 5000);
  assert.equal(estimate.left(5000), 2000);
  assert.equal(estimate.left(7001), null);
  // Begun anew.
  estimate.see(0.125, 9000);
  assert.equal(estimate.left(9000), null);
  estimate.see(0.25, 10_000);
  assert.equal(estimate.left(10_000), 6000);
});

test('spans and instants are told in two units, UTC, and survive nonsense', () => {
  assert.deepEqual([0, 999, 61_000, 3_600_000, 3_605_000, 90_061_000, -5000].map(span), [
    '0 s',
    '1 s',
    '1 min 1 s',
    '1 h',
    '1 h',
    '1 d 1 h',
    '0 s',
  ]);
  assert.deepEqual([0, 61_000, 3_723_000, -5000].map(clock), ['0:00', '1:01', '1:02:03', '0:00']);
  assert.deepEqual([ago(0, 5000), ago(5000, 0), ago(0, 10)], ['5 s ago', 'in 5 s', 'just now']);
  assert.deepEqual([instant(1_770_350_082_099), instant(1e300)], ['2026-02-06 03:54:42 UTC', '1e+300']);
});

test('file names from ids are safe, and different for different ids', () => {
  const ids = [
    'sora-2:task_1',
    '../../etc/passwd',
    '.hidden',
    '-rf',
    'nul',
    'a:b',
    'A/B',
    '任务',
    'x'.repeat(300),
    'con.mp4',
    'film.v1...',
  ];
  const names = [...fileNames(ids).values()];
  assert.deepEqual(names.slice(0, 5), ['sora-2_task_1', '_.._etc_passwd', 'hidden', 'rf', 'video_nul']);
  assert.match(names[5] ?? '', /^a_b-[0-9a-f]{8}$/);
  assert.match(names[6] ?? '', /^A_B-[0-9a-f]{8}$/);
  assert.deepEqual([names[7], names[8]?.length, ...names.slice(9)], ['_', 100, 'video_con.mp4', 'film.v1']);
  assert.equal(new Set(names.map((name) => name.toLowerCase())).size, ids.length);
});

test('the ending is that of the URL’s path, else mp4', () => {
  const urls = [
    'https://a/x.WEBM?y=.gif',
    'https://a/x?f=y.mov',
    'data:video/webm;base64,AA',
    'data:video/mp4,A',
    'data:Video/QuickTime,A',
    '',
    'https://a/x.exe',
  ];
  assert.deepEqual(urls.map(endingOf), ['.webm', '.mp4', '.webm', '.mp4', '.mov', '.mp4', '.mp4']);
});

test('bytes are counted in thousands', () => {
  assert.deepEqual([0, 999, 1000, 161_703, 999_949, 999_950, 5e12].map(byteCount), [
    '0 B',
    '999 B',
    '1.0 kB',
    '161.7 kB',
    '999.9 kB',
    '1.0 MB',
    '5.0 TB',
  ]);
});

test('what the disk refuses is a sentence that names the file, and any other error stays as it is', () => {
  const refused = (/** @type {object} */ more) =>
    fromDisk(Object.assign(new Error('EX: bad, do'), { syscall: 'do', ...more }), 'a.mp4.part').message;
  assert.equal(
    refused({ code: 'ENOSPC' }),
    'There is no room left for a.mp4.part: make room and try again, which goes on from there.',
  );
  assert.equal(
    refused({ code: 'EPERM', path: 'a.mp4.part', dest: 'a.mp4' }),
    'a.mp4 cannot be written, permission is missing: give --download a folder that is yours.',
  );
  assert.equal(refused({ code: 'EX' }), 'a.mp4.part cannot be written: EX: bad, do.');
  const other = new TypeError('terminated');
  assert.equal(fromDisk(other, 'a.mp4.part'), other);
});
