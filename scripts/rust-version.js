// @ts-check
/** Which compiler there is, and which there should be. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findOnPath } from './environment.js';
import { root } from './paths.js';
import { mustRun, run } from './run.js';
import { ScriptError } from './script-error.js';

export const TARGET = 'wasm32-unknown-unknown';
export const RUST_IS_MISSING = 'Rust is missing: install it from https://rustup.rs';

/** @returns {Promise<string>} the version of the compiler, and why it is another one than asked for */
export async function prepareCompiler() {
  const { code, output } = await run('rustc', ['--version']);
  const override = overriding();
  if (code !== 0 && override) throw new ScriptError(`rustc does not start: ${remedy()}`, output);
  if (code !== 0) return installChannel();
  const version = /rustc (\S+)/.exec(output)?.[1] ?? '';
  const least = asked('Cargo.toml', /^rust-version = "(.+)"/m);
  if (isOlder(version, least)) {
    throw new ScriptError(`${findOnPath('rustc')} is Rust ${version}, and ${least} or newer is needed: ${remedy()}`);
  }
  return override ? `${version}, because RUSTUP_TOOLCHAIN is ${override} and not ${channel()}` : version;
}

/** What to do about a compiler that is not the one of rust-toolchain.toml. */
function remedy() {
  const again = 'and run this again.';
  const rustup = findOnPath('rustup');
  if (!rustup) return `install it from https://rustup.rs ${again}`;
  if (overriding()) return `leave out RUSTUP_TOOLCHAIN, which is ${overriding()}, ${again}`;
  return `put ${dirname(rustup)} first on PATH or end the override that \`rustup show\` names, ${again}`;
}

/** @returns {string | undefined} what the variable asks rustup for, where that is not what rust-toolchain.toml does */
function overriding() {
  const wish = process.env.RUSTUP_TOOLCHAIN;
  if (!wish || !findOnPath('rustup')) return undefined;
  // Programs that rustup has started have its full name, with the machine.
  return wish === channel() || wish.startsWith(`${channel()}-`) ? undefined : wish;
}

function channel() {
  return asked('rust-toolchain.toml', /^channel = "(.+)"/m);
}

/** @param {string} file @param {RegExp} line */
function asked(file, line) {
  const found = line.exec(readFileSync(join(root, file), 'utf8'))?.[1];
  if (!found) throw new ScriptError(`${file} does not name the version of Rust that this needs: ${line} is not in it.`);
  return found;
}

/** @param {string} version @param {string} least */
function isOlder(version, least) {
  const [has, needs] = [version, least].map((text) => text.split(/[.-]/).map(Number));
  const at = needs?.findIndex((part, index) => part !== has?.[index]) ?? -1;
  return at >= 0 && !((has?.[at] ?? 0) > (needs?.[at] ?? 0));
}

async function installChannel() {
  const name = channel();
  if (!findOnPath('rustup')) throw new ScriptError(`There is cargo, and no rustc that starts: ${remedy()}`);
  const sentence =
    `Rust ${name} is missing and rustup could not install it: ` +
    `run \`rustup toolchain install ${name}\` where there is a network, then run this again.`;
  const parts = ['--component', 'rustfmt', '--component', 'clippy', '--target', TARGET];
  await mustRun('rustup', ['toolchain', 'install', name, '--profile', 'minimal', ...parts], sentence);
  return name;
}
