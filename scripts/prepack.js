// @ts-check
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pkg, root } from './paths.js';
import { runScript } from './script-error.js';

await runScript(async () => {
  // npm packs only what lies in the package's own folder.
  mkdirSync(join(pkg, 'docs'), { recursive: true });
  for (const name of [...readdirSync(root), 'docs/setups.md', 'docs/durable.md']) {
    if (/^(LICENSE-.*|(README|CHANGELOG|docs\/.*)\.md)$/.test(name)) copyFileSync(join(root, name), join(pkg, name));
  }
});
