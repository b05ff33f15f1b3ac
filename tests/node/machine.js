// @ts-check
/** The scripts on a machine that has no more programs than a test gives it, in a folder of their own. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runModule } from './child.js';

const project = fileURLToPath(new URL('../..', import.meta.url));
const parts = ['scripts', 'package.json', 'Cargo.toml', 'rust-toolchain.toml'];

/** What a machine has is made for a shell and of links that Windows does not have. */
export const unlessWindows = { skip: process.platform === 'win32' && 'there is no /bin/sh' };

/**
 * @param {import('node:test').TestContext} t
 * @param {Record<string, string>} [programs] what each runs in /bin/sh, by its name; they see only each other and Node
 * @param {string} [name] of the project's folder
 */
export function machine(t, programs = {}, name = 'project') {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'machine-')));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const [root, bin] = [join(home, name), join(home, 'bin')];
  for (const part of parts) cpSync(join(project, part), join(root, part), { recursive: true });
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  for (const [program, lines] of Object.entries(programs)) {
    writeFileSync(join(bin, program), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  }
  const usual = { PATH: bin, CARGO_HOME: home, RUSTUP_HOME: home, RUSTUP_TOOLCHAIN: '' };

  return {
    home,
    root,
    /**
     * Runs a script, or what it exports as the body of one.
     *
     * @param {string} script in scripts/
     * @param {string} [call] of what it exports, such as `prepareRust()`
     * @param {Record<string, string>} [env]
     * @returns {Promise<{ said: string, code: number | null }>} all that was printed, or what the call gave as JSON
     */
    async run(script, call = '', env = {}) {
      const url = (/** @type {string} */ file) => JSON.stringify(pathToFileURL(join(root, 'scripts', file)).href);
      // The folder of Node is searched for programs too, and may have any.
      const source = `
        process.execPath = ${JSON.stringify(join(bin, 'node'))};
        const script = await import(${url(script)});
        const { runScript } = await import(${url('script-error.js')});
        ${call && `await runScript(async () => console.log(JSON.stringify(await script.${call})));`}`;
      const { stdout, stderr, code } = await runModule(source, { env: { ...usual, ...env } });
      return { said: `${stdout}${stderr}`.trim(), code };
    },
  };
}
