// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { entry } from './packed.js';

/** Long enough for a slow machine, shorter than any time-out that a child could be waiting for. */
const PATIENCE_MS = 20_000;

/**
 * Runs a module in a Node of its own, where `PACKAGE` is the entry of the package, until it ends by itself.
 *
 * @param {string} source
 * @param {{ env?: Record<string, string>, args?: string[] }} [options]
 * @returns {Promise<{ endedByItself: boolean, code: number | null, stdout: string, stderr: string }>}
 */
export async function runModule(source, { env = {}, args = [] } = {}) {
  const child = spawn(process.execPath, [...args, '--input-type=module', '--eval', source], {
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, PACKAGE: entry, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr, endedByItself] = ['', '', true];
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  const patience = setTimeout(() => {
    endedByItself = false;
    child.kill('SIGKILL');
  }, PATIENCE_MS);
  const [code] = await once(child, 'close');
  clearTimeout(patience);
  return { endedByItself, code, stdout, stderr };
}
