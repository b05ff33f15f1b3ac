// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.js';
import { modules, root } from './paths.js';
import { fingerprint, isStamped, stamp } from './stamp.js';
import { ScriptError } from './script-error.js';

// Inside node_modules, so that it goes when they go.
const mark = join(modules, '.video-task-query');

/** Installs the development packages of package-lock.json. */
export async function installPackages() {
  const wanted = fingerprint([join(root, 'package-lock.json')]);
  if (isStamped(mark, wanted) && areThere()) return { note: 'already there' };
  const { code, output } = await npm(['ci', '--ignore-scripts', '--no-audit'], root);
  if (code !== 0) {
    throw new ScriptError(
      'npm could not install the development packages: see its message above; ' +
        'it needs a network or a filled cache, and package-lock.json in step with package.json.',
      output,
    );
  }
  stamp(mark, wanted);
  return { note: 'installed into node_modules' };
}

/** Some may have gone since they were installed: an npm that was ended half-way leaves the stamp. */
function areThere() {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.keys(devDependencies).every((name) => existsSync(join(modules, name, 'package.json')));
}
