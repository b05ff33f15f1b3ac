// @ts-check
/** Starting and ending a server on this machine's own address. */
import { createServer } from 'node:http';

/** @typedef {import('node:http').RequestListener} Handler */

/** Why a port was refused where another one may do. @type {Record<string, string>} */
const REFUSED = { EADDRINUSE: 'is taken', EACCES: 'is not open to this user' };

/**
 * @param {readonly string[]} words after the command
 * @returns {boolean}
 */
export function asksForHelp(words) {
  const unknown = words.find((word) => !['--help', '-h'].includes(word));
  if (unknown === undefined) return words.length > 0;
  throw new RangeError(`"${unknown}" is not understood; known are --help and -h.`);
}

/**
 * @param {string | undefined} text the PORT variable
 * @param {number} fallback
 * @returns {number}
 */
export function portFrom(text, fallback) {
  if (text === undefined || text === '') return fallback;
  // Number would read 0x50, 1e3 and blanks too. Windows' `set PORT=9000 && npm start` leaves one at the end.
  const port = /^\d+ ?$/.test(text) ? Number(text) : -1;
  if (port >= 0 && port <= 65535) return port;
  throw new RangeError(`PORT is "${text}"; it must be a whole number from 0 to 65535.`);
}

/**
 * Listens on 127.0.0.1 only; takes a free port when the wanted one is taken.
 * @param {Handler} handler @param {number} port
 * @returns {Promise<{ server: import('node:http').Server, port: number, note?: string }>} the note says why it is another port
 */
export function listenOnLoopback(handler, port) {
  return new Promise((resolve, reject) => {
    const server = createServer(handler);
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      const why = REFUSED[error.code ?? ''];
      if (port === 0 || !why) return reject(error);
      const note = `Port ${port} ${why}.`;
      listenOnLoopback(handler, 0).then((free) => resolve({ ...free, note }), reject);
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
