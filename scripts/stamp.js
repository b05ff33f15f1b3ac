// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './paths.js';

/**
 * One hash over the names and contents of files, and of everything inside folders.
 *
 * @param {readonly string[]} paths inside the project; those that do not exist count as absent
 */
export function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesIn(path)).sort()) {
    const bytes = readFileSync(file);
    hash.update(`${relative(root, file)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)));
}

/**
 * @param {string} file
 * @param {string} text
 */
export function isStamped(file, text) {
  return existsSync(file) && readFileSync(file, 'utf8') === text;
}

/**
 * Says that what `text` describes is finished. To be written last.
 *
 * @param {string} file
 * @param {string} text
 */
export function stamp(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
