// @ts-check
/** `vtq --download` at services that refuse, fail or fall silent: whole files or none. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { preloaded, vtq } from './command.js';
import { cut, FILM, folderOf, NOW, ranged, save, SLEEPLESS, studio, VIDEO, whole } from './film-studio.js';
import { json } from './service.js';

const SILENT = 'sora-2:a: No byte came for 0.3 s. Trying again.\n';

describe('vtq --download', () => {
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

  test('gives up too where each attempt begins anew and breaks off at the same byte', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await studio(t, (asked, count, res) => cut(res, 2000, {}));
    const { code, stdout } = await vtq(['sora-2:a', '--base-url', url, '--download'], { cwd: folder, env: SLEEPLESS });
    assert.equal(code, 3);
    assert.match(stdout, /not saved {2}The connection broke after 2000 bytes \(.+\)\.\n$/);
    assert.equal(requests.length, 1 + 1 + 5);
  });

  test('a gateway’s own errors pass', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await studio(t, (asked, count) => (count === 1 ? json({}, 522) : ranged(asked)));
    assert.equal((await save(folder, url, '--download')).code, 0);
    assert.equal(requests.length, 1 + 2);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });

  test('does not ask again before the service wants it, be that told as a date of its own clock', async (t) => {
    const folder = folderOf(t);
    const later = (/** @type {number} */ ms) => new Date(Date.parse(NOW) - 3_600_000 + ms).toUTCString();
    const { url } = await studio(t, (asked, count) =>
      count === 1 ? json({}, 429, { date: later(0), 'retry-after': later(30_000) }) : ranged(asked),
    );
    const call = ['sora-2:a', '--base-url', url, '--download'];
    const { code, stderr } = await vtq(call, { cwd: folder, env: SLEEPLESS });
    assert.equal(code, 0);
    assert.match(stderr, /^sora-2:a: .+ HTTP 429\. Trying again\.\nslept 30000 ms\n$/);
  });

  for (const [wish, pauseMs] of /** @type {[string, number][]} */ ([
    ['30', 30_000],
    ['3600', 60_000],
    ['0', 500],
    ['soon', 500],
    [new Date(Date.parse(NOW) + 20_000).toUTCString(), 20_000],
    [new Date(Date.parse(NOW) - 20_000).toUTCString(), 500],
  ])) {
    test(`waits ${pauseMs} ms where the service says ${wish}, a minute at most`, async (t) => {
      const { url } = await studio(t, (asked, count, res) => {
        res.sendDate = false;
        return count === 1 ? json({}, 503, { 'retry-after': wish }) : ranged(asked);
      });
      const call = ['sora-2:a', '--base-url', url, '--download'];
      const { code, stderr } = await vtq(call, { cwd: folderOf(t), env: SLEEPLESS });
      const words = 'sora-2:a: The video’s URL was answered with HTTP 503. Trying again.';
      assert.deepEqual([code, stderr], [0, `${words}\nslept ${pauseMs} ms\n`]);
    });
  }

  for (const [name, reply, words] of /** @type {[string, import('./service.js').Reply, RegExp][]} */ ([
    ['a service that does not support it', json({}, 501), /answered with HTTP 501\.\n$/],
    ['a URL that has expired', json({}, 403), /HTTP 403\. The URL may have expired: ask again for a new one\.\n$/],
    [
      'a page in place of a video',
      { headers: { 'content-type': 'text/html' }, body: '<html>' },
      /What was sent is no video but text\/html\.\n$/,
    ],
    [
      'a text of no kind',
      { headers: { 'content-type': 'text/; charset=x' }, body: 'x' },
      /What was sent is no video but text\.\n$/,
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

  test('what comes slowly is no silence', async (t) => {
    const folder = folderOf(t);
    const { url, requests } = await studio(t, async (asked, count, res) => {
      res.writeHead(200, { 'content-type': 'video/mp4', 'content-length': FILM.length });
      for (let at = 0; at < FILM.length; at += 500) {
        res.write(FILM.subarray(at, at + 500));
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      res.end();
    });
    const { code, stderr } = await save(folder, url, '--download', '--timeout-ms', '2000');
    assert.deepEqual([code, stderr, requests.length], [0, '', 2]);
  });

  test('a video may take for ever with --timeout-ms Infinity', async (t) => {
    const { url } = await studio(t, whole);
    const { code, stderr } = await save(folderOf(t), url, '--download', '--timeout-ms', 'Infinity');
    assert.deepEqual([code, stderr], [0, '']);
  });

  test('a video that is sent compressed all the same is saved whole', async (t) => {
    const folder = folderOf(t);
    const { url } = await studio(t, () => {
      const body = gzipSync(FILM);
      return { headers: { ...VIDEO, 'content-encoding': 'gzip', 'content-length': `${body.length}` }, body };
    });
    assert.equal((await save(folder, url, '--download')).code, 0);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });

  test('a service that falls silent is given up after --timeout-ms', async (t) => {
    const folder = folderOf(t);
    const { url } = await studio(t, (asked, count, res) => {
      if (count > 1) return ranged(asked);
      res.writeHead(200, { 'content-type': 'video/mp4', 'content-length': FILM.length, etag: '"1"' });
      res.write(FILM.subarray(0, 1000));
    });
    const { code, stderr } = await save(folder, url, '--download', '--timeout-ms', '300');
    assert.deepEqual([code, stderr], [0, SILENT]);
    assert.deepEqual(readFileSync(join(folder, 'sora-2_a.mp4')), FILM);
  });

  // Node lets go of a request's signal with the request.
  test('so is one that never answers, though memory was cleared meanwhile', async (t) => {
    const { url } = await studio(t, (asked, count) => (count > 1 ? ranged(asked) : undefined));
    const env = preloaded(`
      import { setFlagsFromString } from 'node:v8';
      import { runInNewContext } from 'node:vm';
      setFlagsFromString('--expose-gc');
      setInterval(runInNewContext('gc'), 50).unref();`);
    const args = ['sora-2:a', '--base-url', url, '--download', '--timeout-ms', '1000'];
    const { code, stderr } = await vtq(args, { cwd: folderOf(t), env });
    assert.deepEqual([code, stderr], [0, SILENT.replace('0.3', '1')]);
  });
});
