// @ts-check
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { runModule } from './child.js';
import { failureOf, NOTHING_MORE, told } from './failure.js';
import { queryTask } from './packed.js';
import { serve } from './service.js';

const ID = 'sora-2:task_1';
const TOO_LARGE = { ...NOTHING_MORE, code: 'invalid_response', status: 200, attempts: 1 };

/** A task's body of this many bytes. @param {number} bytes */
function bodyOf(bytes) {
  const start = JSON.stringify({ id: ID, status: 'queued' });
  return start.padEnd(bytes, ' ');
}

/** @type {Record<string, (body: string) => import('./service.js').Answer>} */
const WAYS = {
  'with Content-Length': (body) => () => ({ body, headers: { 'content-length': String(body.length) } }),
  'without Content-Length': (body) => (_, res) => {
    res.writeHead(200, { 'content-type': 'application/json' });
    for (let at = 0; at < body.length; at += 1000) res.write(body.slice(at, at + 1000));
    res.end();
  },
  compressed: (body) => () => ({ body: gzipSync(body), headers: { 'content-encoding': 'gzip' } }),
};

describe('maxBodyBytes', { concurrency: true }, () => {
  for (const [way, answer] of Object.entries(WAYS)) {
    test(`lets a body of exactly that size through, ${way}`, async (t) => {
      const service = await serve(t, answer(bodyOf(5000)));
      assert.equal((await queryTask(ID, { baseUrl: service.url, maxBodyBytes: 5000 })).status, 'queued');
    });

    test(`refuses a body of one byte more, once, ${way}`, async (t) => {
      const service = await serve(t, answer(bodyOf(5001)));
      const error = await failureOf(queryTask(ID, { baseUrl: service.url, maxBodyBytes: 5000 }));
      assert.deepEqual(told(error), TOO_LARGE);
      assert.match(error.message, /maxBodyBytes, 5000 bytes/);
      assert.equal(service.requests.length, 1);
    });
  }

  test('counts while the body streams in: one without an end is given up, and its connection closed', async (t) => {
    let closed;
    const service = await serve(t, (_, res) => {
      closed = once(res, 'close');
      const more = () => res.write(' '.repeat(1000)) && setImmediate(more);
      res.on('drain', more);
      more();
    });
    const error = await failureOf(queryTask(ID, { baseUrl: service.url, maxBodyBytes: 5000 }));
    assert.deepEqual(told(error), TOO_LARGE);
    await closed;
  });

  test('counts what a stream of Node’s gives as well, as the body of node-fetch is one', async (t) => {
    let closed;
    const service = await serve(t, (_, res) => {
      closed = once(res, 'close');
      // More does not come.
      res.write(bodyOf(5001));
    });
    /** @type {any} */
    const fetch = async (/** @type {string} */ url) => {
      const [body] = await once(get(url), 'response');
      return { status: body.statusCode, headers: new Headers(), body, arrayBuffer: () => new Promise(() => {}) };
    };
    const error = await failureOf(queryTask(ID, { baseUrl: service.url, maxBodyBytes: 5000, fetch }));
    assert.deepEqual(told(error), TOO_LARGE);
    await closed;
  });

  test('counts what a small compressed body becomes', async (t) => {
    const service = await serve(t, WAYS.compressed(bodyOf(2_000_000)));
    assert(gzipSync(bodyOf(2_000_000)).length < 5000);
    const error = await failureOf(queryTask(ID, { baseUrl: service.url, maxBodyBytes: 1_000_000 }));
    assert.deepEqual(told(error), TOO_LARGE);
  });

  test('holds for a body that comes whole', async () => {
    const arrayBuffer = async () => new TextEncoder().encode(bodyOf(5001)).buffer;
    const fetch = /** @type {any} */ (async () => ({ status: 200, headers: new Headers(), arrayBuffer }));
    assert.deepEqual(told(await failureOf(queryTask(ID, { fetch, maxBodyBytes: 5000 }))), TOO_LARGE);
    assert.equal((await queryTask(ID, { fetch, maxBodyBytes: 5001 })).status, 'queued');
  });

  test('holds for error answers too', async (t) => {
    const service = await serve(t, () => ({ status: 400, body: bodyOf(5001) }));
    const error = await failureOf(queryTask(ID, { baseUrl: service.url, maxBodyBytes: 5000 }));
    assert.equal(error.status, 400);
    assert.equal(service.requests.length, 1);
  });

  test('is 32 MiB where none is given', async (t) => {
    const size = 32 * 1024 * 1024;
    const service = await serve(t, ({ query }) => ({ body: bodyOf(size + (query.get('id') === 'more' ? 1 : 0)) }));
    assert.equal((await queryTask('exact', { baseUrl: service.url })).status, 'queued');
    assert.match(
      (await failureOf(queryTask('more', { baseUrl: service.url }))).message,
      /maxBodyBytes, 33554432 bytes/,
    );
  });
});

test('a body that comes byte by byte takes no more memory than one that comes at once', async () => {
  // As many pieces as would not fit if each were kept.
  const { code, stdout, stderr } = await runModule(
    `const { queryTask } = await import(process.env.PACKAGE);
    const text = new TextEncoder().encode(JSON.stringify({ id: '${ID}', status: 'queued', prompt: 'x'.repeat(300_000) }));
    let at = 0;
    const pull = (controller) => (at === text.length ? controller.close() : controller.enqueue(text.slice(at, ++at)));
    const fetch = async () => new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
    console.log((await queryTask('${ID}', { fetch })).prompt.length);`,
    { args: ['--max-old-space-size=24'] },
  );
  assert.deepEqual([code, stdout, stderr], [0, '300000\n', '']);
});

describe('a body in pieces is whole', () => {
  const body = JSON.stringify({ id: ID, status: 'queued', prompt: 'x'.repeat(5000) });
  const length = body.length;
  for (const announced of [
    '',
    String(length),
    '1',
    String(length - 1),
    String(length * 3),
    '4294967296',
    '-1',
    'many',
  ]) {
    test(`with ${announced === '' ? 'nothing said of' : announced} bytes announced`, async () => {
      const fetch = /** @type {any} */ (
        async () => {
          const pieces = body.match(/.{1,700}/gs)?.map((piece) => new TextEncoder().encode(piece)) ?? [];
          const stream = new ReadableStream({
            start: (all) => (pieces.forEach((piece) => all.enqueue(piece)), all.close()),
          });
          return new Response(stream, announced === '' ? {} : { headers: { 'content-length': announced } });
        }
      );
      const task = await queryTask(ID, { fetch });
      assert.equal(task.prompt?.length, 5000);
      assert.deepEqual(task.raw, JSON.parse(body));
    });
  }
});
