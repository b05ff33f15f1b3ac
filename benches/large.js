// @ts-check
/**
 * How much memory a query takes at its peak, as a multiple of the body, of which most is one video in a `data:` URL. A
 * process for each, whose highest resident memory the kernel tells (so on Linux only).
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ours } from './lib/ours.js';
import { peer } from './lib/peers.js';
import { ratio, rounds, samplesOf } from './lib/rounds.js';
import { startServer } from './lib/server.js';

const SIZES = { '1 MB': 1_000_000, '30 MB': 30_000_000 };

/** @type {Record<string, (url: string, id: string) => Promise<unknown>>} */
const ASK = {
  async queryTask(url, id) {
    const { queryTask } = await ours();
    return queryTask(id, { baseUrl: url, endpoint: 'openai' });
  },
  async 'fetch + response.json()'(url, id) {
    return (await fetch(`${url}/v1/videos/${id}`)).json();
  },
  async openai(url, id) {
    const { default: OpenAI } = await peer('openai');
    return new OpenAI({ apiKey: 'sk-0123456789abcdef', baseURL: `${url}/v1` }).videos.retrieve(id);
  },
};

/** @param {{ quick: boolean }} options @returns {Promise<import('./lib/rows.js').Row[]>} */
export async function bench({ quick }) {
  if (process.platform !== 'linux') return [];
  const { url, stop } = await startServer();
  const rows = [];
  for (const [size, bytes] of Object.entries(SIZES)) {
    const contestants = Object.keys(ASK).map((name) => [name, async () => (await peakOf(name, url, bytes)) / bytes]);
    const all = await rounds(
      /** @type {Record<string, () => Promise<number>>} */ (Object.fromEntries(contestants)),
      quick ? 1 : 7,
    );
    const multiple = (/** @type {string} */ name) => `${samplesOf(all, name).median.toFixed(1)} x the body`;
    const ours = {
      measure: `peak memory of a query, body of ${size}`,
      ours: multiple('queryTask'),
      unit: /** @type {const} */ ('x'),
    };
    rows.push({ ...ours, peer: 'the body', theirs: size, value: samplesOf(all, 'queryTask'), goal: 2, bar: 4 });
    for (const name of ['fetch + response.json()', 'openai']) {
      rows.push({ ...ours, peer: name, theirs: multiple(name), value: ratio(all, 'queryTask', name) });
    }
  }
  stop();
  return rows;
}

/** @param {string} name @param {string} url @param {number} bytes @returns {Promise<number>} bytes */
async function peakOf(name, url, bytes) {
  const child = fork(fileURLToPath(import.meta.url), ['--ask', name, url, String(bytes)], {
    execArgv: ['--expose-gc'],
  });
  const [peak] = await once(child, 'message');
  return peak;
}

/** @param {string} name @param {string} url @param {string} bytes */
async function ask(name, url, bytes) {
  const get = ASK[name];
  if (!get) throw new Error(`There is no ${name}.`);
  // Small ones first: code and connection are there already where somebody polls. As many as it takes until the engine has
  // compiled its own reading of HTTP anew, for which it takes 24 MB once, sooner or later, whoever asks.
  for (let turn = 0; turn < 200; turn += 1) await get(url, 'small');
  globalThis.gc?.();
  // The kernel begins its count of the highest anew.
  writeFileSync('/proc/self/clear_refs', '5');
  const before = resident('VmRSS');
  const answer = await get(url, `large-${bytes}`);
  const peak = resident('VmHWM') - before;
  if (!answer) throw new Error('No answer.');
  process.send?.(peak, () => process.exit());
}

/** @param {string} name */
function resident(name) {
  const told = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(told?.[1]) * 1024;
}

const [flag, name = '', url = '', bytes = ''] = process.argv.slice(2);
if (flag === '--ask') await ask(name, url, bytes);
