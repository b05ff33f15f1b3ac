// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath } from './environment.js';
import { root } from './paths.js';
import { mustRun } from './run.js';
import { RUST_IS_MISSING, TARGET, prepareCompiler } from './rust-version.js';
import { ScriptError } from './script-error.js';

/** Makes sure of the compiler that rust-toolchain.toml names, and of its WebAssembly target. */
export async function prepareRust() {
  refusePath();
  if (!findOnPath('cargo')) {
    throw new ScriptError(`${RUST_IS_MISSING} and run this again.`);
  }
  const version = await prepareCompiler();
  const added = await addTarget();
  return { note: `rustc ${version}${added ? `, ${TARGET} added` : ''}` };
}

/** At once: cargo, which lists folders with colons between them, and rust-lld would find out in minutes. */
function refusePath() {
  const found = (process.platform === 'win32' ? /%/ : /[%:]/).exec(root)?.[0];
  if (!found) return;
  throw new ScriptError(
    `Rust cannot link in ${root}: there must be no ${found} in the path. Clone it into another folder.`,
  );
}

/** @returns {Promise<boolean>} whether it had to be added */
async function addTarget() {
  const sysroot = await mustRun('rustc', ['--print', 'sysroot'], 'rustc does not say where its libraries are.');
  const lines = sysroot.split('\n').map((line) => line.trim());
  const folder = lines.find((line) => existsSync(line)) ?? '';
  if (hasTarget(folder)) return false;
  if (!findOnPath('rustup')) {
    throw new ScriptError(
      `Rust came without rustup and without its target ${TARGET}: ` +
        'install it from https://rustup.rs and run this again.',
    );
  }
  await mustRun(
    'rustup',
    ['target', 'add', TARGET],
    `Rust's target ${TARGET} is missing and rustup could not add it: ` +
      `run \`rustup target add ${TARGET}\` where there is a network, then run this again.`,
  );
  if (hasTarget(folder)) return true;
  // It keeps a list of what it has put there, and does not look.
  throw new ScriptError(
    `rustup takes the target ${TARGET} for there, and its files are not in ${folder}: ` +
      `run \`rustup target remove ${TARGET}\` and this again.`,
  );
}

/** @param {string} folder where rustc has its libraries */
function hasTarget(folder) {
  const libraries = join(folder, 'lib', 'rustlib', TARGET, 'lib');
  return existsSync(libraries) && readdirSync(libraries).some((name) => name.startsWith('libstd-'));
}
