// @ts-check
/** `npm run bench`: all benches, or those that are named, and their table. */
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../scripts/browser.js';
import { root } from '../scripts/paths.js';
import { run } from '../scripts/run.js';
import { runSteps } from '../scripts/run-steps.js';
import { ScriptError, runScript } from '../scripts/script-error.js';
import { PEERS, installPeers } from './lib/peers.js';
import { table } from './lib/rows.js';

const BENCHES = ['bytes', 'parse', 'query', 'start', 'page', 'unchanged', 'large', 'memory'];

const help = `npm run bench                    this package beside what one would use instead; half an hour
npm run bench -- parse query     only these, of ${BENCHES.join(', ')}
npm run bench -- --quick         fewer rounds and less work: to see that it runs, not to quote
npm run bench -- --json          the last line is all of it as JSON
npm run bench -- --write         the table goes into benches/README.md`;

await runScript(async () => {
  const words = process.argv.slice(2);
  const flags = words.filter((word) => word.startsWith('-'));
  if (flags.includes('--help')) return console.log(help);
  const unknown = words.find((word) => ![...BENCHES, '--quick', '--json', '--write'].includes(word));
  if (unknown) throw new ScriptError(`There is no ${unknown}.\n\n${help}`);
  const chosen = BENCHES.filter((name) => words.length === flags.length || words.includes(name));
  if (flags.includes('--write') && (chosen.length < BENCHES.length || flags.includes('--quick'))) {
    throw new ScriptError('Only a whole run that is not a quick one is written down.');
  }
  if (!(await runSteps(['pack', 'chromium'])).ok) return false;
  await installPeers();
  const rows = [];
  for (const name of chosen) {
    const start = performance.now();
    const part = await result(name, { quick: flags.includes('--quick') });
    rows.push(...part);
    // At once, so that what was measured is not lost where a later part fails.
    console.log(`\n${name}, ${((performance.now() - start) / 1000).toFixed(0)} s\n\n${table(part)}`);
  }
  const versions = await surroundings();
  const told = `${Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}.`;
  console.log(`\n${told}`);
  if (flags.includes('--write')) publish(`${table(rows)}\n\n${told}\n`);
  if (flags.includes('--json')) console.log(JSON.stringify({ versions, rows }));
});

/** @param {string} name @param {{ quick: boolean }} options @returns {Promise<import('./lib/rows.js').Row[]>} */
function result(name, options) {
  const file = fileURLToPath(new URL('lib/one.js', import.meta.url));
  const child = fork(file, [name, JSON.stringify(options)], { execArgv: ['--expose-gc'] });
  return new Promise((resolve, reject) => {
    child.on('message', (rows) => resolve(/** @type {any} */ (rows)));
    child.on('exit', (code) => reject(new ScriptError(`The bench ${name} ended with ${code} and without a result.`)));
  });
}

async function surroundings() {
  const manifest = JSON.parse(readFileSync(join(root, 'pkg', 'package.json'), 'utf8'));
  const chromium = await findBrowser();
  const told = chromium ? (await run(chromium, ['--version'])).output : '';
  return {
    'video-task-query': String(manifest.version),
    ...PEERS,
    Node: process.version,
    Chromium: /\d+(\.\d+){2,}/.exec(told)?.[0] ?? 'none',
    [`${process.platform} ${process.arch}`]: `${cpus().length} cores`,
  };
}

/** @param {string} text */
function publish(text) {
  const file = fileURLToPath(new URL('README.md', import.meta.url));
  const marks = /(<!-- npm run bench -- --write -->\n)[\s\S]*?(<!-- end -->)/;
  const before = readFileSync(file, 'utf8');
  if (!marks.test(before)) throw new ScriptError('benches/README.md has no place for the table.');
  writeFileSync(
    file,
    before.replace(marks, (_, start, end) => `${start}\n${text}\n${end}`),
  );
}
