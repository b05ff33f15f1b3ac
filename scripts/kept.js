// @ts-check
/** Packages that only some command needs: pinned, installed when it needs them, and kept in a folder of their own. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.js';
import { isStamped, stamp } from './stamp.js';
import { ScriptError } from './script-error.js';

/**
 * @param {string} folder gets a node_modules with them
 * @param {Readonly<Record<string, string>>} dependencies
 * @param {{ withScripts?: boolean }} [options]
 */
export async function keep(folder, dependencies, { withScripts = false } = {}) {
  const manifest = `${JSON.stringify({ private: true, dependencies }, null, 2)}\n`;
  const mark = join(folder, 'installed');
  if (isStamped(mark, manifest)) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), manifest);
  const flags = [`--ignore-scripts=${!withScripts}`, '--no-audit', '--no-package-lock', '--engine-strict=false'];
  const { code, output } = await npm(['install', ...flags], folder, 10);
  if (code !== 0)
    throw new ScriptError(`npm could not install it: ${/npm error (.*)/.exec(output)?.[1] ?? 'see npm'}`, output);
  stamp(mark, manifest);
}
