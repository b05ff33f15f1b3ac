// @ts-check
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { modules, tools } from './paths.js';

/** wasm-pack keeps the wasm-bindgen that it fetches or builds in here; it does not create the folder. */
export const wasmPackCache = join(tools, 'wasm-pack-cache');

/** Where cargo keeps its programs, and the sources of the crates. */
export const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');

/** Where rustup keeps compilers and the sources of the standard library. */
export const rustupHome = process.env.RUSTUP_HOME ?? join(homedir(), '.rustup');

/** What the names of programs end in. */
export const exe = process.platform === 'win32' ? '.exe' : '';

/**
 * The environment that every command of the scripts runs in.
 *
 * @returns {NodeJS.ProcessEnv}
 */
export function environment() {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, WASM_PACK_CACHE: wasmPackCache };
  const key = pathKey(env);
  // node_modules/.bin first: Binaryen from a distribution writes modules that break at run time.
  const first = join(modules, '.bin');
  // The shell that Rust was just installed from does not have it on its PATH yet.
  const cargo = join(cargoHome, 'bin');
  env[key] = [first, env[key] ?? '', cargo, dirname(process.execPath)].join(delimiter);
  // A test runner that finds itself inside another one reports to that one.
  delete env.NODE_TEST_CONTEXT;
  return env;
}

/**
 * The full path of a program on PATH.
 *
 * @param {string} name without `.exe`
 * @returns {string | undefined}
 */
export function findOnPath(name) {
  const env = environment();
  return (env[pathKey(env)] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name + exe))
    .find((file) => existsSync(file));
}

/** Windows calls it Path; a second spelling would hide the first. @param {NodeJS.ProcessEnv} env */
function pathKey(env) {
  return Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
}
