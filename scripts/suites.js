// @ts-check
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from './browser.js';
import { countRust } from './count-rust.js';
import { consumer, root, scratch } from './paths.js';
import { run } from './run.js';
import { ScriptError } from './script-error.js';
import { testRunner } from './wasm-bindgen.js';

/** @typedef {import('./steps.js').Outcome} Outcome */

/** @returns {Promise<Outcome>} */
export async function testRust() {
  return countRust(await run('cargo', ['test', '--no-fail-fast']));
}

/**
 * The tests that only WebAssembly has, those in src/wasm. What `wasm-pack test` does, but that compiles the files of tests
 * for WebAssembly too.
 *
 * @returns {Promise<Outcome>}
 */
export async function testWasm() {
  const env = { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: await testRunner(), WASM_BINDGEN_TEST_ONLY_NODE: '1' };
  return countRust(await run('cargo', ['test', '--target', 'wasm32-unknown-unknown', '--lib'], { env }));
}

export function testNode() {
  return runNodeTests('tests/node');
}

export function testBrowser() {
  return runNodeTests('tests/browser');
}

/**
 * What is quick of the packed package everywhere, and that README.md shows the last run of the whole.
 *
 * @returns {Promise<Outcome>}
 */
export async function testEverywhere() {
  // Loaded only here: it imports the practice relay and what else the set-up does without.
  const { testFast } = await import('../tests/everywhere/fast.js');
  return testFast();
}

/**
 * @param {string} folder
 * @returns {Promise<Outcome>}
 */
async function runNodeTests(folder) {
  const files = testFiles(join(root, folder));
  if (files.length === 0) return { passed: 0 };
  const chromium = await findBrowser();
  if (!chromium) throw new ScriptError('There is no Chromium: run `npm run setup`.');
  const counts = join(scratch, 'counts.json');
  mkdirSync(scratch, { recursive: true });
  rmSync(counts, { force: true });
  const reporter = pathToFileURL(join(root, 'scripts', 'count-reporter.js')).href;
  const toStdout = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  const toFile = [`--test-reporter=${reporter}`, `--test-reporter-destination=${counts}`];
  const env = { PACKAGE_DIR: join(consumer, 'node_modules', 'video-task-query'), CHROMIUM_PATH: chromium };
  // A test that hangs is named rather than taking the whole step down.
  const args = ['--test', '--test-timeout=120000', ...toStdout, ...toFile, ...files];
  const { code, output } = await run(process.execPath, args, { env, minutes: 12 });
  // Empty where the run was ended before its end.
  const counted = existsSync(counts) ? readFileSync(counts, 'utf8') : '';
  /** @type {{ passed: number, failed: number }} */
  const { passed, failed } = counted ? JSON.parse(counted) : { passed: 0, failed: 0 };
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1), output };
}

/**
 * Named one by one: how a folder is understood differs between the versions of Node.
 *
 * @param {string} folder
 * @returns {string[]}
 */
function testFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? testFiles(join(folder, entry.name)) : [join(folder, entry.name)]))
    .filter((file) => file.endsWith('.test.js'))
    .sort();
}
