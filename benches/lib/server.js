// @ts-check
/** A keep-alive server on loopback in a process of its own, so that its work is not counted with the client's. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { body } from './bodies.js';

const self = fileURLToPath(import.meta.url);

/** By what a path begins with: the body that it answers. The paths are those that the contestants ask. */
const BODIES = /** @type {const} */ ([
  ['/v1/tasks/', 'runway/succeeded'],
  ['/v1/predictions/', 'replicate/succeeded.list'],
  ['/fal', 'fal/in-progress'],
  ['/', 'openai/completed.content-path'],
]);

/** @returns {Promise<{ url: string, stop: () => void }>} */
export async function startServer() {
  const child = fork(self, ['--serve'], { execArgv: [] });
  const [url] = await once(child, 'message');
  return { url, stop: () => void child.kill() };
}

/** A completed task whose body has about so many bytes: most of them one video in a `data:` URL. @param {number} bytes */
function largeBody(bytes) {
  const url = `data:video/mp4;base64,${'AAAA'.repeat(Math.ceil(bytes / 4))}`;
  return JSON.stringify({ id: 'sora-2:task_1', status: 'completed', progress: 100, video_url: url });
}

async function serve() {
  const bodies = BODIES.map(([start, name]) => ({ start, bytes: body(name) }));
  /** @type {Map<string, Buffer>} */
  const large = new Map();
  const server = createServer({ keepAliveTimeout: 60_000 }, (req, res) => {
    const path = req.url ?? '/';
    const size = /large-(\d+)/.exec(path)?.[1];
    if (size && !large.has(size)) large.set(size, Buffer.from(largeBody(Number(size))));
    const bytes = size ? large.get(size) : bodies.find(({ start }) => path.startsWith(start))?.bytes;
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes?.length }).end(bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`);
  // It goes when its parent goes.
  process.on('disconnect', () => process.exit());
}

if (process.argv[2] === '--serve') await serve();
