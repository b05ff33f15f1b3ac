// @ts-check
/** Servers on loopback: the practice relay, folders of files, and the development servers of bundlers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { environment } from '../../scripts/environment.js';
import { createRelay } from '../../pkg/relay/relay.js';

/** @typedef {{ url: string, stop: () => void | Promise<void> }} Running */

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** @returns {Promise<Running>} */
export function relay() {
  return listen(createRelay({ lifeMs: 300 }));
}

/** @param {string} folder @returns {Promise<Running>} */
export function files(folder) {
  return listen(async (req, res) => {
    const path = new URL(req.url ?? '/', 'http://here').pathname;
    const file = join(folder, normalize(decodeURIComponent(path.endsWith('/') ? `${path}index.html` : path)));
    const bytes = file.startsWith(folder) ? await readFile(file).catch(() => null) : null;
    if (!bytes) return void res.writeHead(404, { 'content-type': 'text/plain' }).end('No such file.\n');
    const type = /** @type {Record<string, string>} */ (TYPES)[extname(file)] ?? 'application/octet-stream';
    res.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(bytes);
  });
}

/** @param {import('node:http').RequestListener} handler @returns {Promise<Running>} */
export async function listen(handler) {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

/**
 * Starts a program that serves `url`, and waits until it does.
 *
 * @param {readonly string[]} command
 * @param {{ cwd: string, url: string, env?: Record<string, string>, patienceMs?: number }} options
 * @returns {Promise<Running>}
 */
export async function program([name = '', ...args], { cwd, url, env = {}, patienceMs = 90_000 }) {
  // With its stdin left open: esbuild serves until that is closed.
  const child = spawn(name, args, { cwd, env: { ...environment(), ...env }, stdio: 'pipe', detached: true });
  let output = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const closed = once(child, 'close').finally(() => (ended = true));
  closed.catch(() => {});
  const stop = async () => {
    signal(child, 'SIGTERM');
    const insist = setTimeout(() => signal(child, 'SIGKILL'), 3000);
    await closed.catch(() => {});
    clearTimeout(insist);
  };
  for (const start = Date.now(); Date.now() - start < patienceMs;) {
    if (ended) break;
    if (
      await fetch(url).then(
        (answer) => answer.text().then(() => answer.status < 500),
        () => false,
      )
    )
      return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await stop();
  throw new Error(`${name} did not serve ${url}:\n${output.slice(-3000)}`);
}

/** A port that nobody listens on. */
export async function freePort() {
  const { url, stop } = await listen(() => {});
  stop();
  return Number(new URL(url).port);
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} name */
function signal(child, name) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  } catch {
    // It has ended by itself.
  }
}
