// @ts-check
/** Bodies of services in tests/fixtures, and what was written beside each by hand. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../fixtures', import.meta.url));

/**
 * @typedef {object} Expectation
 * @property {string} about
 * @property {{ id?: string, baseUrl?: string }} [ask]
 * @property {{ status?: number, headers?: Record<string, string> }} [http]
 * @property {Record<string, any>} [task]
 * @property {Record<string, unknown>} [error]
 *
 * @typedef {object} Pair
 * @property {string} name folder and stem, such as 'unified/cancelled'
 * @property {Expectation} expected
 * @property {Buffer} body
 */

/** @returns {string[]} the names of all pairs */
export function pairNames() {
  return visible(folder).flatMap((shape) =>
    visible(join(folder, shape))
      .filter((name) => name.endsWith('.expect.json'))
      .map((name) => `${shape}/${name.slice(0, -'.expect.json'.length)}`),
  );
}

/**
 * @param {string} name
 * @returns {Pair}
 */
export function pair(name) {
  const [shape, stem] = name.split('/');
  // The body is what has the same stem and one extension, whichever.
  const bodies = visible(join(folder, shape)).filter(
    (file) => file.startsWith(`${stem}.`) && !rest(file, stem).includes('.'),
  );
  if (bodies.length !== 1) throw new Error(`${name}: one body must stand beside its expectation, not ${bodies.length}`);
  return {
    name,
    expected: JSON.parse(readFileSync(join(folder, `${name}.expect.json`), 'utf8')),
    body: readFileSync(join(folder, shape, bodies[0])),
  };
}

/** @param {string} file @param {string} stem */
function rest(file, stem) {
  return file.slice(stem.length + 1);
}

/** @param {string} path */
function visible(path) {
  return readdirSync(path)
    .filter((name) => !name.startsWith('.'))
    .sort();
}
