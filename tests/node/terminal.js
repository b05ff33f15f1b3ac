// @ts-check
/** The command `vtq` in a real pseudo-terminal, looked at as a person does. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { program, shellEnv } from './command.js';
import { Emulator } from './emulator.js';

const PATIENCE_MS = 40_000;

const runs = (/** @type {string} */ name, /** @type {string[]} */ ...args) =>
  spawnSync(name, args, { stdio: 'ignore' }).status === 0;
const python = process.platform !== 'win32' && runs('python3', '-c', 'import pty, fcntl, termios');
const script = process.platform === 'linux' && runs('script', '-qec', 'true', '/dev/null');

/** Why there is no terminal to test in; false where there is one. */
export const noTerminal =
  !python && !script && 'neither python3 with pty nor script(1) is here to open a pseudo-terminal';
/** The same for tests that change its size or let it go on, which script(1) cannot. */
export const noPython =
  !python && 'python3 with pty is not here, and script(1) can neither change the size of its terminal nor let it go on';

/**
 * @typedef {object} Hand What a person can do.
 * @property {Emulator} screen
 * @property {(text: string) => void} type
 * @property {(rows: number, columns: number) => void} resize
 * @property {() => void} goOn lets it go on, once Ctrl-Z has stopped it, as `fg` does
 * @property {(seen: (screen: Emulator) => boolean) => Promise<void>} until waits for what has to be seen
 *
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, rows?: number, columns?: number, cwd?: string, act?: (hand: Hand) => Promise<void> }} [options]
 * @returns {Promise<{ code: number | null, output: string, screen: Emulator, windows: string[][] }>} windows: what was seen, one after the other
 */
export async function inTerminal(args, { env = {}, rows = 24, columns = 80, cwd, act } = {}) {
  const command = [process.execPath, program, ...args];
  const child = spawn(...opened(command, rows, columns), {
    env: shellEnv(env),
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const screen = new Emulator(rows, columns);
  /** @type {string[][]} */
  const windows = [];
  /** @type {Set<() => void>} */
  const watching = new Set();
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    screen.feed(text);
    windows.push(screen.window());
    for (const look of watching) look();
  });
  child.stdin.on('error', () => {});
  const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const closed = once(child, 'close');
  await act?.({
    screen,
    type: (text) => child.stdin.write(python ? `${JSON.stringify({ type: text })}\n` : text),
    resize(rows, columns) {
      screen.resize(rows, columns);
      child.stdin.write(`${JSON.stringify({ size: [rows, columns] })}\n`);
    },
    goOn: () => child.stdin.write(`${JSON.stringify({ goOn: true })}\n`),
    until: (seen) =>
      new Promise((resolve, reject) => {
        const look = () => seen(screen) && watching.delete(look) && resolve();
        watching.add(look);
        look();
        closed.then(() => reject(new Error(`It ended before that was seen:\n${screen.text()}`)));
      }),
  });
  const [code] = await closed;
  clearTimeout(patience);
  return { code, output, screen, windows };
}

/** @param {string[]} command @param {number} rows @param {number} columns @returns {[string, string[]]} */
function opened(command, rows, columns) {
  if (python)
    return [
      'python3',
      [fileURLToPath(new URL('pseudo-terminal.py', import.meta.url)), String(rows), String(columns), ...command],
    ];
  const quoted = command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  return ['script', ['-qefc', `stty rows ${rows} cols ${columns}; exec ${quoted}`, '/dev/null']];
}
