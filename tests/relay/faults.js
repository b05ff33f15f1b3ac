// @ts-check
/** What strangers' relays, their proxies and the networks between do to an answer. None of it is about the task. */
import { gzipSync } from 'node:zlib';
import { chunk, head, reset, send, sendPart, startChunks } from './wire.js';

/**
 * @typedef {object} Question
 * @property {import('node:net').Socket} socket
 * @property {string} id
 * @property {string} path with its query
 * @property {Buffer} body what is true, as JSON
 * @property {(more: { as?: string, now?: number, look?: number }) => Buffer} other the same with something changed
 * @property {string} here origin of this relay
 * @property {string} elsewhere another origin, which must not be asked
 * @property {() => void} goDown nobody listens for a moment
 *
 * @typedef {(question: Question) => void} Fault
 */

const HOUR_MS = 3_600_000;
const PAGE = '<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1><hr>nginx';
const refusal = JSON.stringify({ error: { message: 'upstream is busy' } });
// 64 MiB that begin like an answer, in 64 KB.
const bomb = gzipSync(
  Buffer.concat([Buffer.from('{"id":"1","status":"completed","pad":"'), Buffer.alloc(64 << 20, 'A')]),
);

/** @type {Record<string, Fault>} */
const connection = {
  'nobody listens': ({ goDown }) => goDown(),
  'reset before the headers': ({ socket }) => reset(socket),
  'closed before the headers': ({ socket }) => void socket.end(),
  'reset within the headers': ({ socket }) => void socket.write('HTTP/1.1 200 OK\r\ncontent-ty', () => reset(socket)),
  'closed within the headers': ({ socket }) => void socket.end('HTTP/1.1 200 OK\r\ncontent-ty'),
  'reset within the body': ({ socket, body }) => {
    sendPart(socket, body.length, body.subarray(0, 20));
    setTimeout(() => reset(socket), 5);
  },
  'closed within the body': ({ socket, body }) => {
    sendPart(socket, body.length, body.subarray(0, body.length / 2));
    socket.end();
  },
  'closed within a chunk': ({ socket, body }) => {
    startChunks(socket);
    socket.end(chunk(body).subarray(0, 30));
  },
  silent: () => {},
  'silent after the headers': ({ socket, body }) => sendPart(socket, body.length, ''),
  'one byte a second': ({ socket, body }) => {
    sendPart(socket, body.length, '');
    let at = 0;
    const timer = setInterval(() => socket.write(body.subarray(at, ++at)), 1000);
    socket.on('close', () => clearInterval(timer));
  },
};

/** @type {Record<string, Fault>} */
const framing = {
  'content-length too small': ({ socket, body }) => sendPart(socket, body.length - 20, body),
  'content-length too large': ({ socket, body }) => sendPart(socket, body.length + 20, body),
  'content-length of nonsense': ({ socket, body }) =>
    void socket.end(Buffer.concat([Buffer.from(head(200, [['content-length', 'many']])), body])),
  'two lengths that differ': ({ socket, body }) =>
    void socket.end(
      Buffer.concat([
        Buffer.from(
          head(200, [
            ['content-length', 5],
            ['content-length', body.length],
          ]),
        ),
        body,
      ]),
    ),
  'no length at all': ({ socket, body }) => void socket.end(Buffer.concat([Buffer.from(head(200, [])), body])),
  'chunks of rubbish': ({ socket }) => {
    startChunks(socket);
    socket.end('zz\r\n{"id":\r\n-1\r\n\0\0\0');
  },
  'no HTTP': ({ socket }) => void socket.end('220 mail.example ESMTP\r\n'),
  'a body without an end': ({ socket }) => {
    startChunks(socket);
    const more = chunk(Buffer.alloc(16_384, ' '));
    const go = () => {
      while (!socket.destroyed && socket.write(more));
    };
    socket.on('drain', go);
    go();
  },
  'a gzip bomb': ({ socket }) => send(socket, bomb, { headers: [['content-encoding', 'gzip']] }),
  'gzip that is none': ({ socket, body }) => send(socket, body, { headers: [['content-encoding', 'gzip']] }),
  'gzip cut off': ({ socket, body }) =>
    send(socket, gzipSync(body).subarray(0, -12), { headers: [['content-encoding', 'gzip']] }),
  '103 and 100 before the answer': ({ socket, body }) => {
    socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n');
    send(socket, body);
  },
  '101 to another protocol': ({ socket }) =>
    void socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
};

/** @param {number} status @param {string} location */
const leads = (status, location) => ({
  status,
  headers: /** @type {import('./wire.js').Headers} */ ([['location', location]]),
});

/** @type {Record<string, Fault>} */
const redirections = {
  'redirected here': ({ socket, path }) => send(socket, '', leads(302, `/moved${path}`)),
  'redirected elsewhere': ({ socket, path, elsewhere }) => send(socket, '', leads(307, elsewhere + path)),
  'redirected to https': ({ socket, path, here }) =>
    send(socket, '', leads(301, here.replace('http:', 'https:') + path)),
  'redirected in a circle': ({ socket, path }) => send(socket, '', leads(302, `/circle${path}`)),
  'redirected to nowhere': ({ socket }) => send(socket, '', leads(308, 'http://[')),
};

/** @type {Record<string, Fault>} */
const answers = {
  'a page with 200': ({ socket }) => send(socket, PAGE, { type: 'text/html' }),
  'a page with 502': ({ socket }) => send(socket, PAGE, { status: 502, type: 'text/html' }),
  204: ({ socket }) => void socket.write(head(204, [])),
  '202 with nothing': ({ socket }) => send(socket, '', { status: 202, type: '' }),
  '200 with nothing': ({ socket }) => send(socket, ''),
  'JSON of nothing': ({ socket }) => send(socket, 'null'),
  'JSON cut off': ({ socket, body }) => send(socket, body.subarray(0, -15)),
  500: ({ socket }) => send(socket, refusal, { status: 500 }),
  'an error with 200': ({ socket }) => send(socket, refusal),
  'not found yet': ({ socket }) =>
    send(socket, '{"code":"task_not_exist","message":"task_not_exist"}', { status: 400 }),
  '429 with Retry-After: -1': ({ socket }) => send(socket, refusal, { status: 429, headers: [['retry-after', '-1']] }),
  '503 with Retry-After: 1e9': ({ socket }) =>
    send(socket, refusal, { status: 503, headers: [['retry-after', '1e9']] }),
  '503 with Retry-After in the past': ({ socket }) =>
    send(socket, refusal, { status: 503, headers: [['retry-after', 'Fri, 31 Dec 1999 23:59:59 GMT']] }),
  '503 with Retry-After: nonsense': ({ socket }) =>
    send(socket, refusal, { status: 503, headers: [['retry-after', 'soon\x80']] }),
  '503 by a clock an hour ahead': ({ socket }) => {
    const now = Date.now() + HOUR_MS;
    const dates = /** @type {[string, string][]} */ ([
      ['date', new Date(now).toUTCString()],
      ['retry-after', new Date(now).toUTCString()],
    ]);
    send(socket, refusal, { status: 503, headers: dates });
  },
};

/** Those whose answer is the true one all the same. @type {Record<string, Fault>} */
const oddities = {
  'latin1, it says': ({ socket, body }) => send(socket, body, { type: 'application/json; charset=iso-8859-1' }),
  'text/plain, it says': ({ socket, body }) => send(socket, body, { type: 'text/plain' }),
  'a byte-order mark': ({ socket, body }) => send(socket, Buffer.concat([Buffer.from('\ufeff'), body])),
  'UTF-16': ({ socket, body }) =>
    send(socket, Buffer.from(`\ufeff${body}`, 'utf16le'), { type: 'application/json; charset=utf-16' }),
  'bytes that are no UTF-8': ({ socket, body }) =>
    send(socket, Buffer.from(body.toString().replace('ü', '\xff'), 'latin1')),
  'headers twice': ({ socket, body }) =>
    send(socket, body, {
      headers: [
        ['content-type', 'text/html'],
        ['x-request-id', 'a'],
        ['x-request-id', 'b'],
        ['retry-after', '1'],
        ['retry-after', '2'],
      ],
    }),
  'a status that goes back': ({ socket, other }) => send(socket, other({ look: 0 })),
  'another id': ({ socket, other }) => send(socket, other({ as: 'grok:somebody-else' })),
  'a clock an hour ahead': ({ socket, other }) => send(socket, other({ now: Date.now() + HOUR_MS })),
  'a clock an hour behind': ({ socket, other }) => send(socket, other({ now: Date.now() - HOUR_MS })),
};

export const FAULTS = { ...connection, ...framing, ...redirections, ...answers, ...oddities };
