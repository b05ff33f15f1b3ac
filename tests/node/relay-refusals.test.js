// @ts-check
/** The practice relay: whom and what it refuses, who may ask, and which ids it forgets. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';
import { createRelay } from '../../pkg/relay/relay.js';
import { BORN, practiceRelay } from './practice-relay.js';

const relay = practiceRelay();
const REQUEST_ID = /^\d{17}[0-9a-f]{8}$/;

describe('refusals', () => {
  test('a missing or wrong key is 401 in the relays’ envelope, on every route', async () => {
    const paths = [
      '/v1/video/query?id=sora-2:fails',
      '/v1/videos/sora-2:fails',
      '/v1/videos/sora-2:fails/content',
      '/v1/video/generations/sora-2:fails',
      '/v1/videos/video_id?id=sora-2:fails',
    ];
    /** @type {Record<string, string>[]} */
    const strangers = [{}, { authorization: 'Bearer other' }, { authorization: 'demo-key' }];
    for (const path of paths) {
      for (const headers of strangers) {
        const response = await relay.ask(path, { headers });
        const requestId = response.headers.get('x-oneapi-request-id');
        assert.equal(response.status, 401);
        assert.match(requestId ?? '', REQUEST_ID);
        assert.deepEqual(await response.json(), {
          error: { message: `无效的令牌 (request id: ${requestId})`, type: 'new_api_error', code: '' },
        });
      }
    }
  });

  test('an unknown route is 404, with or without key', async () => {
    for (const [method, path] of [
      ['GET', '/v1/video'],
      ['POST', '/v1/videos'],
      ['GET', '/'],
      ['GET', '/media/../relay.js'],
    ]) {
      const response = await relay.rawGet(path, method);
      assert.equal(response.status, 404);
      assert.deepEqual(JSON.parse(response.text), {
        error: { message: `Invalid URL (${method} ${path})`, type: 'invalid_request_error', param: '', code: '' },
      });
    }
  });

  test('an unknown, empty, malformed or overlong id is 400 task_not_exist', async () => {
    const ids = ['sora-2:nothing', 'sora-2', 'kling:fails', `sora-2:fails-${'x'.repeat(128)}`, ''];
    const paths = [
      ...ids.map((id) => `/v1/video/query?id=${id}`),
      '/v1/video/query',
      '/v1/videos/%E0%A4%A',
      '/v1/videos/video_id',
    ];
    for (const path of paths) {
      const response = await relay.ask(path);
      assert.equal(response.status, 400, path);
      assert.match(response.headers.get('x-oneapi-request-id') ?? '', REQUEST_ID);
      assert.deepEqual(await response.json(), { code: 'task_not_exist', message: 'task_not_exist', data: null });
    }
  });

  test('a Host header that is no host is not repeated in URLs', async () => {
    await relay.unifiedAt('grok:task_completes-h', 10_000);
    const { text } = await relay.rawGet('/v1/video/query?id=grok:task_completes-h', 'GET', { host: 'evil"><script>' });
    assert.equal(JSON.parse(text).video_url, `http://localhost:${new URL(relay.url).port}/media/dunes-720.mp4`);
  });
});

test('pages of any origin may ask with a key and read request id and Retry-After', async () => {
  const preflight = await fetch(`${relay.url}/v1/video/query?id=sora-2:fails`, { method: 'OPTIONS' });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
  assert.equal(preflight.headers.get('access-control-allow-headers'), 'authorization, *');
  const refused = await fetch(`${relay.url}/v1/video/query?id=sora-2:fails`);
  assert.equal(refused.headers.get('access-control-allow-origin'), '*');
  assert.match(refused.headers.get('access-control-expose-headers') ?? '', /^x-oneapi-request-id, retry-after, /);
});

test('the ids asked for longest ago are forgotten first', async (t) => {
  let now = BORN;
  const small = createServer(createRelay({ now: () => now, lifeMs: 1000, maxIds: 2 })).listen(0, '127.0.0.1');
  await once(small, 'listening');
  t.after(() => small.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (small.address());
  /** @param {string} name */
  const status = async (name) => {
    const headers = { authorization: 'Bearer demo-key', connection: 'close' };
    return (
      await (await fetch(`http://127.0.0.1:${port}/v1/video/query?id=grok:task_completes-${name}`, { headers })).json()
    ).status;
  };
  await status('a');
  await status('b');
  now += 1000;
  assert.equal(await status('a'), 'completed');
  await status('c');
  assert.equal(await status('a'), 'completed');
  assert.equal(await status('b'), 'pending');
});
