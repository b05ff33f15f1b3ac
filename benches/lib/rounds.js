// @ts-check
/**
 * Contestants by turns: A B C, B C A, C A B, … What else the machine does in a round hits all of them, so a ratio is
 * formed within each round, never between two runs. The libraries for benchmarks run one contestant after the other.
 */
import { figure } from './figures.js';

/**
 * @template {string} Name
 * @param {Readonly<Record<Name, () => number | Promise<number>>>} contestants each gives one sample
 * @param {number} count
 * @returns {Promise<Record<Name, number>[]>}
 */
export async function rounds(contestants, count) {
  const names = /** @type {Name[]} */ (Object.keys(contestants));
  const all = [];
  // The first round warms up.
  for (let round = -1; round < count; round += 1) {
    const samples = /** @type {Record<Name, number>} */ ({});
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = /** @type {Name} */ (names[(turn + round + 1) % names.length]);
      samples[name] = await contestants[name]();
    }
    if (round >= 0) all.push(samples);
  }
  return all;
}

/**
 * @template {string} Name
 * @param {readonly Record<Name, number>[]} all
 * @param {Name} one
 * @param {Name} other
 * @param {Name} [less] is taken off both
 */
export function ratio(all, one, other, less) {
  return figure(
    all.map((round) => {
      const base = less === undefined ? 0 : round[less];
      return (round[one] - base) / (round[other] - base);
    }),
  );
}

/** @template {string} Name @param {readonly Record<Name, number>[]} all @param {Name} name */
export function samplesOf(all, name) {
  return figure(all.map((round) => round[name]));
}
