// @ts-check
/** One line of the live display: who, what, how far, since when, how long still. */
import { percent } from '../ui/percent.js';
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
const LEFT_WIDTH = 11;
/** What is tried from above: how long the bar is, and which of elapsed and left are told behind it. */
const LAYOUTS = /** @type {const} */ ([
  [24, 2],
  [16, 2],
  [8, 2],
  [8, 1],
  [8, 0],
  [0, 0],
]);

/** Whether the letters of the bar can be shown. @param {NodeJS.ProcessEnv} env */
export function hasBlocks(env) {
  return process.platform === 'win32' || /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '');
}

/** @param {number | null} share @param {number} columns @param {boolean} blocks */
export function bar(share, columns, blocks) {
  const [full, empty] = blocks ? ['█', '░'] : ['#', '-'];
  // Full only when it is.
  const count = share === null ? 0 : Math.floor(share * columns);
  return full.repeat(count) + empty.repeat(columns - count);
}

/**
 * As much of a line as so many columns hold: first the note goes, then the bar gets shorter, then the rest goes. All lines
 * of a display have the same layout, whatever is known of each.
 *
 * @param {Line} line
 * @param {{ columns: number, nameWidth: number, blocks: boolean, paint: Paint }} look
 */
export function barLine(line, { columns, nameWidth, blocks, paint }) {
  const { name, state, share, elapsed, left, note } = line;
  const number = (share === null ? '' : percent(share)).padStart(5);
  const head = [fit(name, Math.min(nameWidth, Math.floor(columns / 3))), fit(state, STATE_WIDTH)];
  for (const [size, count] of LAYOUTS) {
    const parts = [
      ...head,
      ...(size > 0 ? [bar(share, size, blocks)] : []),
      number,
      ...(count > 0 ? [elapsed.padStart(5)] : []),
    ];
    const room = columns - width(parts.join('  ')) - (count > 1 ? 2 : 0);
    if (room < (count > 1 ? LEFT_WIDTH : 0)) continue;
    // Painted at last: colours take no columns.
    parts[1] = paint(line.look, parts[1] ?? '');
    const rest = count > 1 ? remainder(left, note, room) : '';
    return parts.join('  ') + (rest && `  ${paint('dim', rest)}`);
  }
  return clip([name, state, number.trim()].filter(Boolean).join(' '), columns);
}

/** What is left, and the note as far as there is room for more than its first letters. @param {string} left @param {string} note @param {number} room */
function remainder(left, note, room) {
  const both = [left, note].filter(Boolean).join('  ');
  return width(both) <= room || room - width(left) > LEFT_WIDTH ? clip(both, room) : left;
}
