// @ts-check
/** What a browser loads to query a task, as `npm run size` counts it. */
import { run } from '../scripts/run.js';
import { kilobytes } from './lib/rows.js';

/** @returns {Promise<import('./lib/rows.js').Row[]>} */
export async function bench() {
  const { output } = await run(process.execPath, ['scripts/size.js']);
  const [, raw, gzip, brotli] = (/^in all +(\d+) +(\d+) +(\d+)$/m.exec(output) ?? []).map(Number);
  if (!raw || !gzip || !brotli) throw new Error(`npm run size gave no sum:\n${output}`);
  const value = (/** @type {number} */ bytes) => ({ median: bytes / 1000, low: bytes / 1000, high: bytes / 1000 });
  const row = {
    measure: 'wasm + JS that a browser loads',
    peer: 'raw',
    theirs: kilobytes(raw),
    unit: /** @type {const} */ ('KB'),
  };
  return [
    { ...row, measure: `${row.measure}, gzip -9`, ours: kilobytes(gzip), value: value(gzip), goal: 25, bar: 40 },
    { ...row, measure: `${row.measure}, brotli`, ours: kilobytes(brotli), value: value(brotli) },
  ];
}
