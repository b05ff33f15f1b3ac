// @ts-check
/** Answers byte by byte, since no HTTP server would send some of them. */
import { STATUS_CODES } from 'node:http';

/** @typedef {[string, string | number][]} Headers */

const JSON_TYPE = /** @type {const} */ (['content-type', 'application/json']);

/** @param {number} status @param {Headers} headers */
export function head(status, headers) {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}\r\n`;
}

/**
 * A whole answer, after which the connection may be used again.
 *
 * @param {import('node:net').Socket} socket
 * @param {string | Uint8Array} body
 * @param {{ status?: number, headers?: Headers, type?: string }} [more]
 */
export function send(socket, body, { status = 200, headers = [], type = JSON_TYPE[1] } = {}) {
  const bytes = Buffer.from(body);
  const typed = type === '' ? [] : [/** @type {[string, string]} */ (['content-type', type])];
  socket.write(
    Buffer.concat([Buffer.from(head(status, [...typed, ['content-length', bytes.length], ...headers])), bytes]),
  );
}

/**
 * The head of an answer whose body is said to have a length, and as much of it as is given.
 *
 * @param {import('node:net').Socket} socket
 * @param {number} length
 * @param {string | Uint8Array} body
 */
export function sendPart(socket, length, body) {
  socket.write(head(200, [[...JSON_TYPE], ['content-length', length]]));
  socket.write(body);
}

/** The head of an answer in chunks. @param {import('node:net').Socket} socket @param {Headers} [headers] */
export function startChunks(socket, headers = []) {
  socket.write(head(200, [[...JSON_TYPE], ['transfer-encoding', 'chunked'], ...headers]));
}

/**
 * Breaks a connection off. One that is being closed is only destroyed: resetting it fails, and Node then never ends.
 *
 * @param {import('node:net').Socket} socket
 */
export function reset(socket) {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

/** @param {string | Uint8Array} bytes */
export function chunk(bytes) {
  const content = Buffer.from(bytes);
  return Buffer.concat([Buffer.from(`${content.length.toString(16)}\r\n`), content, Buffer.from('\r\n')]);
}
