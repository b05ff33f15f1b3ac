// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { environment } from './environment.js';
import { root } from './paths.js';
import { ScriptError } from './script-error.js';

const windows = process.platform === 'win32';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the project's folder if not given
 * @property {Record<string, string>} [env] on top of the usual environment
 * @property {boolean} [live] print as it comes, without a limit of time, instead of collecting
 * @property {number} [minutes] after which the command is ended; 20 if not given
 */

/**
 * Runs a command to its end, whatever that is.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} the code is -1 where there is no such program
 */
export function run(command, args, { cwd = root, env = {}, live = false, minutes = 20 } = {}) {
  stopChildrenOnSignals();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...environment(), ...env },
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
      // A group of its own, so that the children of the child can be ended too.
      detached: !windows,
      windowsHide: true,
    });
    running.add(child);
    let output = '';
    const collect = (/** @type {string} */ text) => (output += text);
    child.stdout?.setEncoding('utf8').on('data', collect);
    child.stderr?.setEncoding('utf8').on('data', collect);
    /** @type {NodeJS.Timeout | undefined} */
    let leftBehind;
    const tooLong = () => {
      output += `\nStill running after ${minutes} minutes, so it was ended.\n`;
      // First the kind that lets it close a browser which it has opened.
      endGroup(child, 'SIGTERM');
      leftBehind = setTimeout(() => endGroup(child, 'SIGKILL'), 5000);
    };
    const timer = live ? undefined : setTimeout(tooLong, minutes * 60_000);
    const done = (/** @type {number} */ code) => {
      clearTimeout(timer);
      clearTimeout(leftBehind);
      running.delete(child);
      resolve({ code, output });
    };
    child.on('error', (error) => {
      output += `${error.message}\n`;
      if (child.pid === undefined) done(-1);
    });
    // A process that the command left behind would hold the pipes open for ever.
    child.on('exit', () => (leftBehind ??= setTimeout(() => endGroup(child, 'SIGKILL'), 2000)));
    child.on('close', (code) => done(code ?? 1));
  });
}

/**
 * Runs a command that has to succeed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} sentence what to tell when it does not
 * @param {RunOptions} [options]
 * @returns {Promise<string>} what it printed
 */
export async function mustRun(command, args, sentence, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new ScriptError(sentence, output);
  return output;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function endGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself.
  }
}

let watching = false;

function stopChildrenOnSignals() {
  if (watching) return;
  watching = true;
  process.on('SIGINT', () => stopChildren('SIGINT', 130));
  process.on('SIGTERM', () => stopChildren('SIGTERM', 143));
  process.on('SIGHUP', () => stopChildren('SIGHUP', 129));
  if (!process.env.npm_lifecycle_event) return;
  // A signal to npm reaches only the shell that npm starts scripts with, and many shells do not pass it on.
  const shell = process.ppid;
  const check = () => process.ppid !== shell && stopChildren('SIGTERM', 143);
  setInterval(check, 250).unref();
}

/**
 * @param {NodeJS.Signals} signal
 * @param {number} code that this process exits with
 */
function stopChildren(signal, code) {
  const ended = [...running].map((child) => new Promise((resolve) => child.once('close', resolve)));
  for (const child of running) endGroup(child, signal);
  Promise.all(ended).then(() => process.exit(code));
  const insist = () => {
    for (const child of running) endGroup(child, 'SIGKILL');
    process.exit(code);
  };
  setTimeout(insist, 3000).unref();
}
