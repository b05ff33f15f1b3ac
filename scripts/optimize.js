// @ts-check
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutPanics } from './panics.js';
import { modules } from './paths.js';
import { mustRun } from './run.js';
import { ScriptError } from './script-error.js';

/**
 * Exactly the features that rustc 1.95 and wasm-bindgen 0.2.130 emit. `--all-features` writes modules that Node 20
 * refuses to load.
 */
const FEATURES = [
  '--enable-bulk-memory',
  '--enable-bulk-memory-opt',
  '--enable-call-indirect-overlong',
  '--enable-multivalue',
  '--enable-mutable-globals',
  '--enable-nontrapping-float-to-int',
  '--enable-reference-types',
  '--enable-sign-ext',
];
const SMALLER = [
  '-Os',
  '--converge',
  // Functions inlined into their only caller compress worse than by themselves.
  '--one-caller-inline-max-function-size=20',
];
const SHORT = [
  // Names with hashes, which no compression makes smaller, were a twentieth of what a browser loads.
  '--minify-imports-and-exports-and-modules',
  // Nothing reads these sections.
  '--strip-debug',
  '--strip-producers',
  '--strip-target-features',
];
/** What is never run, or only before a trap. */
const IDLE = [
  // What a panic does before it traps: it words a message, which WebAssembly has nowhere to print.
  /^<?(std|core|alloc|__rustc)\[.*(panic|_fail|_failed|handle_error|alloc_error|capacity_overflow)/,
  /^<.* as core\[\w+\]::fmt::Debug>/,
  // Numbers and characters in formatted texts: clippy.toml keeps those out of the crate, and gloo-net formats texts alone.
  /^<?(core|alloc)\[.*(pad_integral|do_count_chars|write_char)(\[\d+\])?$/,
  /^<u32 as core\[\w+\]::fmt::Display>/,
];

/**
 * @typedef {object} ShortNames What the WebAssembly imports and exports, before and after.
 * @property {[module: string, name: string, short: string][]} imports
 * @property {[name: string, short: string][]} exports
 */

/**
 * Makes a module smaller, whose functions still have their names.
 *
 * @param {string} file
 * @returns {Promise<ShortNames>}
 */
export async function optimize(file) {
  await trapAtOnce(file);
  dropPanics(file);
  await wasmOpt(file, SMALLER);
  const names = JSON.parse(await wasmOpt(file, SHORT));
  await markVersion(file, names);
  // In the other order of imports it finds a little more.
  await wasmOpt(file, SMALLER);
  return names;
}

/**
 * Puts a hash of the module into the name of an import. Short names are much the same from version to version: with the
 * glue of another one it would run, and call what it should not. So it does not load.
 *
 * @param {string} file
 * @param {ShortNames} names
 */
async function markVersion(file, names) {
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 8);
  await edit(file, (module, [first]) => {
    const named = names.imports.find(([, , short]) => short === first?.base);
    if (!first?.module || !named) {
      throw new ScriptError('The first function of the WebAssembly is no import: has wasm-opt another order?');
    }
    named[2] = `${first.base}_${hash}`;
    module.removeFunction(first.name);
    module.addFunctionImport(first.name, first.module, named[2], first.params, first.results);
  });
}

/** @param {string} file */
function dropPanics(file) {
  const { bytes, places, words } = withoutPanics(readFileSync(file));
  if (places === 0) throw new ScriptError('No panic says where it comes from: has rustc another layout for that?');
  if (words === 0) throw new ScriptError('No panic says what went wrong: has the standard library other words?');
  writeFileSync(file, bytes);
}

/** @param {string} file @param {readonly string[]} passes */
function wasmOpt(file, passes) {
  const program = join(modules, 'binaryen', 'bin', 'wasm-opt');
  const args = [program, ...passes, ...FEATURES, file, '-o', file];
  return mustRun(process.execPath, args, 'wasm-opt could not make the module smaller.');
}

/**
 * Has what is never run trap at once, so that nothing of it is left.
 *
 * @param {string} file
 */
async function trapAtOnce(file) {
  await edit(file, (module, functions) => {
    for (const names of IDLE) {
      const idle = functions.filter(({ name }) => names.test(name));
      if (idle.length === 0) throw new ScriptError(`No function is named as ${names}: has rustc renamed them?`);
      for (const { name, params, results } of idle) {
        module.removeFunction(name);
        module.addFunction(name, params, results, [], module.unreachable());
      }
    }
  });
}

/**
 * Changes the functions of a module.
 *
 * @typedef {import('binaryen').default.Module} Module
 * @typedef {import('binaryen').default.FunctionInfo} FunctionInfo
 *
 * @param {string} file
 * @param {(module: Module, functions: FunctionInfo[]) => void} change
 */
async function edit(file, change) {
  // Only now: the scripts themselves install it.
  const { default: binaryen } = await import('binaryen');
  const module = binaryen.readBinary(readFileSync(file));
  const all = Array.from({ length: module.getNumFunctions() }, (_, at) => module.getFunctionByIndex(at));
  change(
    module,
    all.map((one) => binaryen.getFunctionInfo(one)),
  );
  writeFileSync(file, module.emitBinary());
  module.dispose();
}
