// @ts-check
/** `<file>.part.json`: what the bytes in `<file>.part` are a part of. */
import { constants } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { DownloadError } from '../ui/download-error.js';

/**
 * @typedef {import('./validator.js').Validator & { of: string }} Origin of: which video of which task, since two may
 *   have the same validator
 */

// Not through a link that somebody laid there, and without waiting for whoever writes into a pipe.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const MOST_BYTES = 10_000;

/**
 * @param {string} path
 * @param {boolean} force what is not from here counts as nothing
 * @returns {Promise<Origin | null>} null for none
 */
export async function readRecord(path, force) {
  const text = await textOf(path);
  if (text === '') return null;
  const record = text === null ? null : recordIn(text);
  if (!record && !force) throw new DownloadError(`${path} is there, and not from here: take it away, or use --force.`);
  return record;
}

/** @param {string} path @param {Origin} record */
export async function writeRecord(path, { of, etag, modified, total }) {
  await unlink(path).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  // A new file or none: what has come up meanwhile is not written into.
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(`${JSON.stringify({ of, etag, modified, total })}\n`);
  } finally {
    await handle.close();
  }
}

/** @param {string} path @returns {Promise<string | null>} '' where nothing is there, null for what is no short file */
async function textOf(path) {
  let handle;
  try {
    handle = await open(path, FLAGS);
    const found = await handle.stat();
    return found.isFile() && found.size <= MOST_BYTES ? await handle.readFile('utf8') : null;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT') return '';
    if (code === 'ELOOP' || code === 'EISDIR') return null;
    throw error;
  } finally {
    await handle?.close();
  }
}

/** @param {string} text @returns {Origin | null} null for what is none that `writeRecord` wrote */
function recordIn(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { of, etag, modified, total } = value;
  const isTold = (/** @type {unknown} */ text) => text === null || typeof text === 'string';
  const isTotal = total === null || (Number.isSafeInteger(total) && total >= 0);
  return typeof of === 'string' && /^[0-9a-f]{64}$/.test(of) && isTold(etag) && isTold(modified) && isTotal
    ? value
    : null;
}
