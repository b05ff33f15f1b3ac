// @ts-check
/** The JavaScript that the package's entries share, as one minified file. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist, pkg } from './paths.js';

/** Writes pkg/dist/shared.js from pkg/shared.js. The glue has to be in pkg/dist already. */
export async function bundle() {
  // Only now: the scripts themselves install it.
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(pkg, 'shared.js')],
    outfile: join(dist, 'shared.js'),
    bundle: true,
    minify: true,
    // Node prints the line that threw, before what it threw. Shorter lines cost more: 0.2 KB after gzip as it is.
    lineLimit: 300,
    format: 'esm',
    target: 'es2022',
    // Entries import it by this name, and nobody reads it: the sources say who wrote what.
    legalComments: 'none',
    logLevel: 'error',
  });
  // The types of the sources; in the minified file there are none.
  writeFileSync(join(dist, 'shared.d.ts'), "export * from '../shared.js';\n");
}
