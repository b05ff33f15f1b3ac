// @ts-check
/** The command `vtq` as a shell runs it, of the package under test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageDir } from './packed.js';

/** Long enough for a slow machine. */
const PATIENCE_MS = 30_000;

const { bin, version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
export { bin, version };
export const program = join(packageDir, bin.vtq);

/** What a person's shell has, without what would change the colours or the service. @param {NodeJS.ProcessEnv} env */
export function shellEnv(env) {
  const { FORCE_COLOR, NO_COLOR, NODE_TEST_CONTEXT, npm_lifecycle_event, ...usual } = process.env;
  return { ...usual, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color', ...env };
}

/** The environment in which `vtq` runs some code before its own. @param {string} code of a module */
export const preloaded = (code) => ({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` });

/**
 * @typedef {{ code: number | null, stdout: string, stderr: string }} Ended
 *
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, input?: string | Buffer, cwd?: string, onStart?: (child: import('node:child_process').ChildProcess) => void, onOutput?: (sofar: string, child: import('node:child_process').ChildProcess) => void }} [options]
 * @returns {Promise<Ended>} what a pipe gets of it
 */
export async function vtq(args, { env = {}, input = '', cwd, onStart, onOutput } = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    env: shellEnv(env),
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd,
  });
  onStart?.(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    onOutput?.(stdout, child);
  });
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  // Whether it reads its input or not.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const [code] = await once(child, 'close');
  clearTimeout(patience);
  return { code, stdout, stderr };
}
