// @ts-check
/** Medians and spreads. */

/** @typedef {{ median: number, low: number, high: number }} Figure the middle of the samples, and of its two halves */

/** @param {readonly number[]} samples @returns {Figure} */
export function figure(samples) {
  const sorted = [...samples].sort((one, other) => one - other);
  const at = (/** @type {number} */ share) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
    return below + (above - below) * (place % 1);
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/** The geometric mean: of ratios, the only one that is the same both ways round. @param {readonly number[]} numbers */
export function geometricMean(numbers) {
  return Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length);
}
