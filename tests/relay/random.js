// @ts-check
/** Randomness that a seed repeats: what happens to a question depends on the seed and on the question, not on its time. */

/** FNV-1a, then the finishing steps of MurmurHash3, since the low bits of the one alone are poor. @param {string} text */
function hash(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** From 0 to 1. @param {...(string | number)} what */
export const chance = (...what) => hash(what.join(' ')) / 2 ** 32;

/**
 * One of a list.
 *
 * @template T
 * @param {readonly T[]} list
 * @param {...(string | number)} what
 * @returns {T}
 */
export const oneOf = (list, ...what) => /** @type {T} */ (list[Math.floor(chance(...what) * list.length)]);
