// @ts-check
import { constants } from 'node:fs';
import { link, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { DownloadError } from './trouble.js';

/** @typedef {{ etag: string | null, modified: string | null, total: number | null }} Validator what tells that the bytes are still the same */

// Not through a link that somebody laid there.
const FLAGS = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/** The bytes of a video that have come so far, in `<file>.part`; what they are part of stands in `<file>.part.json`. */
export class Part {
  /** @type {import('node:fs/promises').FileHandle} */
  #handle;
  /** @type {Validator | null} */
  validator;
  /** How many bytes there are. */
  bytes;

  /** @param {string} file @param {import('node:fs/promises').FileHandle} handle @param {Validator | null} validator @param {number} bytes */
  constructor(file, handle, validator, bytes) {
    this.file = file;
    this.#handle = handle;
    this.validator = validator;
    this.bytes = bytes;
  }

  /** @param {string} file the name that it gets in the end @param {boolean} force */
  static async open(file, force) {
    const validator = await readValidator(file);
    const handle = await open(`${file}.part`, FLAGS, 0o666);
    const { size } = await handle.stat();
    if (size > 0 && !validator && !force) {
      await handle.close();
      throw new DownloadError(`${file}.part is there, and not from here: take it away, or use --force.`);
    }
    return new Part(file, handle, validator, size);
  }

  /** From which byte on to ask, and with which If-Range; null where it has to be asked for all. */
  resume() {
    const { etag = null, modified = null, total = null } = this.validator ?? {};
    // RFC 9110, 13.1.5: a weak ETag does not tell that bytes are the same.
    const ifRange = etag && !etag.startsWith('W/') ? etag : modified;
    if (this.bytes === 0 || !ifRange) return null;
    // All bytes may be there without their last check; then the last is asked for again.
    const from = total !== null && this.bytes >= total ? Math.max(0, total - 1) : this.bytes;
    return from > 0 ? { from, ifRange } : null;
  }

  /** Goes on behind so many bytes. @param {number} bytes */
  async cut(bytes) {
    await this.#handle.truncate(bytes);
    this.bytes = bytes;
  }

  /** @param {Validator} validator */
  async begin(validator) {
    await this.cut(0);
    this.validator = validator;
    await writeFile(`${this.file}.part.json`, `${JSON.stringify(validator)}\n`);
  }

  /** @param {Uint8Array} chunk */
  async write(chunk) {
    for (let done = 0; done < chunk.length; ) {
      const { bytesWritten } = await this.#handle.write(chunk, done, chunk.length - done, this.bytes);
      done += bytesWritten;
      this.bytes += bytesWritten;
    }
  }

  /** Gives the finished file its name. @param {boolean} force also where a file of this name is there */
  async finish(force) {
    await this.#handle.sync();
    const { size } = await this.#handle.stat();
    await this.close();
    // Somebody else wrote into it.
    if (size !== this.bytes) throw new DownloadError(`${this.file}.part has changed meanwhile: is it being saved twice?`);
    await named(`${this.file}.part`, this.file, force);
    await rm(`${this.file}.part.json`, { force: true });
  }

  async close() {
    await this.#handle.close();
    // Nothing came: nothing to go on with.
    if (this.bytes === 0) await Promise.all([rm(`${this.file}.part`, { force: true }), rm(`${this.file}.part.json`, { force: true })]);
  }
}

/** @param {string} file @returns {Promise<Validator | null>} */
async function readValidator(file) {
  try {
    const { etag, modified, total } = JSON.parse(await readFile(`${file}.part.json`, 'utf8'));
    const text = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : null);
    return { etag: text(etag), modified: text(modified), total: Number.isSafeInteger(total) ? total : null };
  } catch {
    return null;
  }
}

/** @param {string} from @param {string} to @param {boolean} force */
async function named(from, to, force) {
  if (force) return rename(from, to);
  try {
    // Unlike rename, this fails where a file of that name has come up meanwhile.
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw exists(to);
    // A disk without links.
    if (await isThere(to)) throw exists(to);
    return rename(from, to);
  }
  await rm(from);
}

/** @param {string} file */
export function exists(file) {
  return new DownloadError(`${file} is there already: it is not overwritten without --force.`);
}

/** @param {string} file */
export async function isThere(file) {
  return stat(file).then(
    () => true,
    (error) => codeOf(error) !== 'ENOENT',
  );
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}
