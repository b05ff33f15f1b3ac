// @ts-check
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { dist } from '../../scripts/paths.js';

/** A piece of the inlined text that no minifier writes in another way: letters and digits. */
const piece = () =>
  /[A-Za-z0-9]{12,}/.exec(readFileSync(join(dist, 'video_task_query_inline.js'), 'utf8').slice(20_000))?.[0] ?? '';

/**
 * Exactly one copy of the WebAssembly is in what a bundler has written: a file, or inside the JavaScript.
 *
 * @param {string} folder
 */
export function countWasm(folder) {
  const found = [];
  const mark = piece();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue;
    const file = join(entry.parentPath ?? entry.path, entry.name);
    const text = readFileSync(file, 'latin1');
    const copies = text.startsWith('\0asm') ? 1 : text.split(mark).length - 1 + text.split('AGFzbQ').length - 1;
    for (let i = 0; i < copies; i++) found.push(relative(folder, file));
  }
  assert.equal(found.length, 1, `copies of the WebAssembly: ${found.join(', ') || 'none'}`);
}
