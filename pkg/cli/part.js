// @ts-check
import { constants } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import { checkName } from './disk.js';
import { readRecord, writeRecord } from './record.js';
import { DownloadError } from '../ui/download-error.js';

/** @typedef {import('./record.js').Origin} Origin */

// Not through a link that somebody laid there.
const FLAGS = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/** The bytes of a video that have come so far, in `<file>.part`; what they are part of stands in `<file>.part.json`. */
export class Part {
  /** @type {import('node:fs/promises').FileHandle} */
  #handle;
  /** @type {Origin | null} */
  origin;
  /** How many bytes there are. */
  bytes;

  /** @param {string} file @param {import('node:fs/promises').FileHandle} handle @param {Origin | null} origin @param {number} bytes */
  constructor(file, handle, origin, bytes) {
    this.file = file;
    this.#handle = handle;
    this.origin = origin;
    this.bytes = bytes;
  }

  /**
   * @param {string} file the name that it gets in the end
   * @param {boolean} force
   * @returns {Promise<Part>}
   */
  static async open(file, force) {
    const origin = await readRecord(`${file}.part.json`, force);
    const handle = await open(`${file}.part`, FLAGS, 0o666);
    const found = await handle.stat();
    const { size } = found;
    const isFile = found.isFile();
    // A second name may be the name of somebody else's file.
    const isShared = isFile && found.nlink > 1;
    if (isShared && force) {
      await handle.close();
      await rm(`${file}.part`);
      return Part.open(file, force);
    }
    if (!isFile || isShared || (size > 0 && !origin && !force)) {
      await handle.close();
      const hint = isFile ? 'not from here: take it away, or use --force' : 'is no file: take it away';
      throw new DownloadError(`${file}.part is there, and ${hint}.`);
    }
    return new Part(file, handle, origin, size);
  }

  /** From which byte on to ask, and with which If-Range; null where it has to be asked for all. @param {string} of */
  resume(of) {
    if (this.origin?.of !== of) return null;
    const { etag, modified, total } = this.origin;
    // RFC 9110, 13.1.5: a weak ETag does not tell that bytes are the same.
    const ifRange = etag && !etag.startsWith('W/') ? etag : modified;
    if (!ifRange) return null;
    // All bytes may be there without their last check; then the last is asked for again.
    const from = total !== null && this.bytes >= total ? total - 1 : this.bytes;
    return from > 0 ? { from, ifRange } : null;
  }

  /** Goes on behind so many bytes. @param {number} bytes */
  async cut(bytes) {
    await this.#handle.truncate(bytes);
    this.bytes = bytes;
  }

  /** @param {Origin} origin */
  async begin(origin) {
    await this.cut(0);
    this.origin = origin;
    await writeRecord(`${this.file}.part.json`, origin);
  }

  /** @param {Uint8Array} chunk */
  async write(chunk) {
    for (let done = 0; done < chunk.length;) {
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
    if (size !== this.bytes)
      throw new DownloadError(`${this.file}.part has changed meanwhile: is it being saved twice?`);
    await named(`${this.file}.part`, this.file, force);
    // The video is there, whatever becomes of this.
    await rm(`${this.file}.part.json`, { force: true }).catch(() => {});
  }

  async close() {
    await this.#handle.close();
    // Nothing came: nothing to go on with.
    if (this.bytes === 0)
      await Promise.allSettled([
        rm(`${this.file}.part`, { force: true }),
        rm(`${this.file}.part.json`, { force: true }),
      ]);
  }
}

/** @param {string} from @param {string} to @param {boolean} force */
async function named(from, to, force) {
  try {
    // Unlike rename, this fails where a file of that name has come up meanwhile.
    await link(from, to);
  } catch {
    // Such a file, or a disk without links.
    await checkName(to, force);
    return rename(from, to);
  }
  await rm(from);
}
