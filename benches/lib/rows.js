// @ts-check
/** What a bench reports, and how that is printed. */

/**
 * @typedef {object} Row
 * @property {string} measure
 * @property {string} ours
 * @property {string} peer what it is compared with
 * @property {string} theirs
 * @property {import('./figures.js').Figure} value what is judged: a ratio, or a count
 * @property {'x' | 'KB' | 'calls'} unit
 * @property {number} [goal]
 * @property {number} [bar]
 */

/** @param {number} number */
const short = (number) => {
  const size = Math.abs(number);
  return number.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
};

/** @param {number} ms */
export function time(ms) {
  return ms < 1 ? `${short(ms * 1000)} µs` : `${short(ms)} ms`;
}

/** @param {number} bytes */
export function kilobytes(bytes) {
  return `${short(bytes / 1000)} KB`;
}

/** @param {Row} row */
function verdict({ value, goal, bar }) {
  if (bar === undefined) return '';
  if (goal !== undefined && value.median <= goal) return 'goal';
  return value.median <= bar ? 'holds' : '**missed**';
}

/** @param {readonly Row[]} rows */
export function table(rows) {
  const head = ['measure', 'this package', 'against', 'that', 'value', 'half of the rounds', 'goal', 'bar', ''];
  const body = rows.map((row) => {
    const { measure, ours, peer, theirs, value, unit, goal, bar } = row;
    const [low, high] = [short(value.low), short(value.high)];
    const spread = low === high ? '' : `${low} - ${high}`;
    const target = (/** @type {number | undefined} */ number) => (number === undefined ? '' : `${number} ${unit}`);
    return [
      measure,
      ours,
      peer,
      theirs,
      `${short(value.median)} ${unit}`,
      spread,
      target(goal),
      target(bar),
      verdict(row),
    ];
  });
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
