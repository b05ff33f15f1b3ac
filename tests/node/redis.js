// @ts-check
/** A real Redis of a test's own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOnPath } from '../../scripts/environment.js';
import { run } from '../../scripts/run.js';

/**
 * The program, installed if need be and possible.
 *
 * @returns {Promise<{ program: string } | { why: string }>}
 */
export async function prepareRedis() {
  const found = findOnPath('redis-server');
  if (found) return { program: found };
  const without = 'There is no redis-server on PATH';
  if (!findOnPath('apt-get') || process.getuid?.() !== 0) {
    return { why: `${without}, and only root can install Debian's.` };
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env, minutes: 1 });
  // Where services are started at all, Debian's settings bind this one to loopback.
  const install = await run('apt-get', ['install', '-y', '--no-install-recommends', 'redis-server'], {
    env,
    minutes: 1,
  });
  const program = findOnPath('redis-server');
  if (program) return { program };
  return { why: `${without}, and apt-get could not install it: ${install.output.trim().split('\n').at(-1)}` };
}

/**
 * Runs until the test is over, on a free port of loopback, and leaves nothing behind.
 *
 * @param {import('node:test').TestContext} t
 * @param {string} program
 * @returns {Promise<number>} the port
 */
export async function startRedis(t, program) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const redis = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(redis, 'exit');
  t.after(async () => {
    redis.kill('SIGKILL');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  });
  let output = '';
  await new Promise((resolve, reject) => {
    redis.stdout.on('data', (text) => {
      output += text;
      if (output.includes('Ready to accept connections')) resolve(undefined);
    });
    exited.then(() => reject(new Error(`redis-server did not start:\n${output}`)));
  });
  return port;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}
