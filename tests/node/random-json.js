// @ts-check
/** JSON that is made at random, always the same for a seed, and bytes of it changed. */

export const utf8 = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** Mulberry32. @param {number} seed @returns {(below: number) => number} */
export function randomFrom(seed) {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** @typedef {(below: number) => number} Random */

/** @param {Random} random @template T @param {readonly T[]} choices @returns {T} */
function one(random, choices) {
  return choices[random(choices.length)];
}

/** @param {Random} random @param {number} depth @returns {string} */
export function document(random, depth) {
  const space = () => one(random, ['', '', '', ' ', '\n', '\t', '\r\n']);
  const comma = () => `${space()},${space()}`;
  const many = (/** @type {() => string} */ item) => Array.from({ length: random(5) }, item).join(comma());
  switch (random(depth > 0 ? 7 : 4)) {
    case 0:
      return text(random);
    case 1:
      return number(random);
    case 2:
      return one(random, ['null', 'true', 'false']);
    case 3:
      return one(random, ['[]', '{}', '""', '0']);
    case 4:
      return `${space()}[${space()}${many(() => document(random, depth - 1))}${space()}]${space()}`;
    default:
      return `{${space()}${many(() => `${text(random)}${space()}:${space()}${document(random, depth - 1)}`)}}`;
  }
}

/** @param {Random} random */
export function text(random) {
  const pieces = [
    'a',
    ' ',
    'é',
    '€',
    '𝄞',
    '\u{7f}',
    '\u2028',
    '\\n',
    '\\"',
    '\\\\',
    '\\/',
    '\\u0000',
    '\\ud83d\\ude39',
    '\\uD800',
    '\\udfff',
    '\\u00e9',
    'id',
    '{',
    '[',
    ':',
    ',',
  ];
  return `"${Array.from({ length: random(6) }, () => one(random, pieces)).join('')}"`;
}

/** @param {Random} random */
export function number(random) {
  const digits = (/** @type {number} */ most) => Array.from({ length: 1 + random(most) }, () => random(10)).join('');
  const whole = one(random, ['0', `${1 + random(9)}${digits(25)}`, `${1 + random(9)}`]);
  const decimals = random(2) ? `.${digits(25)}` : '';
  const exponent = random(3) ? '' : `${one(random, ['e', 'E'])}${one(random, ['', '+', '-'])}${random(400)}`;
  return `${random(5) ? '' : '-'}${whole}${decimals}${exponent}`;
}

/** @param {Random} random @param {number[]} bytes */
export function changed(random, bytes) {
  for (let changes = 1 + random(2); changes > 0; changes--) {
    const at = random(bytes.length + 1);
    const byte = random(3) ? one(random, [...utf8('{}[]:,"\\0-+.eE tfn\n\u{feff}')]) : random(256);
    if (random(3) === 0) bytes.splice(at, 1);
    else bytes.splice(at, random(2), byte);
  }
  return bytes;
}
