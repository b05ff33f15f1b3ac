// @ts-check
/** When the set-up installs the development packages anew. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { machine, unlessWindows } from './machine.js';

/** An npm that makes a folder for each package that is asked for. */
const NPM = `
  const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
  for (const name of Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).devDependencies)) {
    mkdirSync('node_modules/' + name, { recursive: true });
    writeFileSync('node_modules/' + name + '/package.json', '{}');
  }`;

test(
  'packages are installed again where one of them has gone, though the stamp says that they are there',
  unlessWindows,
  async (t) => {
    const { root, run, home } = machine(t);
    const npm = join(home, 'npm-cli.js');
    writeFileSync(npm, NPM);
    writeFileSync(join(root, 'package-lock.json'), '{}');
    const notes = [];
    for (const gone of ['', '', 'prettier', '@types/node/package.json', '']) {
      if (gone) rmSync(join(root, 'node_modules', gone), { recursive: true });
      const { said } = await run('packages.js', 'installPackages()', { npm_execpath: npm });
      notes.push(/"note":"(\w+)/.exec(said)?.[1] ?? said);
    }
    assert.deepEqual(notes, ['installed', 'already', 'installed', 'installed', 'already']);
  },
);
