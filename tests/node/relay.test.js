// @ts-check
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createRelay } from '../../pkg/relay/relay.js';

const BORN = 1_800_000_000_000;
const REQUEST_ID = /^\d{17}[0-9a-f]{8}$/;
let clock = BORN;
let base = '';
const server = createServer(createRelay({ now: () => clock, lifeMs: 10_000 }));

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});

/** @param {string} path @param {RequestInit} [init] */
const ask = (path, init) => fetch(base + path, { headers: { authorization: 'Bearer demo-key' }, ...init });
/** @param {string} id */
const unified = (id) => ask(`/v1/video/query?id=${encodeURIComponent(id)}`);
/** The body `age` ms after the id was first asked for. @param {string} path @param {number} age */
async function bodyAt(path, age) {
  clock = BORN;
  await (await ask(path)).arrayBuffer();
  clock = BORN + age;
  const response = await ask(path);
  assert.equal(response.status, 200);
  return response.json();
}
/** @param {string} id @param {number} age */
const unifiedAt = (id, age) => bodyAt(`/v1/video/query?id=${id}`, age);

describe('the unified form', () => {
  test('of Sora waits in a queue, works with progress_pct, completes with every rendition', async () => {
    const waiting = await unifiedAt('sora-2:task_completes-a', 0);
    assert.deepEqual(
      [waiting.id, waiting.status, waiting.status_update_time],
      ['sora-2:task_completes-a', 'pending', BORN],
    );
    assert.equal(waiting.detail.id, 'task_completes-a');
    const { pending_info: queue } = waiting.detail;
    assert.deepEqual(
      [
        queue.status,
        queue.progress_pct,
        queue.progress_pos_in_queue,
        queue.estimated_queue_wait_time,
        queue.failure_reason,
      ],
      ['queued', null, 3, 2, null],
    );
    assert.equal('video_url' in waiting, false);

    const working = await unifiedAt('sora-2:task_completes-a', 5750);
    assert.equal(working.status, 'pending');
    assert.equal(working.detail.pending_info.status, 'processing');
    assert.equal(working.detail.pending_info.progress_pct.toFixed(6), '0.500000');
    assert.equal(working.status_update_time, BORN + 5750);

    const done = await unifiedAt('sora-2:task_completes-a', 12_000);
    assert.deepEqual(
      [done.status, done.width, done.height, done.video_url, done.thumbnail_url, done.status_update_time],
      ['completed', 1280, 720, `${base}/media/dunes-720.mp4`, `${base}/media/dunes.jpg`, BORN + 10_000],
    );
    assert.equal(done.detail.gif_url, `${base}/media/dunes.gif`);
    assert.equal(done.detail.draft_info.created_at, BORN / 1000);
    assert.deepEqual(done.detail.draft_info.encodings, {
      md: { path: `${base}/media/dunes-360.mp4` },
      gif: { path: `${base}/media/dunes.gif` },
      source: { path: `${base}/media/dunes-720.mp4` },
      unfurl: null,
      source_wm: { path: `${base}/media/dunes-720.mp4` },
      thumbnail: { path: `${base}/media/dunes.jpg` },
    });
    assert.equal('error' in done, false);
  });

  test('of Veo makes the source first, then upscales it', async () => {
    const seen = [];
    for (const age of [0, 3000, 7000, 7800, 10_000]) {
      const body = await unifiedAt('veo3.1-fast:task_completes', age);
      seen.push([
        body.status,
        body.video_url,
        body.detail.running,
        body.detail.video_url,
        body.detail.upsample_video_url,
      ]);
    }
    const source = `${base}/media/dunes-360.mp4`;
    const upscaled = `${base}/media/dunes-720.mp4`;
    assert.deepEqual(seen, [
      ['pending', null, true, undefined, undefined],
      ['video_generating', null, true, undefined, undefined],
      ['video_generation_completed', null, true, source, undefined],
      ['video_upsampling', null, true, source, undefined],
      ['completed', upscaled, false, source, upscaled],
    ]);
    const done = await unifiedAt('veo3.1-fast:task_completes', 10_000);
    assert.deepEqual([done.detail.created_at, done.detail.completed_at], [BORN, BORN + 10_000]);
    assert.equal(done.detail.req.enable_upsample, true);
    assert.equal(done.detail.error_message, undefined);
  });

  test('of Grok is flat and answers with an id of its own, always the same', async () => {
    const [first, done] = [await unifiedAt('grok:task_completes', 0), await unifiedAt('grok:task_completes', 10_000)];
    assert.match(first.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(Object.keys(first), ['id', 'status', 'video_url', 'enhanced_prompt', 'status_update_time']);
    assert.deepEqual([first.status, first.video_url, first.status_update_time], ['pending', null, BORN]);
    assert.deepEqual([done.id, done.status, done.video_url], [first.id, 'completed', `${base}/media/dunes-720.mp4`]);
    assert.equal((await unifiedAt('grok:task_completes', 5000)).status, 'processing');
  });

  test('is what 22codex’s route answers too, for the same life', async () => {
    clock = BORN;
    await (await unified('sora-2:task_completes-22')).json();
    clock = BORN + 10_000;
    const body = await (await ask('/v1/videos/video_id?id=sora-2:task_completes-22')).json();
    assert.deepEqual(body, await (await unified('sora-2:task_completes-22')).json());
    assert.equal(body.status, 'completed');
  });
});

describe('what the names promise', () => {
  test('fails: a reason where each form carries it, and the instant it ended at', async () => {
    const reason = 'The model stopped half way and returned no frames';
    const sora = await unifiedAt('sora-2:fails', 20_000);
    assert.deepEqual(
      [
        sora.status,
        sora.error,
        sora.detail.pending_info.failure_reason,
        sora.detail.pending_info.moderation_result.type,
      ],
      ['failed', reason, reason, 'passed'],
    );
    assert.equal(sora.status_update_time, BORN + 6000);
    const veo = await unifiedAt('veo3.1-fast:fails', 20_000);
    assert.deepEqual(
      [veo.status, veo.error, veo.detail.status, veo.detail.error_message, veo.detail.video_generation_error],
      ['failed', { code: 'generation_failed', message: reason }, 'video_generation_failed', reason, reason],
    );
    const grok = await unifiedAt('grok:fails', 20_000);
    assert.deepEqual([grok.status, grok.error.message, grok.video_url], ['failed', reason, null]);
    assert.equal((await unifiedAt('grok:fails-later', 5900)).status, 'processing');
  });

  test('moderated: the filter’s verdict', async () => {
    const sora = await unifiedAt('sora-2:moderated', 4000);
    assert.equal(sora.status, 'failed');
    assert.deepEqual(
      [sora.detail.pending_info.moderation_result.type, sora.detail.pending_info.moderation_result.code],
      ['content_violation', 'content_policy_violation'],
    );
    assert.equal((await unifiedAt('veo3.1-fast:moderated', 4000)).error.code, 'content_policy_violation');
    assert.equal((await unifiedAt('grok:moderated', 3900)).status, 'processing');
  });

  test('recovers: completed, with the error of an earlier try still in the body', async () => {
    const veo = await unifiedAt('veo3.1-fast:recovers', 10_000);
    assert.deepEqual([veo.status, veo.detail.retry_count, veo.error], ['completed', 2, undefined]);
    assert.match(veo.detail.error_message, /^\[503\] /);
    assert.match((await unifiedAt('sora-2:recovers', 10_000)).error, /^\[503\] /);
    assert.equal((await unifiedAt('grok:recovers', 0)).error, undefined);
  });

  test('slow takes 7.5 lives, never_ends stops at 0.9', async () => {
    assert.equal((await unifiedAt('sora-2:slow', 74_999)).status, 'pending');
    assert.equal((await unifiedAt('sora-2:slow', 75_000)).status, 'completed');
    const stuck = await unifiedAt('sora-2:never_ends', 1e9);
    assert.deepEqual([stuck.status, stuck.detail.pending_info.progress_pct], ['pending', 0.9]);
    assert.equal(stuck.status_update_time, BORN + 9150);
    assert.equal((await unifiedAt('veo3.1-fast:never_ends', 1e9)).status, 'video_generating');
  });

  test('rate_limited: 429 with Retry-After and the service’s words; silent: neither', async () => {
    const loud = await unified('veo3.1-fast:rate_limited');
    assert.deepEqual([loud.status, loud.headers.get('retry-after')], [429, '1']);
    const requestId = loud.headers.get('x-oneapi-request-id');
    assert.deepEqual(await loud.json(), {
      error: {
        message: `当前分组上游负载已饱和，请稍后再试 (request id: ${requestId})`,
        type: 'new_api_error',
        code: '',
      },
    });
    const silent = await unified('veo3.1-fast:rate_limited_silent-1');
    assert.deepEqual([silent.status, silent.headers.get('retry-after'), await silent.text()], [429, null, '']);
  });

  test('errors_twice: 500, 500, then the task, one count for each id', async () => {
    clock = BORN;
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await unified('grok:errors_twice-x')).status);
    assert.deepEqual(statuses, [500, 500, 200, 200]);
    assert.equal((await unified('grok:errors_twice-y')).status, 500);
  });

  test('bad_gateway: a proxy’s page, which repeats nothing of the request', async () => {
    const response = await unified('sora-2:bad_gateway-<script>');
    assert.deepEqual([response.status, response.headers.get('content-type')], [502, 'text/html']);
    const html = await response.text();
    assert.match(html, /^<html>\r\n<head><title>502 Bad Gateway<\/title>/);
    assert.doesNotMatch(html, /script/);
  });

  test('cut_off: half of the declared length, then the line drops', async () => {
    const response = await unified('sora-2:cut_off');
    assert.equal(response.status, 200);
    await assert.rejects(response.text(), { message: 'terminated' });
    const { declared, received } = await rawGet('/v1/video/query?id=sora-2:cut_off');
    assert.equal(received, Math.floor(declared / 2));
  });

  test('truncated_json: a complete answer that is no JSON; empty_202: none at all', async () => {
    const broken = await unified('sora-2:truncated_json');
    assert.equal(broken.status, 200);
    const text = await broken.text();
    assert.match(text, /^\{"id":"sora-2:truncated_json",/);
    assert.throws(() => JSON.parse(text), SyntaxError);
    const empty = await unified('grok:empty_202');
    assert.deepEqual([empty.status, empty.headers.get('content-type'), await empty.text()], [202, null, '']);
  });
});

test('the OpenAI form: whole per cents and seconds, an error object, no URL', async () => {
  const path = '/v1/videos/sora-2%3Atask_completes-o';
  const common = {
    id: 'sora-2:task_completes-o',
    object: 'video',
    model: 'sora-2',
    prompt: 'Dunes under a low sun',
    created_at: BORN / 1000,
    expires_at: null,
    seconds: '4',
    size: '1280x720',
    remixed_from_video_id: null,
    error: null,
  };
  assert.deepEqual(await bodyAt(path, 0), { ...common, status: 'queued', progress: 0, completed_at: null });
  assert.deepEqual(await bodyAt(path, 5760), { ...common, status: 'in_progress', progress: 50, completed_at: null });
  assert.deepEqual(await bodyAt(path, 10_000), {
    ...common,
    status: 'completed',
    progress: 100,
    completed_at: BORN / 1000 + 10,
  });
  const failed = await bodyAt('/v1/videos/veo3.1-fast:moderated-o', 10_000);
  assert.deepEqual(
    [failed.status, failed.model, failed.completed_at, failed.error.code],
    ['failed', 'veo3.1-fast', null, 'moderation_blocked'],
  );
});

test('new-api’s task form: capitals, progress as text, the reason in result_url', async () => {
  const path = '/v1/video/generations/grok:task_completes-n';
  const { data: queued, ...envelope } = await bodyAt(path, 0);
  assert.deepEqual(envelope, { code: 'success', message: '' });
  assert.deepEqual(
    [queued.task_id, queued.status, queued.progress, queued.start_time, queued.finish_time],
    ['grok:task_completes-n', 'QUEUED', '0%', 0, 0],
  );
  const { data: working } = await bodyAt(path, 5760);
  assert.deepEqual([working.status, working.progress, working.result_url], ['IN_PROGRESS', '50%', '']);
  const { data: done } = await bodyAt(path, 10_000);
  assert.deepEqual(
    [done.status, done.progress, done.fail_reason, done.result_url],
    ['SUCCESS', '100%', '', `${base}/media/dunes-720.mp4`],
  );
  assert.deepEqual(
    [done.submit_time, done.start_time, done.finish_time],
    [BORN / 1000, BORN / 1000 + 1, BORN / 1000 + 10],
  );
  const { data: failed } = await bodyAt('/v1/video/generations/grok:fails-n', 10_000);
  assert.deepEqual([failed.status, failed.progress, failed.result_url], ['FAILURE', '100%', failed.fail_reason]);
});

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
        const response = await ask(path, { headers });
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
      const response = await rawGet(path, method);
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
      const response = await ask(path);
      assert.equal(response.status, 400, path);
      assert.match(response.headers.get('x-oneapi-request-id') ?? '', REQUEST_ID);
      assert.deepEqual(await response.json(), { code: 'task_not_exist', message: 'task_not_exist', data: null });
    }
  });

  test('a Host header that is no host is not repeated in URLs', async () => {
    await unifiedAt('grok:task_completes-h', 10_000);
    const { text } = await rawGet('/v1/video/query?id=grok:task_completes-h', 'GET', { host: 'evil"><script>' });
    assert.equal(JSON.parse(text).video_url, `http://localhost:${new URL(base).port}/media/dunes-720.mp4`);
  });
});

describe('media', () => {
  const film = readFileSync(new URL('../../pkg/relay/media/dunes-720.mp4', import.meta.url));

  test('needs no key, has types, ETags and a lifetime', async () => {
    for (const [name, type] of [
      ['dunes-720.mp4', 'video/mp4'],
      ['dunes-360.mp4', 'video/mp4'],
      ['dunes.jpg', 'image/jpeg'],
      ['dunes.gif', 'image/gif'],
    ]) {
      const response = await fetch(`${base}/media/${name}`);
      const bytes = Buffer.from(await response.arrayBuffer());
      assert.equal(response.status, 200);
      assert.deepEqual(
        ['content-type', 'cache-control', 'accept-ranges', 'access-control-allow-origin'].map((header) =>
          response.headers.get(header),
        ),
        [type, 'public, max-age=3600', 'bytes', '*'],
      );
      assert.deepEqual(bytes, readFileSync(new URL(`../../pkg/relay/media/${name}`, import.meta.url)));
      const again = await fetch(`${base}/media/${name}`, {
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
      const response = await fetch(`${base}/media/dunes-720.mp4`, { headers: { range: String(range) } });
      assert.equal(response.status, 206);
      assert.equal(response.headers.get('content-range'), `bytes ${first}-${last}/${size}`);
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), film.subarray(Number(first), Number(last) + 1));
    }
    const behind = await fetch(`${base}/media/dunes-720.mp4`, { headers: { range: `bytes=${size}-` } });
    assert.deepEqual([behind.status, behind.headers.get('content-range')], [416, `bytes */${size}`]);
    /** @type {Record<string, string>[]} */
    const ignored = [{ range: 'bytes=9-1' }, { range: 'lines=1-2' }, { range: 'bytes=0-9', 'if-range': '"old"' }];
    for (const headers of ignored) {
      const whole = await fetch(`${base}/media/dunes-720.mp4`, { headers });
      assert.deepEqual([whole.status, (await whole.arrayBuffer()).byteLength], [200, size]);
    }
  });

  test('of a completed task comes from its content path with the key, in ranges too, and not before', async () => {
    const path = '/v1/videos/sora-2:task_completes-c/content';
    clock = BORN;
    const early = await ask(path);
    assert.equal(early.status, 400);
    assert.equal((await early.json()).error.code, 'video_not_ready');
    clock = BORN + 10_000;
    const whole = await ask(path);
    assert.deepEqual([whole.status, whole.headers.get('content-type')], [200, 'video/mp4']);
    assert.deepEqual(Buffer.from(await whole.arrayBuffer()), film);
    const part = await ask(path, { headers: { authorization: 'Bearer demo-key', range: 'bytes=4-7' } });
    assert.deepEqual([part.status, await part.text()], [206, 'ftyp']);
  });
});

test('pages of any origin may ask with a key and read request id and Retry-After', async () => {
  const preflight = await fetch(`${base}/v1/video/query?id=sora-2:fails`, { method: 'OPTIONS' });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
  assert.equal(preflight.headers.get('access-control-allow-headers'), 'authorization, *');
  const refused = await fetch(`${base}/v1/video/query?id=sora-2:fails`);
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

describe('npm run relay', () => {
  const main = fileURLToPath(new URL('../../pkg/relay/main.js', import.meta.url));

  test('prints address, key, ids and a curl line, takes a free port if it must, ends on Ctrl-C', async () => {
    const taken = new URL(base).port;
    const child = spawn(process.execPath, [main], { env: { ...process.env, PORT: taken } });
    let out = '';
    for await (const chunk of child.stdout) {
      out += chunk;
      if (out.includes('Ctrl-C ends it.')) break;
    }
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(out)?.[1];
    assert.notEqual(port, taken);
    assert.equal(out.split('\n', 1)[0], `Port ${taken} is taken.`);
    assert.match(out, /Key +demo-key/);
    assert.match(out, /^ {2}never_ends +gets to 90 % and stays there$/m);
    assert.match(
      out,
      new RegExp(
        `curl -H 'Authorization: Bearer demo-key' 'http://127.0.0.1:${port}/v1/video/query\\?id=sora-2:task_completes'`,
      ),
    );
    assert.equal((await fetch(`http://127.0.0.1:${port}/v1/videos/x`)).status, 401);
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  for (const port of ['http', '0x50', '1e3', '-1', '65536', ' ']) {
    test(`says in a sentence that PORT is no port: "${port}"`, async () => {
      assert.equal(
        await refused([], { PORT: port }),
        `The practice relay could not start: PORT is "${port}"; it must be a whole number from 0 to 65535.\n`,
      );
    });
  }

  test('refuses words that it does not know', async () => {
    assert.equal(
      await refused(['-h', '--port=9000']),
      'The practice relay could not start: "--port=9000" is not understood; known are --help and -h.\n',
    );
  });

  /** What it says before it ends. @param {string[]} words @param {Record<string, string>} [env] */
  async function refused(words, env) {
    const child = spawn(process.execPath, [main, ...words], { env: { ...process.env, ...env } });
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    assert.deepEqual(await once(child, 'close'), [1, null]);
    return err;
  }
});

/**
 * A request as typed: `fetch` would tidy the path and refuse the headers.
 * @param {string} path @param {string} [method] @param {Record<string, string>} [headers]
 * @returns {Promise<{ status: number | undefined, declared: number, received: number, text: string }>}
 */
function rawGet(path, method = 'GET', headers = {}) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const req = request(
      { hostname, port, path, method, headers: { authorization: 'Bearer demo-key', ...headers } },
      (res) => {
        /** @type {Buffer[]} */
        const chunks = [];
        const done = () => {
          const bytes = Buffer.concat(chunks);
          resolve({
            status: res.statusCode,
            declared: Number(res.headers['content-length']),
            received: bytes.length,
            text: bytes.toString(),
          });
        };
        res.on('data', (chunk) => chunks.push(chunk));
        res.on('error', done);
        res.on('end', done);
      },
    );
    req.on('error', reject);
    req.end();
  });
}
