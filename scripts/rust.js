// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath } from './environment.js';
import { root } from './paths.js';
import { mustRun, run } from './run.js';
import { Trouble } from './trouble.js';

const target = 'wasm32-unknown-unknown';

/** Makes sure of the compiler that rust-toolchain.toml names, and of its WebAssembly target. */
export async function prepareRust() {
  if (!findOnPath('cargo')) {
    throw new Trouble('Rust is missing: install it from https://rustup.rs and run this again.');
  }
  const version = (await installedVersion()) ?? (await installVersion());
  const added = await addTarget();
  return { note: `rustc ${version}${added ? `, ${target} added` : ''}` };
}

/** @returns {Promise<string | undefined>} */
async function installedVersion() {
  const { code, output } = await run('rustc', ['--version']);
  return code === 0 ? /rustc (\S+)/.exec(output)?.[1] : undefined;
}

async function installVersion() {
  const channel = /channel = "(.+)"/.exec(readFileSync(join(root, 'rust-toolchain.toml'), 'utf8'))?.[1] ?? 'stable';
  const sentence =
    `Rust ${channel} is missing and rustup could not install it: ` +
    `run \`rustup toolchain install ${channel}\` where there is a network, then run this again.`;
  const parts = ['--component', 'rustfmt', '--component', 'clippy', '--target', target];
  await mustRun('rustup', ['toolchain', 'install', channel, '--profile', 'minimal', ...parts], sentence);
  return channel;
}

/** @returns {Promise<boolean>} whether it had to be added */
async function addTarget() {
  const sysroot = await mustRun('rustc', ['--print', 'sysroot'], 'rustc does not say where its libraries are.');
  const library =
    sysroot
      .split('\n')
      .find((line) => existsSync(line.trim()))
      ?.trim() ?? '';
  if (existsSync(join(library, 'lib', 'rustlib', target, 'lib'))) return false;
  await mustRun(
    'rustup',
    ['target', 'add', target],
    `Rust's target ${target} is missing and rustup could not add it: ` +
      `run \`rustup target add ${target}\` where there is a network, then run this again.`,
  );
  return true;
}
