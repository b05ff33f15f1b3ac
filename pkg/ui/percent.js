// @ts-check

/** Such as `57 %`, and 100 % only when all is done. @param {number} share 0 to 1 @param {string} unit */
export function percent(share, unit = ' %') {
  // 0.57 * 100 is a little less than 57.
  const whole = Math.floor(share * 100 + 1e-9);
  return `${share < 1 ? Math.min(99, whole) : whole}${unit}`;
}
