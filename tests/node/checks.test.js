// @ts-check
/** What the lint step says where cargo fails: that clippy has objections only where clippy ran. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { machine, unlessWindows } from './machine.js';

const BEFORE =
  'cargo stopped before clippy ran: see above. It needs a network for crates that it has not fetched yet, ' +
  'and a Cargo.lock in step with Cargo.toml.';

/**
 * The last line of a check where cargo prints that and fails.
 *
 * @param {import('node:test').TestContext} t
 * @param {string | null} output null where there is no cargo
 * @param {string} [check]
 */
async function last(t, output, check = 'clippyHost()') {
  const { run } = machine(t, output === null ? {} : { cargo: `echo "${output}" >&2; exit 101` });
  const { said, code } = await run('checks.js', check);
  assert.equal(code, 1);
  return said.split('\n').at(-1);
}

describe('where cargo fails', unlessWindows, () => {
  test('clippy has objections if it ran', async (t) => {
    const output = 'error: could not compile `video-task-query` (lib) due to 1 previous error';
    assert.equal(await last(t, output), 'clippy has objections: see above.');
    assert.equal(await last(t, output, 'clippyWasm()'), 'clippy has objections: see above.');
  });

  test('it has none if crates could not be fetched, or the lock file is old', async (t) => {
    assert.equal(await last(t, 'error: failed to download from https://index.crates.io/config.json'), BEFORE);
    assert.equal(await last(t, 'error: cannot update the lock file because --locked was passed'), BEFORE);
  });

  test('a component that is missing is named', async (t) => {
    const output = "error: 'cargo-clippy' is not installed for the toolchain '1.95.0'.";
    const sentence = (/** @type {string} */ name) =>
      `${name} is missing: run \`rustup component add ${name}\` and this again.`;
    assert.equal(await last(t, output), sentence('clippy'));
    assert.equal(await last(t, 'error: no such command: fmt', 'checkRustFormat()'), sentence('rustfmt'));
  });

  test('Rust is missing if there is no cargo', async (t) => {
    const sentence = 'Rust is missing: install it from https://rustup.rs and run this again.';
    assert.equal(await last(t, null), sentence);
    assert.equal(await last(t, null, 'checkRustFormat()'), sentence);
  });

  test('rustfmt has objections else', async (t) => {
    const sentence = 'rustfmt has objections: see above; `cargo fmt` mends them.';
    assert.equal(await last(t, 'Diff in src/lib.rs:1:', 'checkRustFormat()'), sentence);
  });
});
