// @ts-check

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Such as `161.7 kB`. @param {number} count */
export function byteCount(count) {
  let [value, unit] = [count, 0];
  while (value >= 999.95 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}
