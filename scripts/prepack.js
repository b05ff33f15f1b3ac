// @ts-check
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pkg, root } from './paths.js';
import { runScript } from './script-error.js';

await runScript(async () => {
  // npm packs only what lies in the package's own folder.
  for (const name of readdirSync(root)) {
    if (/^(LICENSE-.*|README\.md)$/.test(name)) copyFileSync(join(root, name), join(pkg, name));
  }
});
