// @ts-check
/** Whether memory grows with the number of calls: what is held after many, less what is held after 1,000. */
import { bodies } from './lib/bodies.js';
import { figure } from './lib/figures.js';
import { ours } from './lib/ours.js';
import { kilobytes } from './lib/rows.js';
import { startServer } from './lib/server.js';
import { wasmBytes } from './lib/wasm-memory.js';

const FIRST = 1000;
/** What the engine itself holds differs by some kilobytes from one look to the next. */
const NOISE_KB = 512;

/** @param {{ quick: boolean }} options @returns {Promise<import('./lib/rows.js').Row[]>} */
export async function bench({ quick }) {
  const { parseTask, queryTask } = await ours();
  const found = bodies();
  const parse = async (/** @type {number} */ count) => {
    for (let call = 0; call < count; call += 1)
      parseTask(/** @type {import('./lib/bodies.js').Body} */ (found[call % found.length]).body);
  };
  const { url, stop } = await startServer();
  const query = async (/** @type {number} */ count) => {
    const lane = async () => {
      for (let call = 0; call < count / 10; call += 1) await queryTask('video_1', { baseUrl: url, endpoint: 'openai' });
    };
    await Promise.all(Array.from({ length: 10 }, lane));
  };
  const rows = [
    await grown('parses', parse, quick ? 50_000 : 1_000_000),
    await grown('queries', query, quick ? 5000 : 100_000),
  ];
  stop();
  return rows.flat();
}

/**
 * @param {string} what
 * @param {(count: number) => Promise<void>} work
 * @param {number} count
 * @returns {Promise<import('./lib/rows.js').Row[]>}
 */
async function grown(what, work, count) {
  await work(FIRST);
  const before = await held();
  await work(count - FIRST);
  const after = await held();
  const measure = (/** @type {string} */ kind) => `${kind} after ${count.toLocaleString('en')} ${what}`;
  const row = {
    peer: `after ${FIRST.toLocaleString('en')}, and its growth`,
    unit: /** @type {const} */ ('KB'),
    goal: 0,
  };
  return [
    {
      ...row,
      measure: measure('heap and buffers'),
      ours: kilobytes(after.heap),
      theirs: kilobytes(before.heap),
      value: figure([(after.heap - before.heap) / 1000]),
      bar: NOISE_KB,
    },
    {
      ...row,
      measure: measure('memory of the WebAssembly'),
      ours: kilobytes(after.wasm),
      theirs: kilobytes(before.wasm),
      value: figure([(after.wasm - before.wasm) / 1000]),
      bar: 0,
    },
  ];
}

async function held() {
  // Twice, with a turn between: what finalizers let go of is collected by the second.
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { heapUsed, external } = process.memoryUsage();
  const wasm = wasmBytes();
  return { heap: heapUsed + external - wasm, wasm };
}
