// @ts-check
import { join } from 'node:path';
import { modules } from './paths.js';
import { mustRun } from './run.js';

const denied = ['--', '-D', 'warnings'];

export async function checkRustFormat() {
  await mustRun('cargo', ['fmt', '--check'], 'rustfmt has objections: see above; `cargo fmt` mends them.');
  return {};
}

export async function checkFormat() {
  const prettier = join(modules, 'prettier', 'bin', 'prettier.cjs');
  const sentence = 'prettier has objections: see above; `npm run format` mends them.';
  await mustRun(process.execPath, [prettier, '--check', '--log-level=warn', '.'], sentence);
  return {};
}

/** Refuses a Cargo.lock that is not in step with Cargo.toml as well. */
export async function clippyHost() {
  await mustRun('cargo', ['clippy', '--locked', '--all-targets', ...denied], 'clippy has objections: see above.');
  return {};
}

export async function clippyWasm() {
  const target = ['--target', 'wasm32-unknown-unknown'];
  await mustRun('cargo', ['clippy', '--locked', ...target, ...denied], 'clippy has objections: see above.');
  return {};
}

export async function checkTypes() {
  const tsc = join(modules, 'typescript', 'bin', 'tsc');
  await mustRun(process.execPath, [tsc, '--noEmit'], 'TypeScript has objections: see above.');
  return {};
}
