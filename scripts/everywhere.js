// @ts-check
import { cases } from '../tests/everywhere/all.js';
import { columns, publish } from '../tests/everywhere/matrix.js';
import { runCases } from '../tests/everywhere/run.js';
import { runSteps } from './run-steps.js';
import { ScriptError, runScript } from './script-error.js';

const help = `npm run test:everywhere                    the packed package in every runtime, browser and bundler
npm run test:everywhere -- vite next       those whose names have one of these words
npm run test:everywhere -- --unpublished   all, and the matrix in README.md stays as it is, as it does where words are given`;

await runScript(async () => {
  const options = process.argv.slice(2).map((word) => word.toLowerCase());
  if (options.some((word) => word === '--help' || word === '-h')) return console.log(help);
  const words = options.filter((word) => word !== '--unpublished');
  const chosen = cases.filter(
    ({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word)),
  );
  if (chosen.length === 0) throw new ScriptError(`No case has such a name.\n\n${help}`);
  if (!(await runSteps(['pack', 'chromium'])).ok) return false;
  console.log('');
  const rows = await runCases(chosen, (row) => {
    console.log(columns(row));
    if (row.result === 'failed') console.log(`\n${row.why}\n`);
  });
  if (options.length === 0) publish(rows);
  const count = (/** @type {string} */ result) => rows.filter((row) => row.result === result).length;
  console.log(`\n${count('passed')} passed, ${count('failed')} failed, ${count('not run')} not run`);
  return count('failed') === 0;
});
