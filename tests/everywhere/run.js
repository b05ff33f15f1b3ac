// @ts-check
import assert from 'node:assert/strict';
import { closeBrowsers } from './browsers.js';
import { removeProjects } from './project.js';
import { relay } from './serve.js';
import { EXPECTED } from './smoke.js';
import { NotRun } from './tools.js';

/**
 * @typedef {object} Row
 * @property {string} kind
 * @property {string} name
 * @property {string} version
 * @property {'passed' | 'failed' | 'not run'} result
 * @property {string} [why] it failed or was not run
 * @property {number} seconds
 */

/**
 * @param {readonly import('./all.js').Case[]} cases
 * @param {(row: Row) => void} [tell] each row as it comes
 * @returns {Promise<Row[]>}
 */
export async function runCases(cases, tell = () => {}) {
  const service = await relay();
  /** @type {Row[]} */
  const rows = [];
  try {
    for (const each of cases) {
      const row = await runCase(each, service.url);
      rows.push(row);
      tell(row);
    }
  } finally {
    await closeBrowsers();
    await service.stop();
    removeProjects();
  }
  return rows;
}

/** @param {import('./all.js').Case} each @param {string} relayUrl @returns {Promise<Row>} */
async function runCase({ kind, name, version, run, expected = EXPECTED }, relayUrl) {
  const start = performance.now();
  const row = (/** @type {Row['result']} */ result, /** @type {string} */ why = '') => {
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    return { kind, name, version: version(), result, ...(why ? { why } : {}), seconds };
  };
  try {
    assert.deepEqual(await run(relayUrl), expected);
    return row('passed');
  } catch (error) {
    if (error instanceof NotRun) return row('not run', error.message);
    const { message, output = '' } = /** @type {{ message: string, output?: string }} */ (error);
    return row('failed', `${message}\n${output.slice(-3000)}`.trim());
  }
}
