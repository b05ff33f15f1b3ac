// @ts-check

import { LONGEST_MS } from '../cancel-scope.js';

/**
 * Calls `ring` after a time of any length.
 *
 * @param {number} ms
 * @param {() => void} ring
 * @returns {() => void} calls it off
 */
export function alarm(ms, ring) {
  let left = ms;
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const arm = () => {
    const now = Math.min(left, LONGEST_MS);
    left -= now;
    timer = setTimeout(left > 0 ? arm : ring, now);
  };
  arm();
  return () => clearTimeout(timer);
}
