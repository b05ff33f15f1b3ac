// @ts-check
/** The part of it that `npm test` runs. */
import { cases } from './all.js';
import { columns, published, readResult, table } from './matrix.js';
import { runCases } from './run.js';

/** @returns {Promise<import('../../scripts/steps.js').Outcome>} */
export async function testFast() {
  const rows = await runCases(cases.filter(({ fast }) => fast));
  const isShown = published() === table(readResult());
  // Where something cannot be installed, nothing is proved: that is no pass.
  const bad = rows.filter(({ result }) => result !== 'passed');
  const output = bad.map((row) => `${columns(row)}\n${row.why ?? ''}`);
  if (!isShown) output.push('The matrix of README.md is not that of result.json: run `npm run test:everywhere`.');
  return {
    passed: rows.length - bad.length + (isShown ? 1 : 0),
    failed: bad.length + (isShown ? 0 : 1),
    output: output.join('\n\n'),
  };
}
