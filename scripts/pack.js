// @ts-check
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.js';
import { consumer, pkg, scratch } from './paths.js';
import { ScriptError } from './script-error.js';

/** Packs pkg/ and installs the tarball into a folder of its own, as a user's project would. */
export async function pack() {
  const tarball = await makeTarball();
  rmSync(consumer, { recursive: true, force: true });
  mkdirSync(consumer, { recursive: true });
  const manifest = { name: 'consumer', private: true, type: 'module' };
  writeFileSync(join(consumer, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const args = ['install', join('..', tarball), '--offline', '--no-audit', '--no-package-lock'];
  const { code, output } = await npm(args, consumer);
  if (code !== 0) throw new ScriptError('The packed package cannot be installed: see the message above.', output);
  return { note: `${join('.build', tarball)}, installed into .build/consumer` };
}

/** @returns {Promise<string>} the tarball's name */
async function makeTarball() {
  for (const name of readdirSync(scratch)) if (name.endsWith('.tgz')) rmSync(join(scratch, name));
  const { code, output } = await npm(['pack', '--pack-destination', scratch], pkg);
  const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz'));
  if (code !== 0 || !tarball) throw new ScriptError('npm could not pack pkg/: see the message above.', output);
  return tarball;
}
