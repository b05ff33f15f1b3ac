// @ts-check
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compile } from './compile.js';
import { exe, findOnPath, wasmPackCache } from './environment.js';
import { root, scratch } from './paths.js';
import { run } from './run.js';
import { ScriptError } from './script-error.js';

/** @returns {Promise<string>} the path of the program that runs WebAssembly tests */
export async function testRunner() {
  return (await find()) ?? (await fetch()) ?? missing();
}

/** @returns {Promise<string | undefined>} the one of the crate's own version; no other understands its output */
async function find() {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const version = /name = "wasm-bindgen"\nversion = "(.+)"/.exec(lock.replaceAll('\r', ''))?.[1];
  const kept = readdirSync(wasmPackCache).map((name) => join(wasmPackCache, name));
  const installed = findOnPath('wasm-bindgen');
  for (const folder of installed ? [...kept, dirname(installed)] : kept) {
    const runner = join(folder, `wasm-bindgen-test-runner${exe}`);
    if (!existsSync(runner)) continue;
    const { output } = await run(join(folder, `wasm-bindgen${exe}`), ['--version']);
    if (output.trim() === `wasm-bindgen ${version}`) return runner;
  }
  return undefined;
}

/** wasm-pack fetches or builds it on its way to a finished module. */
async function fetch() {
  const folder = join(scratch, 'thrown-away');
  await compile(folder);
  rmSync(folder, { recursive: true });
  return find();
}

/** @returns {never} */
function missing() {
  throw new ScriptError('wasm-pack has left no wasm-bindgen-test-runner: delete .tools and run this again.');
}
