// @ts-check
/** HTTP servers on loopback that play a service and write down what they are asked. */
import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * @typedef {object} Asked
 * @property {string} method
 * @property {string} target path and query as they were sent
 * @property {string} path
 * @property {URLSearchParams} query
 * @property {Record<string, string | string[] | undefined>} headers
 * @property {string} body
 *
 * @typedef {object} Reply
 * @property {number} [status]
 * @property {Record<string, string>} [headers]
 * @property {string | Uint8Array} [body]
 *
 * @typedef {object} Service
 * @property {string} url
 * @property {Asked[]} requests
 *
 * @typedef {(asked: Asked, res: import('node:http').ServerResponse) => Reply | void | Promise<Reply | void>} Answer
 */

/**
 * Serves until the test is over.
 *
 * @param {{ after: (end: () => void) => void }} t the test, or `node:test` itself for all tests of a file
 * @param {Answer} answer what it gives is sent; if it gives nothing, it has answered by itself or never will
 * @returns {Promise<Service>}
 */
export async function serve(t, answer) {
  /** @type {Asked[]} */
  const requests = [];
  const server = createServer(async (req, res) => {
    const { pathname: path, searchParams: query } = new URL(req.url ?? '/', 'http://service');
    const asked = {
      method: req.method ?? '',
      target: req.url ?? '',
      path,
      query,
      headers: req.headers,
      body: '',
    };
    requests.push(asked);
    for await (const chunk of req) asked.body += chunk;
    const reply = await answer(asked, res);
    if (!reply) return;
    res.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    res.end(reply.body ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${portOf(server)}`, requests };
}

/**
 * An answer whose body is this value.
 *
 * @param {unknown} value
 * @param {number} [status]
 * @param {Record<string, string>} [headers]
 * @returns {Reply}
 */
export function json(value, status = 200, headers = {}) {
  return { status, headers, body: JSON.stringify(value) };
}

/** A task as short as one can be. @param {string} [id] @param {string} [status] */
export function taskBody(id = 'sora-2:task_1', status = 'queued') {
  return json({ id, status });
}

/** Answers never. @type {Answer} */
export const silent = () => {};

/** Sends the beginning of a body and never the rest. @type {Answer} */
export const stalled = (_, res) => {
  res.writeHead(200, { 'content-type': 'application/json' });
  res.write('{"id":"sora-2:task_1",');
};

/** The URL of a port that nobody listens on. */
export async function deserted() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${portOf(server)}`;
  server.close();
  await once(server, 'close');
  return url;
}

/** @param {import('node:http').Server} server */
function portOf(server) {
  return /** @type {import('node:net').AddressInfo} */ (server.address()).port;
}
