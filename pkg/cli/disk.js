// @ts-check
/** What the disk refuses, in a sentence that says what to do. */
import { lstat } from 'node:fs/promises';
import { DownloadError } from '../ui/download-error.js';

/** @type {Record<string, (file: string) => string>} by the system's code */
const SENTENCES = {
  EISDIR: isFolder,
  ELOOP: (file) =>
    `${file} is a link, and nothing is written through one: take it away, or give --download another name.`,
  EACCES: (file) => `${file} cannot be written, permission is missing: give --download a folder that is yours.`,
  EROFS: (file) => `${file} cannot be written, for its disk is read-only: give --download another folder.`,
  ENOSPC: (file) => `There is no room left for ${file}: make room and try again, which goes on from there.`,
  ENAMETOOLONG: (file) => `The name ${file} is too long for the disk: give --download=FILE a shorter one.`,
  ENOENT: (file) => `${file} cannot be written, for its folder or its part is gone: try again.`,
  ENOTDIR: (file) => `${file} is in no folder: give --download another name.`,
};
Object.assign(SENTENCES, { EPERM: SENTENCES.EACCES, EDQUOT: SENTENCES.ENOSPC });

/**
 * An error of the disk as one that is told; any other as it is.
 *
 * @param {any} error
 * @param {string} file what was being written, where the error names none
 */
export function fromDisk(error, file) {
  if (error instanceof DownloadError || error?.syscall === undefined) return error;
  // Of a renaming the new name is what stands in the way.
  const name = error.dest ?? error.path ?? file;
  return new DownloadError(SENTENCES[error.code]?.(name) ?? `${name} cannot be written: ${error.message}.`, {
    cause: error,
  });
}

/**
 * Refuses a name under which no video can be saved.
 *
 * @param {string} file
 * @param {boolean} force a file may be there
 */
export async function checkName(file, force) {
  const found = await lstat(file).catch((error) => {
    if (error.code !== 'ENOENT') throw fromDisk(error, file);
  });
  if (found?.isDirectory()) throw new DownloadError(isFolder(file));
  if (found && !force) throw new DownloadError(`${file} is there already: it is not overwritten without --force.`);
}

/** @param {string} file */
function isFolder(file) {
  return `${file} is a folder: take it away, or give --download another name.`;
}
