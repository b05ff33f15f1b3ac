// @ts-check

/** The command was called in a way that means nothing: exit code 2, and nothing was asked. */
export class UsageError extends Error {}

/**
 * Of some names the one that was probably meant.
 *
 * @param {string} word
 * @param {readonly string[]} names
 */
export function nearest(word, names) {
  const [best] = names.map((name) => ({ name, far: distance(word, name) })).sort((a, b) => a.far - b.far);
  // Of two letters anything is near.
  return best && word.length > 2 && best.far <= Math.max(2, Math.floor(word.length / 3)) ? best.name : null;
}

/**
 * How many letters have to be put in, left out, changed or swapped with their neighbour.
 *
 * @param {string} a
 * @param {string} b
 */
function distance(a, b) {
  /** @type {number[][]} */
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, change);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
