// @ts-check
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureOf } from './failure.js';
import { createClient, queryTask } from './packed.js';
import { json, serve, taskBody } from './service.js';

const ID = 'sora-2:task_1';
const ROUTES = ['/v1/video/query', `/v1/videos/${ID}`, `/v1/video/generations/${ID}`];

/**
 * How services say that they have no such route.
 *
 * @type {Record<string, (path: string) => import('./service.js').Reply>}
 */
const MISSING = {
  'new-api': (path) =>
    json({ error: { message: `Invalid URL (GET ${path})`, type: 'invalid_request_error', code: '' } }, 404),
  Go: () => ({ status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found\n' }),
  FastAPI: () => json({ detail: 'Not Found' }, 404),
  Express: (path) => ({
    status: 404,
    headers: { 'content-type': 'text/html' },
    body: `<!DOCTYPE html>\n<html><body>\n<pre>Cannot GET ${path}</pre>\n</body></html>\n`,
  }),
  'a proxy with a page': () => ({
    status: 404,
    headers: { 'content-type': 'text/html' },
    body: '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>nginx</body>\r\n</html>\r\n',
  }),
  'a service that allows only POST there': () => json({ detail: 'Method Not Allowed' }, 405, { allow: 'POST' }),
  'a service that says no more than 405': () => ({ status: 405 }),
};

/** Answers that are no missing route. @type {Record<string, import('./service.js').Reply>} */
const OTHERWISE = {
  400: json({ error: { message: 'id is malformed' } }, 400),
  401: json({ error: { message: '无效的令牌', type: 'new_api_error' } }, 401),
  402: json({ error: { message: 'Insufficient credits' } }, 402),
  403: json({ error: { message: 'not for you' } }, 403),
  429: json({ error: { message: '请求数限制' } }, 429),
  500: json({ error: { message: 'oops' } }, 500),
  '200 with a page': { headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><title>Sign in</title>' },
  'a missing task, 404': json({ error: { message: `Video with id '${ID}' not found.`, code: 'video_not_found' } }, 404),
  'a missing task, 400': json({ code: 'task_not_exist', message: 'task_not_exist', data: null }, 400),
  'a 404 that does not say what is missing': { status: 404 },
};

/**
 * A service that has these routes of the three, and says of the others that they are missing.
 *
 * @param {import('node:test').TestContext} t
 * @param {Set<string>} has
 * @param {(path: string) => import('./service.js').Reply} [missing]
 */
function serveRoutes(t, has, missing = MISSING['new-api']) {
  return serve(t, ({ path }) => (has.has(path) ? taskBody() : missing(path)));
}

/** @param {import('./service.js').Service} service */
const paths = ({ requests }) => requests.map(({ path }) => path);

describe('without an endpoint', { concurrency: true }, () => {
  test('the unified route is asked, and no other if it is there', async (t) => {
    const service = await serveRoutes(t, new Set(ROUTES));
    await createClient({ baseUrl: service.url }).queryTask(ID);
    assert.deepEqual(paths(service), ROUTES.slice(0, 1));
  });

  for (const [who, missing] of Object.entries(MISSING)) {
    test(`the next route is asked when the one before is missing: ${who}`, async (t) => {
      for (const count of [2, 3]) {
        const service = await serveRoutes(t, new Set(ROUTES.slice(count - 1)), missing);
        const task = await createClient({ baseUrl: service.url }).queryTask(ID, { endpoint: 'auto' });
        assert.equal(task.status, 'queued');
        assert.deepEqual(paths(service), ROUTES.slice(0, count));
      }
    });
  }

  for (const [what, reply] of Object.entries(OTHERWISE)) {
    test(`the next route is not asked after ${what}`, async (t) => {
      const service = await serve(t, ({ path }) => (path === ROUTES[0] ? reply : taskBody()));
      await failureOf(createClient({ baseUrl: service.url, maxRetries: 0 }).queryTask(ID));
      assert.deepEqual(paths(service), ROUTES.slice(0, 1));
    });
  }

  test('the error of a later route is the one that counts', async (t) => {
    const service = await serve(t, ({ path }) =>
      path === ROUTES[0] ? MISSING.Go(path) : json({ error: { message: 'not for you' } }, 403),
    );
    const error = await failureOf(createClient({ baseUrl: service.url }).queryTask(ID));
    assert.deepEqual([error.code, error.status, error.attempts], ['permission', 403, 2]);
  });

  test('all routes missing is not_found, says so, and names what was asked', async (t) => {
    const service = await serveRoutes(t, new Set());
    const baseUrl = `${service.url}/nothing`;
    const error = await failureOf(createClient({ baseUrl }).queryTask(ID));
    assert.deepEqual([error.code, error.status, error.missing, error.attempts], ['not_found', 404, 'route', 3]);
    assert.deepEqual(
      paths(service),
      ROUTES.map((route) => `/nothing${route}`),
    );
    assert.match(error.message, /none of the routes/);
    for (const part of ['/v1/video/query', '/v1/videos/', '/v1/video/generations/', `(${baseUrl})`, 'endpoint']) {
      assert(error.message.includes(part), error.message);
    }
  });

  test('a given endpoint is the only one asked', async (t) => {
    const service = await serveRoutes(t, new Set(ROUTES.slice(1)));
    const error = await failureOf(createClient({ baseUrl: service.url }).queryTask(ID, { endpoint: 'unified' }));
    assert.deepEqual([error.code, error.missing, error.attempts], ['not_found', 'route', 1]);
    assert.match(error.message, /^The service has no such route: check baseUrl, or try another endpoint \(HTTP 404\)/);
    assert.deepEqual(paths(service), ROUTES.slice(0, 1));
  });
});

describe('the route that a service has', { concurrency: true }, () => {
  test('is remembered by the client, for that service', async (t) => {
    const one = await serveRoutes(t, new Set(ROUTES.slice(2)));
    const other = await serveRoutes(t, new Set(ROUTES.slice(1, 2)));
    const client = createClient();
    for (const service of [one, other, one, other]) await client.queryTask(ID, { baseUrl: service.url });
    assert.deepEqual(paths(one), [...ROUTES, ROUTES[2]]);
    assert.deepEqual(paths(other), [ROUTES[0], ROUTES[1], ROUTES[1]]);
  });

  test('is remembered by queryTask itself', async (t) => {
    const service = await serveRoutes(t, new Set(ROUTES.slice(1)));
    await queryTask(ID, { baseUrl: service.url });
    await queryTask(ID, { baseUrl: service.url });
    assert.deepEqual(paths(service), [ROUTES[0], ROUTES[1], ROUTES[1]]);
  });

  test('is not known to another client', async (t) => {
    const service = await serveRoutes(t, new Set(ROUTES.slice(1)));
    for (const client of [createClient(), createClient()]) await client.queryTask(ID, { baseUrl: service.url });
    assert.deepEqual(paths(service), [ROUTES[0], ROUTES[1], ROUTES[0], ROUTES[1]]);
  });

  test('is remembered even when it did not know the task', async (t) => {
    const service = await serve(t, ({ path }) =>
      path === ROUTES[1] ? OTHERWISE['a missing task, 404'] : MISSING.Go(path),
    );
    const client = createClient({ baseUrl: service.url });
    for (const attempts of [2, 1]) {
      const error = await failureOf(client.queryTask(ID));
      assert.deepEqual([error.code, error.missing, error.attempts], ['not_found', 'task', attempts]);
    }
    assert.deepEqual(paths(service), [ROUTES[0], ROUTES[1], ROUTES[1]]);
  });

  test('is looked for anew when it goes', async (t) => {
    const has = new Set(ROUTES.slice(1, 2));
    const service = await serveRoutes(t, has);
    const client = createClient({ baseUrl: service.url });
    await client.queryTask(ID);
    has.clear();
    has.add(ROUTES[0]);
    assert.equal((await client.queryTask(ID)).status, 'queued');
    await client.queryTask(ID);
    assert.deepEqual(paths(service), [ROUTES[0], ROUTES[1], ROUTES[1], ROUTES[0], ROUTES[0]]);
  });

  test('does not change what a given endpoint asks', async (t) => {
    const service = await serveRoutes(t, new Set(ROUTES.slice(1)));
    const client = createClient({ baseUrl: service.url });
    await client.queryTask(ID);
    await client.queryTask(ID, { endpoint: 'generations' });
    await client.queryTask(ID);
    assert.deepEqual(paths(service), [ROUTES[0], ROUTES[1], ROUTES[2], ROUTES[1]]);
  });
});
