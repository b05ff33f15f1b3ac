// @ts-check
/** Starting and ending a server on this machine's own address. */
import { createServer } from 'node:http';

/** @typedef {import('node:http').RequestListener} Handler */

/**
 * @param {string | undefined} text the PORT variable
 * @param {number} fallback
 * @returns {number}
 */
export function portFrom(text, fallback) {
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new RangeError(`PORT is "${text}"; it must be a whole number from 0 to 65535.`);
}

/**
 * Listens on 127.0.0.1 only; takes a free port when the wanted one is taken.
 * @param {Handler} handler @param {number} port
 * @returns {Promise<{ server: import('node:http').Server, port: number }>}
 */
export function listenOnLoopback(handler, port) {
  return new Promise((resolve, reject) => {
    const server = createServer(handler);
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (port !== 0 && ['EADDRINUSE', 'EACCES'].includes(error.code ?? '')) resolve(listenOnLoopback(handler, 0));
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve({ server, port: /** @type {import('node:net').AddressInfo} */ (server.address()).port });
    });
  });
}

/**
 * Ctrl-C ends the server and every open connection; the process then ends by itself.
 * @param {import('node:http').Server} server
 */
export function closeOnSignal(server) {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}
