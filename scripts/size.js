// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { runCommand } from './command.js';
import { pkg, root } from './paths.js';
import { runSteps } from './run-steps.js';
import { ScriptError } from './script-error.js';

// Above what is loaded today, so that growth shows. Goal and bar stand in benches/README.md.
const limit = 95_700;

const HELP = `npm run size    prints what a browser loads, in bytes, and fails above ${limit} after gzip`;

await runCommand(HELP, async () => {
  if (!(await runSteps(['build'])).ok) return false;
  const rows = loaded(join(pkg, 'web.js')).map(measure);
  const sum = { file: 'in all', raw: 0, gzip: 0, brotli: 0 };
  for (const row of rows) {
    sum.raw += row.raw;
    sum.gzip += row.gzip;
    sum.brotli += row.brotli;
  }
  console.log('\nWhat a browser loads, in bytes:\n');
  printTable([...rows, sum]);
  if (sum.gzip > limit) throw new ScriptError(`\n${sum.gzip} bytes after gzip -9 are more than the limit of ${limit}.`);
  console.log(`\n${sum.gzip} bytes after gzip -9, the limit is ${limit}.`);
  return true;
});

/**
 * The files that a module loads, itself first.
 *
 * @param {string} file
 * @param {Set<string>} [seen]
 * @returns {string[]}
 */
function loaded(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  if (!existsSync(file)) throw new ScriptError(`${relative(root, file)} is imported, and there is no such file.`);
  if (!file.endsWith('.js')) return [file];
  // Types in comments are written as imports too.
  const code = readFileSync(file, 'utf8').replaceAll(/\/\*\*\s[\s\S]*?\*\//g, '');
  const names = [...code.matchAll(/(?:from|import|import\(|new URL\()\s*['"](\.{1,2}\/[^'"]+\.(?:js|wasm))['"]/g)];
  return [file, ...names.flatMap(([, name]) => loaded(join(dirname(file), name ?? ''), seen))];
}

/** @param {string} file */
function measure(file) {
  const bytes = readFileSync(file);
  return {
    file: relative(root, file),
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}

/** @param {readonly ReturnType<typeof measure>[]} rows */
function printTable(rows) {
  const width = Math.max(...rows.map(({ file }) => file.length));
  console.log(`${''.padEnd(width)} ${['raw', 'gzip', 'brotli'].map((name) => name.padStart(9)).join('')}`);
  for (const { file, raw, gzip, brotli } of rows) {
    console.log(`${file.padEnd(width)} ${[raw, gzip, brotli].map((count) => String(count).padStart(9)).join('')}`);
  }
}
