// @ts-check
/** What the set-up says of the Rust that it finds. No test touches the Rust of this machine. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { machine, unlessWindows } from './machine.js';

const target = 'wasm32-unknown-unknown';
const RUSTUP = 'https://rustup.rs';

/** A rustc of a version, with its libraries in the folder that LIBRARIES names. @param {string} version */
const rustc = (version) =>
  `case "$1" in --version) echo "rustc ${version} (0 2026-01-01)";; *) echo "$LIBRARIES";; esac`;

/** @param {string} sysroot */
function addLibraries(sysroot) {
  const folder = join(sysroot, 'lib', 'rustlib', target, 'lib');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'libstd-0.rlib'), '');
}

/**
 * @param {import('node:test').TestContext} t
 * @param {Record<string, string>} programs beside cargo
 * @param {{ env?: Record<string, string>, name?: string, libraries?: boolean }} [options]
 */
async function prepared(t, programs, { env = {}, name, libraries = true } = {}) {
  const { home, run } = machine(t, { cargo: 'exit 0', ...programs }, name);
  const sysroot = join(home, 'sysroot');
  mkdirSync(sysroot);
  if (libraries) addLibraries(sysroot);
  const { said, code } = await run('rust.js', 'prepareRust()', { LIBRARIES: sysroot, ...env });
  return { said: said.replaceAll(home, 'HOME'), code };
}

describe('the set-up of Rust', unlessWindows, () => {
  test('is content with the version that is asked for', async (t) => {
    const { said, code } = await prepared(t, { rustc: rustc('1.95.0') });
    assert.deepEqual([said, code], ['{"note":"rustc 1.95.0"}', 0]);
  });

  test('refuses an older one, and says where it is', async (t) => {
    const { said, code } = await prepared(t, { rustc: rustc('1.94.1') });
    assert.equal(
      said,
      `HOME/bin/rustc is Rust 1.94.1, and 1.95 or newer is needed: install it from ${RUSTUP} and run this again.`,
    );
    assert.equal(code, 1);
  });

  test('refuses an older one that hides the one of rustup', async (t) => {
    const { said } = await prepared(t, { rustc: rustc('1.9.0'), rustup: 'exit 0' });
    assert.equal(
      said,
      'HOME/bin/rustc is Rust 1.9.0, and 1.95 or newer is needed: ' +
        'put HOME/bin first on PATH or end the override that `rustup show` names, and run this again.',
    );
  });

  test('names RUSTUP_TOOLCHAIN where it asks for another', async (t) => {
    const programs = { rustc: rustc('1.80.0'), rustup: 'exit 0' };
    const { said } = await prepared(t, programs, { env: { RUSTUP_TOOLCHAIN: '1.80.0' } });
    assert.equal(
      said,
      'HOME/bin/rustc is Rust 1.80.0, and 1.95 or newer is needed: ' +
        'leave out RUSTUP_TOOLCHAIN, which is 1.80.0, and run this again.',
    );
    const newer = { rustc: rustc('1.99.0-nightly'), rustup: 'exit 0' };
    assert.deepEqual(await prepared(t, newer, { env: { RUSTUP_TOOLCHAIN: 'nightly' } }), {
      said: '{"note":"rustc 1.99.0-nightly, because RUSTUP_TOOLCHAIN is nightly and not 1.95.0"}',
      code: 0,
    });
    const absent = { rustc: 'echo "toolchain 1.70 is not installed" >&2; exit 1', rustup: 'exit 0' };
    assert.equal(
      (await prepared(t, absent, { env: { RUSTUP_TOOLCHAIN: '1.70' } })).said,
      'toolchain 1.70 is not installed\n' +
        'rustc does not start: leave out RUSTUP_TOOLCHAIN, which is 1.70, and run this again.',
    );
  });

  test('says nothing of a RUSTUP_TOOLCHAIN that is the one asked for', async (t) => {
    const env = { RUSTUP_TOOLCHAIN: '1.95.0-x86_64-unknown-linux-gnu' };
    const { said } = await prepared(t, { rustc: rustc('1.95.0'), rustup: 'exit 0' }, { env });
    assert.equal(said, '{"note":"rustc 1.95.0"}');
  });

  test('without rustup sends to rustup for the target', async (t) => {
    const { said, code } = await prepared(t, { rustc: rustc('1.95.0') }, { libraries: false });
    assert.equal(
      said,
      `Rust came without rustup and without its target ${target}: install it from ${RUSTUP} and run this again.`,
    );
    assert.equal(code, 1);
  });

  test('adds the target', async (t) => {
    const folder = `$LIBRARIES/lib/rustlib/${target}/lib`;
    const rustup = `/bin/mkdir -p ${folder}; : >${folder}/libstd-0.rlib`;
    const { said } = await prepared(t, { rustc: rustc('1.95.0'), rustup }, { libraries: false });
    assert.equal(said, `{"note":"rustc 1.95.0, ${target} added"}`);
  });

  test('looks again after rustup, which takes a target for there when only its files are gone', async (t) => {
    const { said, code } = await prepared(t, { rustc: rustc('1.95.0'), rustup: 'exit 0' }, { libraries: false });
    assert.equal(
      said,
      `rustup takes the target ${target} for there, and its files are not in HOME/sysroot: ` +
        `run \`rustup target remove ${target}\` and this again.`,
    );
    assert.equal(code, 1);
  });

  for (const sign of ['%', ':']) {
    test(`refuses a folder with ${sign} in its path at once`, async (t) => {
      const { said, code } = await prepared(t, { rustc: rustc('1.95.0') }, { name: `5${sign}1` });
      assert.equal(
        said,
        `Rust cannot link in HOME/5${sign}1/: there must be no ${sign} in the path. Clone it into another folder.`,
      );
      assert.equal(code, 1);
    });
  }
});
