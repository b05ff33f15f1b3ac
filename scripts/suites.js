// @ts-check
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from './browser.js';
import { countRust } from './count-rust.js';
import { consumer, root, scratch } from './paths.js';
import { run } from './run.js';
import { Trouble } from './trouble.js';
import { findWasmPack } from './wasm-pack.js';

/** @typedef {import('./steps.js').Outcome} Outcome */

/** @returns {Promise<Outcome>} */
export async function testRust() {
  return countRust(await run('cargo', ['test', '--no-fail-fast']));
}

/**
 * The tests that only WebAssembly has: those in src/wasm, and the files tests/wasm*.rs.
 *
 * @returns {Promise<Outcome>}
 */
export async function testWasm() {
  const wasmPack = await findWasmPack();
  if (!wasmPack) throw new Trouble('wasm-pack is not there: run `npm run setup`.');
  const files = readdirSync(join(root, 'tests')).filter((name) => /^wasm.*\.rs$/.test(name));
  const targets = files.flatMap((name) => ['--test', name.slice(0, -'.rs'.length)]);
  // Not --no-fail-fast: wasm-pack hands its arguments to cargo build too, which knows no such option.
  return countRust(await run(wasmPack, ['test', '--node', '--', '--lib', ...targets]));
}

export function testNode() {
  return runNodeTests('tests/node', {});
}

export async function testBrowser() {
  const chromium = await findBrowser();
  if (!chromium) throw new Trouble('There is no Chromium: run `npm run setup`.');
  return runNodeTests('tests/browser', { CHROMIUM_PATH: chromium });
}

/**
 * @param {string} folder
 * @param {Record<string, string>} extra
 * @returns {Promise<Outcome>}
 */
async function runNodeTests(folder, extra) {
  const files = testFiles(join(root, folder));
  if (files.length === 0) return { passed: 0 };
  const counts = join(scratch, 'counts.json');
  mkdirSync(scratch, { recursive: true });
  rmSync(counts, { force: true });
  const reporter = pathToFileURL(join(root, 'scripts', 'count-reporter.js')).href;
  const toStdout = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  const toFile = [`--test-reporter=${reporter}`, `--test-reporter-destination=${counts}`];
  const env = { PACKAGE_DIR: join(consumer, 'node_modules', 'video-task-query'), ...extra };
  const args = ['--test', ...toStdout, ...toFile, ...files];
  const { code, output } = await run(process.execPath, args, { env, minutes: 8 });
  /** @type {{ passed: number, failed: number }} */
  const { passed, failed } = existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : { passed: 0, failed: 0 };
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
