// @ts-check
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { failureOf, NOTHING_MORE, told } from './failure.js';
import { queryTask } from './packed.js';
import { json, serve, taskBody } from './service.js';

const ID = 'sora-2:task_1';
const STATUSES = [301, 302, 303, 307, 308];

/** @param {string} location @param {number} [status] @returns {import('./service.js').Reply} */
const leadsTo = (location, status = 302) => ({ status, headers: { location } });

/**
 * A service that leads to another one, and the other one.
 *
 * @param {import('node:test').TestContext} t
 * @param {number} [status]
 */
async function pair(t, status) {
  const other = await serve(t, () => taskBody());
  const service = await serve(t, () => leadsTo(`${other.url}/elsewhere?id=${ID}`, status));
  return { service, other };
}

describe('a redirection within the origin is followed with the key', () => {
  for (const status of STATUSES) {
    test(`${status}`, async (t) => {
      const service = await serve(t, ({ path }) => (path === '/new' ? taskBody() : leadsTo('/new?id=1', status)));
      assert.equal((await queryTask(ID, { apiKey: 'key-1', baseUrl: service.url })).status, 'queued');
      assert.deepEqual(
        service.requests.map(({ method, target, headers }) => [method, target, headers.authorization]),
        [
          ['GET', `/v1/video/query?id=${ID}`, 'Bearer key-1'],
          ['GET', '/new?id=1', 'Bearer key-1'],
        ],
      );
    });
  }

  test('over several steps', async (t) => {
    const service = await serve(t, ({ path }) => (path === '/c' ? taskBody() : leadsTo(path === '/b' ? '/c' : '/b')));
    assert.equal((await queryTask(ID, { apiKey: 'key-1', baseUrl: service.url })).status, 'queued');
    assert.deepEqual(
      service.requests.map(({ path }) => path),
      ['/v1/video/query', '/b', '/c'],
    );
  });
});

describe('a redirection to another origin is refused, and the other one is not asked', () => {
  for (const status of STATUSES) {
    test(`${status}, with a key`, async (t) => {
      const { service, other } = await pair(t, status);
      const error = await failureOf(queryTask(ID, { apiKey: 'key-1', baseUrl: service.url }));
      assert.deepEqual(told(error), { ...NOTHING_MORE, code: 'invalid_response', status, attempts: 1 });
      assert(error.message.includes(other.url), error.message);
      assert.match(error.message, /baseUrl/);
      assert.equal(other.requests.length, 0);
      assert.equal(service.requests.length, 1);
    });

    test(`${status}, with headers of the caller’s own, which may be as secret`, async (t) => {
      const { service, other } = await pair(t, status);
      await failureOf(queryTask(ID, { headers: { 'x-secret': 'of mine' }, baseUrl: service.url }));
      assert.equal(other.requests.length, 0);
    });
  }

  test('with a key from a function', async (t) => {
    const { service, other } = await pair(t);
    await failureOf(queryTask(ID, { apiKey: async () => 'key-1', baseUrl: service.url }));
    assert.equal(other.requests.length, 0);
  });

  test('at a later step', async (t) => {
    const other = await serve(t, () => taskBody());
    const service = await serve(t, ({ path }) => leadsTo(path === '/b' ? `${other.url}/c` : '/b'));
    await failureOf(queryTask(ID, { apiKey: 'key-1', baseUrl: service.url }));
    assert.deepEqual([service.requests.length, other.requests.length], [2, 0]);
  });

  test('to another name or scheme of the same machine', async (t) => {
    const { port } = new URL((await serve(t, () => taskBody())).url);
    for (const location of [
      `http://localhost:${port}/`,
      `https://127.0.0.1:${port}/`,
      'ftp://127.0.0.1/',
      'data:,{}',
    ]) {
      const service = await serve(t, () => leadsTo(location));
      const error = await failureOf(queryTask(ID, { apiKey: 'key-1', baseUrl: service.url }));
      assert.deepEqual([error.code, error.attempts], ['invalid_response', 1]);
    }
  });

  test('and the connection is let go, though its body has no end', { timeout: 10_000 }, async (t) => {
    let closed;
    const service = await serve(t, (_, res) => {
      closed = once(res, 'close');
      res.writeHead(302, { location: 'http://a.example/' });
      res.write('Moved to …');
    });
    await failureOf(queryTask(ID, { apiKey: 'key-1', baseUrl: service.url }));
    await Promise.race([closed, new Promise((_, no) => setTimeout(no, 4000, new Error('still open after 4 s')))]);
  });
});

describe('a redirection', () => {
  test('to another origin is followed where there is nothing secret to lose', async (t) => {
    const { service, other } = await pair(t);
    assert.equal((await queryTask(ID, { baseUrl: service.url })).status, 'queued');
    assert.equal(other.requests.length, 1);
  });

  test('that leads nowhere is an error that says so', async (t) => {
    for (const location of ['', 'javascript:alert(1)', 'http://[bad']) {
      const service = await serve(t, () => (location ? leadsTo(location) : { status: 302 }));
      const error = await failureOf(queryTask(ID, { apiKey: 'key-1', baseUrl: service.url }));
      assert.deepEqual([error.code, error.status, error.attempts], ['invalid_response', 302, 1]);
      assert.equal(error.message, 'The service redirects, but not to an address that can be asked: check baseUrl.');
    }
  });

  test('counts as a request, its answer as well', async (t) => {
    const service = await serve(t, ({ path }) => (path === '/b' ? json({}, 500) : leadsTo('/b')));
    const error = await failureOf(queryTask(ID, { apiKey: 'key-1', baseUrl: service.url, maxRetries: 1 }));
    assert.deepEqual([error.code, error.attempts, service.requests.length], ['server', 4, 4]);
  });

  test('in a circle ends', async (t) => {
    const service = await serve(t, ({ path }) => leadsTo(path === '/a' ? '/b' : '/a'));
    const error = await failureOf(queryTask(ID, { apiKey: 'key-1', baseUrl: service.url }));
    assert.equal(error.code, 'invalid_response');
    assert.match(error.message, /circle/);
    assert.deepEqual([error.status, error.attempts, service.requests.length], [302, 6, 6]);
  });

  test('in a circle ends without a key too', async (t) => {
    const service = await serve(t, ({ target }) => leadsTo(target));
    await failureOf(queryTask(ID, { baseUrl: service.url, maxRetries: 0 }));
    assert(service.requests.length <= 21, `${service.requests.length} requests`);
  });

  test('stays within timeoutMs as a whole', async (t) => {
    const service = await serve(t, ({ path }, res) => {
      setTimeout(() => res.writeHead(302, { location: path === '/a' ? '/b' : '/a' }).end(), 100);
    });
    const error = await failureOf(queryTask(ID, { apiKey: 'key-1', baseUrl: service.url, timeoutMs: 250 }));
    assert.equal(error.code, 'timeout');
  });
});
