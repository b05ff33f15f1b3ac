// @ts-check
/** The practice relay: the films that it serves, whole and in ranges. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { BORN, practiceRelay } from './practice-relay.js';

const relay = practiceRelay();

describe('media', () => {
  const film = readFileSync(new URL('../../pkg/relay/media/dunes-720.mp4', import.meta.url));

  test('needs no key, has types, ETags and a lifetime', async () => {
    for (const [name, type] of [
      ['dunes-720.mp4', 'video/mp4'],
      ['dunes-360.mp4', 'video/mp4'],
      ['dunes.jpg', 'image/jpeg'],
      ['dunes.gif', 'image/gif'],
    ]) {
      const response = await fetch(`${relay.url}/media/${name}`);
      const bytes = Buffer.from(await response.arrayBuffer());
      assert.equal(response.status, 200);
      assert.deepEqual(
        ['content-type', 'cache-control', 'accept-ranges', 'access-control-allow-origin'].map((header) =>
          response.headers.get(header),
        ),
        [type, 'public, max-age=3600', 'bytes', '*'],
      );
      assert.deepEqual(bytes, readFileSync(new URL(`../../pkg/relay/media/${name}`, import.meta.url)));
      const again = await fetch(`${relay.url}/media/${name}`, {
        headers: { 'if-none-match': response.headers.get('etag') ?? '' },
      });
      assert.equal(again.status, 304);
    }
  });

  test('serves ranges from the start, the middle and the end, and refuses what lies behind it', async () => {
    const size = film.length;
    for (const [range, first, last] of [
      ['bytes=0-99', 0, 99],
      ['bytes=100-', 100, size - 1],
      ['bytes=-50', size - 50, size - 1],
      ['bytes=10-999999999', 10, size - 1],
    ]) {
      const response = await fetch(`${relay.url}/media/dunes-720.mp4`, { headers: { range: String(range) } });
      assert.equal(response.status, 206);
      assert.equal(response.headers.get('content-range'), `bytes ${first}-${last}/${size}`);
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), film.subarray(Number(first), Number(last) + 1));
    }
    const behind = await fetch(`${relay.url}/media/dunes-720.mp4`, { headers: { range: `bytes=${size}-` } });
    assert.deepEqual([behind.status, behind.headers.get('content-range')], [416, `bytes */${size}`]);
    /** @type {Record<string, string>[]} */
    const ignored = [{ range: 'bytes=9-1' }, { range: 'lines=1-2' }, { range: 'bytes=0-9', 'if-range': '"old"' }];
    for (const headers of ignored) {
      const whole = await fetch(`${relay.url}/media/dunes-720.mp4`, { headers });
      assert.deepEqual([whole.status, (await whole.arrayBuffer()).byteLength], [200, size]);
    }
  });

  test('of a completed task comes from its content path with the key, in ranges too, and not before', async () => {
    const path = '/v1/videos/sora-2:task_completes-c/content';
    relay.clock = BORN;
    const early = await relay.ask(path);
    assert.equal(early.status, 400);
    assert.equal((await early.json()).error.code, 'video_not_ready');
    relay.clock = BORN + 10_000;
    const whole = await relay.ask(path);
    assert.deepEqual([whole.status, whole.headers.get('content-type')], [200, 'video/mp4']);
    assert.deepEqual(Buffer.from(await whole.arrayBuffer()), film);
    const part = await relay.ask(path, { headers: { authorization: 'Bearer demo-key', range: 'bytes=4-7' } });
    assert.deepEqual([part.status, await part.text()], [206, 'ftyp']);
  });
});
