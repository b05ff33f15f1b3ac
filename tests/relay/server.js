// @ts-check
/** The fault relay: knows how each task stands, and lets something go wrong with a share of its answers. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { FAULTS } from './faults.js';
import { chance, oneOf } from './random.js';
import { bodyOf } from './truth.js';
import { reset, send } from './wire.js';

const NAMES = Object.keys(FAULTS);
const DOWN_MS = 30;
/** Nobody listening breaks every connection, and so happens rarely. */
const DOWN_EVERY_MS = 2000;
export const KEY = 'sk-fault-relay-key-0123456789';

/**
 * @param {object} options
 * @param {number} options.seed
 * @param {number} options.share of the questions with which something goes wrong, 0 to 1
 */
export async function faultRelay({ seed, share }) {
  /** @type {Map<string, string[]>} What happened to each question for a task; '' for nothing. */
  const story = new Map();
  const counts = { questions: 0, withoutKey: 0, elsewhere: 0 };
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  const server = createServer(onConnection);
  const foreign = createServer((socket) => {
    counts.elsewhere += 1;
    socket.destroy();
  });
  const [here, elsewhere] = [await listening(server), await listening(foreign)];
  let downAt = -Infinity;
  let isClosed = false;

  function goDown() {
    for (const socket of sockets) reset(socket);
    if (!server.listening) return;
    const { port } = new URL(here);
    const comeUp = () => !isClosed && server.listen(Number(port), '127.0.0.1');
    server.close(() => setTimeout(comeUp, DOWN_MS));
  }

  /** @param {import('node:net').Socket} socket */
  function onConnection(socket) {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Clients break off what they do not want to read on.
    socket.on('error', () => {});
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        answer(socket, text.slice(0, end));
        text = text.slice(end + 4);
      }
    });
  }

  /** @param {import('node:net').Socket} socket @param {string} request */
  function answer(socket, request) {
    const path = request.split(' ')[1] ?? '/';
    const url = new URL(path, here);
    const id = url.searchParams.get('id') ?? '';
    counts.questions += 1;
    if (!request.toLowerCase().includes(`\r\nauthorization: bearer ${KEY}`)) counts.withoutKey += 1;
    if (url.pathname.startsWith('/circle')) return send(socket, '', { status: 302, headers: [['location', path]] });
    const before = story.get(id) ?? [];
    const isMoved = url.pathname.startsWith('/moved');
    const look = isMoved ? before.length : before.length + 1;
    const other = (/** @type {{ as?: string, now?: number, look?: number }} */ { look: at = look, ...more }) =>
      Buffer.from(JSON.stringify(bodyOf(seed, id, at, more)));
    if (isMoved) return send(socket, other({}));
    const name = faultAt(id, look);
    story.set(id, [...before, name]);
    if (name === '') return send(socket, other({}));
    FAULTS[name]?.({ socket, id, path, body: other({}), other, here, elsewhere, goDown });
  }

  /** @param {string} id @param {number} look */
  function faultAt(id, look) {
    if (chance(seed, id, look, 'whether') >= share) return '';
    const name = oneOf(NAMES, seed, id, look, 'which');
    if (name !== 'nobody listens') return name;
    if (Date.now() - downAt < DOWN_EVERY_MS) return 'reset before the headers';
    downAt = Date.now();
    return name;
  }

  function close() {
    isClosed = true;
    server.close();
    foreign.close();
    for (const socket of sockets) socket.destroy();
  }
  return { url: here, story, counts, sockets, close };
}

/** @param {import('node:net').Server} server */
async function listening(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
}
