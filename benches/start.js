// @ts-check
/**
 * From the start of a Node process to its first task, less an empty process: what a command or a cold function pays. A
 * process says when it is so far; what it takes to end, which the engine's compiler may make long, comes after.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consumer } from '../scripts/paths.js';
import { peersFolder } from './lib/peers.js';
import { ratio, rounds, samplesOf } from './lib/rounds.js';
import { time } from './lib/rows.js';
import { startServer } from './lib/server.js';

const ID = "'video_68f88d1e44988190b2614f6604afd3b80fb3f07d5e600d05'";
const HEAD = "import { writeSync } from 'node:fs';\n";
const END = "\nwriteSync(1, '.');\nprocess.exit();\n";

/** @param {string} url */
const scripts = (url) => ({
  empty: [consumer, END],
  queryTask: [
    consumer,
    `import { queryTask } from 'video-task-query';
await queryTask(${ID}, { baseUrl: '${url}', apiKey: 'sk-0123456789abcdef', endpoint: 'openai' });${END}`,
  ],
  'fetch + response.json()': [consumer, `await (await fetch('${url}/v1/videos/1')).json();${END}`],
  openai: [
    peersFolder,
    `import OpenAI from 'openai';
await new OpenAI({ apiKey: 'sk-0123456789abcdef', baseURL: '${url}/v1' }).videos.retrieve(${ID});${END}`,
  ],
  replicate: [
    peersFolder,
    `import Replicate from 'replicate';
await new Replicate({ auth: 'sk-0123456789abcdef', baseUrl: '${url}/v1' }).predictions.get('1');${END}`,
  ],
});

const TARGETS = { openai: { goal: 0.25, bar: 0.5 }, replicate: {}, 'fetch + response.json()': {} };

/** @param {{ quick: boolean }} options @returns {Promise<import('./lib/rows.js').Row[]>} */
export async function bench({ quick }) {
  const { url, stop } = await startServer();
  const processes = Object.entries(scripts(url)).map(([name, [folder = '', code = '']]) => {
    const file = join(folder, `start-${name.replaceAll(/\W+/g, '-')}.mjs`);
    writeFileSync(file, HEAD + code);
    return [name, () => timeTo(file)];
  });
  const all = await rounds(
    /** @type {Record<string, () => Promise<number>>} */ (Object.fromEntries(processes)),
    quick ? 3 : 40,
  );
  stop();
  const less = (/** @type {string} */ name) => time(samplesOf(all, name).median - samplesOf(all, 'empty').median);
  return Object.entries(TARGETS).map(([name, targets]) => ({
    measure: `Node's start to the first task, less an empty process of ${time(samplesOf(all, 'empty').median)}`,
    ours: less('queryTask'),
    peer: name,
    theirs: less(name),
    value: ratio(all, 'queryTask', name, 'empty'),
    unit: /** @type {const} */ ('x'),
    ...targets,
  }));
}

/** How many ms a process takes until it says that it is there. @param {string} file */
async function timeTo(file) {
  const start = performance.now();
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const told = await Promise.race([once(child.stdout, 'data').then(() => performance.now() - start), exit]);
  const [code] = await exit;
  if (typeof told !== 'number') throw new Error(`${file} ended with ${code} before it was there.`);
  return told;
}
