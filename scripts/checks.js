// @ts-check
import { join } from 'node:path';
import { modules } from './paths.js';
import { mustRun, run } from './run.js';
import { RUST_IS_MISSING, TARGET } from './rust-version.js';
import { ScriptError } from './script-error.js';

const denied = ['--', '-D', 'warnings'];

export async function checkRustFormat() {
  const { code, output } = await run('cargo', ['fmt', '--check']);
  refuseAbsent('rustfmt', code, output);
  if (code !== 0) throw new ScriptError('rustfmt has objections: see above; `cargo fmt` mends them.', output);
  return {};
}

export async function checkFormat() {
  const prettier = join(modules, 'prettier', 'bin', 'prettier.cjs');
  const sentence = 'prettier has objections: see above; `npm run format` mends them.';
  await mustRun(process.execPath, [prettier, '--check', '--log-level=warn', '.'], sentence);
  return {};
}

export function clippyHost() {
  return clippy('--all-targets');
}

export function clippyWasm() {
  return clippy('--target', TARGET);
}

/** Refuses a Cargo.lock that is not in step with Cargo.toml as well. @param {string[]} what */
async function clippy(...what) {
  const { code, output } = await run('cargo', ['clippy', '--locked', ...what, ...denied]);
  refuseAbsent('clippy', code, output);
  if (code === 0) return {};
  // What cargo says of every crate that a compiler, or clippy in its place, refuses.
  if (output.includes('could not compile')) throw new ScriptError('clippy has objections: see above.', output);
  throw new ScriptError(
    'cargo stopped before clippy ran: see above. It needs a network for crates that it has not fetched yet, ' +
      'and a Cargo.lock in step with Cargo.toml.',
    output,
  );
}

/**
 * @param {string} component of Rust
 * @param {number} code that cargo ended with
 * @param {string} output
 */
function refuseAbsent(component, code, output) {
  if (code === -1) throw new ScriptError(`${RUST_IS_MISSING} and run this again.`, output);
  if (code === 0 || !/no such command|is not installed for the toolchain/.test(output)) return;
  throw new ScriptError(`${component} is missing: run \`rustup component add ${component}\` and this again.`, output);
}

export async function checkTypes() {
  const tsc = join(modules, 'typescript', 'bin', 'tsc');
  await mustRun(process.execPath, [tsc, '--noEmit'], 'TypeScript has objections: see above.');
  return {};
}
