// @ts-check
import { createHash } from 'node:crypto';

const LONGEST = 100;
// Names that Windows keeps for devices, with any ending.
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** What an id becomes as a file's name, without an ending. @param {string} id */
function plainName(id) {
  // Only letters, digits and three other characters: no folder, no hidden file, nothing that a shell would take for an option.
  const name = id
    .replace(/[^\w.-]+/g, '_')
    .replace(/^[.-]+/, '')
    .slice(0, LONGEST)
    .replace(/[.]+$/, '');
  return name === '' || DEVICE.test(name.split('.', 1)[0] ?? '') ? `video${name && `_${name}`}` : name;
}

/**
 * A name for each id. Ids that would get the same one, on disks that know no capitals too, get a part of their hash.
 *
 * @param {readonly string[]} ids
 * @returns {Map<string, string>}
 */
export function fileNames(ids) {
  const alike = (/** @type {string} */ id) => plainName(id).toLowerCase();
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const id of ids) counts.set(alike(id), (counts.get(alike(id)) ?? 0) + 1);
  return new Map(ids.map((id) => [id, counts.get(alike(id)) === 1 ? plainName(id) : hashedName(id)]));
}

/** The name that an id gets beside others of the same. @param {string} id */
export function hashedName(id) {
  return `${plainName(id)}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
}
