// @ts-check
/** What the npm commands make of their words and of PORT: before they do anything, which may take minutes. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../scripts/paths.js';
import { machine, unlessWindows } from './machine.js';

const COMMANDS = ['start', 'build', 'size', 'audit', 'demo', 'lint', 'setup'];

/** @param {string} script @param {string[]} words @param {Record<string, string>} [env] */
async function told(script, words, env = {}) {
  // Without programs nothing is built where the words are not looked at first.
  const usual = { ...process.env, NODE_TEST_CONTEXT: undefined, PORT: undefined, PATH: '', CARGO_HOME: root };
  const child = spawn(process.execPath, [script, ...words], { env: { ...usual, ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}

const file = (/** @type {string} */ name) => join(root, 'scripts', `${name}.js`);

describe('the npm commands', () => {
  for (const name of COMMANDS) {
    test(`${name} tells what it does, and refuses words that it does not know`, async () => {
      const { code, stdout, stderr } = await told(file(name), ['--help']);
      assert.deepEqual([code, stderr], [0, '']);
      assert.match(stdout, /^ *npm (run )?[a-z:]+/m);
      assert.deepEqual(await told(file(name), ['-h']), { code, stdout, stderr });
      assert.deepEqual(await told(file(name), ['--fast']), {
        code: 1,
        stdout: '',
        stderr: 'Not understood: --fast. Known are --help and -h.\n',
      });
    });
  }

  for (const name of ['test', 'everywhere']) {
    test(`${name} knows -h as --help`, async () => {
      const help = await told(file(name), ['--help']);
      assert.match(help.stdout, /^npm test|^npm run test:everywhere/);
      assert.deepEqual(await told(file(name), ['-h']), help);
    });
  }

  for (const PORT of ['abc', '0x50', '1e3', '65536']) {
    test(`start refuses PORT=${PORT}`, async () => {
      assert.deepEqual(await told(file('start'), [], { PORT }), {
        code: 1,
        stdout: '',
        stderr: `The page could not be served: PORT is "${PORT}"; it must be a whole number from 0 to 65535.\n`,
      });
    });
  }

  test('work through a link to their folder', unlessWindows, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'link-'));
    t.after(() => rmSync(folder, { recursive: true }));
    symlinkSync(root, join(folder, 'clone'));
    const { stdout } = await told(join(folder, 'clone', 'scripts', 'demo.js'), ['--help']);
    assert.match(stdout, /^Writes the demo page into demo\//);
  });

  test('audit says that Rust is missing where it is, and goes on', unlessWindows, async (t) => {
    const { home, run } = machine(t);
    const npm = join(home, 'npm-cli.js');
    writeFileSync(npm, '');
    const { said, code } = await run('audit.js', '', { npm_execpath: npm });
    const missing = 'Rust is missing: install it from https://rustup.rs.';
    assert.deepEqual(said.split('\n'), [
      `skipped  licences, bans and sources of the crate: ${missing}`,
      `skipped  licences, bans and sources of the fuzzers: ${missing}`,
      `skipped  known vulnerabilities in crates: ${missing}`,
      'passed   signatures of the npm packages',
      'passed   known vulnerabilities in npm packages',
    ]);
    assert.equal(code, 0);
  });
});
