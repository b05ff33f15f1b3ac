// @ts-check
/** The results as `result.json`, and from there as the table in README.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../scripts/paths.js';

/** @typedef {import('./run.js').Row} Row */

const result = fileURLToPath(new URL('result.json', import.meta.url));
const readme = join(root, 'README.md');
const [start, end] = ['<!-- everywhere:start -->\n', '<!-- everywhere:end -->'];

/** One line of the matrix. @param {Row} row */
export function columns({ name, version, result, why = '', seconds }) {
  const outcome = result === 'not run' ? `not run: ${why}` : result;
  return `${name.padEnd(34)} ${version.padEnd(18)} ${outcome.padEnd(8)} ${`${seconds} s`.padStart(7)}`;
}

/** @param {readonly Row[]} rows */
export function publish(rows) {
  writeFileSync(
    result,
    `${JSON.stringify(
      rows.map(({ why, ...row }) => (row.result === 'not run' ? { ...row, why } : row)),
      null,
      2,
    )}\n`,
  );
  const [before, , after] = parts();
  writeFileSync(readme, [before, start, table(readResult()), end, after].join(''));
}

/** @returns {Row[]} */
export function readResult() {
  return JSON.parse(readFileSync(result, 'utf8'));
}

/** What stands in README.md between the marks. */
export function published() {
  return parts()[1];
}

function parts() {
  const text = readFileSync(readme, 'utf8').replaceAll('\r', '');
  const [before = '', rest = ''] = text.split(start);
  const [inside = '', after = ''] = rest.split(end);
  return [before, inside, after];
}

/** @param {readonly Row[]} rows */
export function table(rows) {
  const lines = rows.map(({ name, version, result, why, seconds }) => {
    const outcome = result === 'not run' ? `not run: ${why}` : result;
    return `| ${name} | ${version || '-'} | ${outcome} | ${seconds} |\n`;
  });
  return `| Where | Version | Result | Seconds |\n|---|---|---|---|\n${lines.join('')}`;
}
