// @ts-check
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exe, findOnPath, wasmPackCache } from './environment.js';
import { npm } from './npm.js';
import { tools } from './paths.js';
import { mustRun, run } from './run.js';

// The last one that npm has, and the last one that crates.io has.
const npmVersion = '0.15.0';
const crateVersion = '0.15.1';
const accepted = /^wasm-pack 0\.15\./;

// It only calls other programs, so the time that optimising it takes is never won back.
const quickly = { CARGO_PROFILE_RELEASE_OPT_LEVEL: '0', CARGO_PROFILE_RELEASE_LTO: 'off' };

const fromNpm = join(tools, 'wasm-pack-npm');
const fromCargo = join(tools, 'wasm-pack');
const npmBinary = join(fromNpm, 'node_modules', 'wasm-pack', 'binary', `wasm-pack${exe}`);
const cargoBinary = join(fromCargo, 'bin', `wasm-pack${exe}`);

/** Finds wasm-pack, or else installs it into the project's own folder. */
export async function prepareWasmPack() {
  mkdirSync(wasmPackCache, { recursive: true });
  if (await findWasmPack()) return { note: 'already there' };
  if (await downloadWasmPack()) return { note: `${npmVersion} downloaded` };
  await mustRun(
    'cargo',
    ['install', 'wasm-pack', '--version', crateVersion, '--locked', '--root', fromCargo],
    `wasm-pack could neither be downloaded nor built: run \`cargo install wasm-pack --version ${crateVersion}\` ` +
      'where there is a network, then run this again.',
    { env: quickly },
  );
  return { note: `${crateVersion} built` };
}

/** @returns {Promise<string | undefined>} the path of a wasm-pack that this project works with */
export async function findWasmPack() {
  for (const file of [cargoBinary, npmBinary, findOnPath('wasm-pack')]) {
    if (!file || !existsSync(file)) continue;
    const { code, output } = await run(file, ['--version']);
    if (code === 0 && accepted.test(output)) return file;
  }
  return undefined;
}

/** The quick way: npm's package fetches a prebuilt binary, from a place that not every network lets through. */
async function downloadWasmPack() {
  rmSync(fromNpm, { recursive: true, force: true });
  mkdirSync(fromNpm, { recursive: true });
  writeFileSync(join(fromNpm, 'package.json'), '{ "private": true }\n');
  const packages = [`wasm-pack@${npmVersion}`];
  await npm(['install', ...packages, '--ignore-scripts=false', '--no-audit', '--no-package-lock'], fromNpm, 3);
  return (await findWasmPack()) !== undefined;
}
