// @ts-check
/** One line of the live display: who, what, how far, since when, how long still. */
import { clip, fit, width } from './width.js';

/** @typedef {import('./style.js').Paint} Paint */

/**
 * @typedef {object} Line
 * @property {string} name
 * @property {string} state
 * @property {import('./style.js').Look} look
 * @property {number | null} share 0 to 1
 * @property {string} elapsed
 * @property {string} left '' where nobody knows
 * @property {string} note what else there is to say; the first to go where there is no room
 */

const STATE_WIDTH = 10;
const BAR_WIDTHS = [24, 16, 8];

/** Whether the letters of the bar can be shown. @param {NodeJS.ProcessEnv} env */
export function hasBlocks(env) {
  return process.platform === 'win32' || /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '');
}

/** @param {number | null} share @param {number} columns @param {boolean} blocks */
export function bar(share, columns, blocks) {
  const [full, empty] = blocks ? ['█', '░'] : ['#', '-'];
  // Full only when it is.
  const count = share === null ? 0 : Math.min(columns, Math.floor(share * columns + 1e-9));
  return full.repeat(count) + empty.repeat(columns - count);
}

/**
 * As much of a line as so many columns hold: first the note goes, then the bar gets shorter, then the rest goes.
 *
 * @param {Line} line
 * @param {{ columns: number, nameWidth: number, blocks: boolean, paint: Paint }} look
 */
export function barLine(line, { columns, nameWidth, blocks, paint }) {
  const { name, state, share, elapsed, left, note } = line;
  const number = (share === null ? '' : `${Math.floor(share * 100)} %`).padStart(5);
  const head = [fit(name, Math.min(nameWidth, Math.max(8, Math.floor(columns / 3)))), fit(state, STATE_WIDTH)];
  const tail = [number, elapsed, ...(left ? [left] : [])];
  for (const size of [...BAR_WIDTHS, 0]) {
    const parts = [...head, ...(size > 0 ? [bar(share, size, blocks)] : []), ...tail];
    const used = width(parts.join('  '));
    if (used > columns) continue;
    // Painted at last: colours take no columns.
    parts[1] = paint(line.look, parts[1] ?? '');
    const room = columns - used - 2;
    return parts.join('  ') + (note && room >= 4 ? `  ${paint('dim', clip(note, room))}` : '');
  }
  return clip([name, state, number.trim()].filter(Boolean).join(' '), columns);
}
