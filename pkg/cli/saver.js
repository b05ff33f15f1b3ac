// @ts-check
/** `--download`: which file a video goes to, and how many are saved at once. */
import { lstat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { endingOf } from '../ui/ending.js';
import { byteCount } from './bytes.js';
import { checkName } from './disk.js';
import { download } from './download.js';
import { found } from './found.js';
import { fileNames, hashedName } from './names.js';
import { createClient } from './package.js';
import { brief } from './plain.js';
import { UsageError } from './usage.js';

/**
 * @typedef {import('../index.js').Task} Task
 * @typedef {import('./output.js').Saved} Saved
 * @typedef {{ signal: AbortSignal, output: import('./output.js').Output }} Surroundings
 * @typedef {{ saved: Saved, note?: [label: string, text: string] }} Outcome
 *
 * @typedef {object} Place
 * @property {string} folder
 * @property {string} file '' where each video gets a name of its own in the folder
 * @property {boolean} force
 * @property {import('../index.js').Video['kind'] | undefined} kind
 */

const AT_ONCE = 3;
const STALL_MS = 30_000;
const GOING = 'the task has not ended yet: use --wait';

/**
 * What saves as `--download` says; null without it.
 *
 * @param {import('./options.js').Values} values
 * @param {import('../index.js').QueryOptions} options
 */
export async function saver(values, options) {
  if (values.download === undefined) return null;
  const target = String(values.download);
  const folder = folderOf(target);
  const force = values.force === true;
  const file = folder === target ? '' : target;
  if (file) {
    await checkName(file, force).catch(({ message }) => {
      throw new UsageError(message);
    });
  }
  const kind = /** @type {import('../index.js').Video['kind'] | undefined} */ (values.kind);
  return new Saver({ folder, file, force, kind }, options);
}

/** Saves the videos of tasks, some of them at once. */
export class Saver {
  /** @type {Map<string, string>} */
  #names = new Map();
  /** How many more may be saved now. */
  #free = AT_ONCE;
  /** @type {(() => void)[]} Those that wait for their turn. */
  #queue = [];
  #place;
  #client;
  #stallMs;

  /**
   * @param {Place} place
   * @param {import('../index.js').QueryOptions} options
   */
  constructor(place, options) {
    this.#place = place;
    this.#client = createClient(options);
    this.#stallMs = options.timeoutMs ?? STALL_MS;
  }

  /** @param {readonly string[]} ids */
  name(ids) {
    if (this.#place.file && ids.length > 1)
      throw new UsageError(`${ids.length} videos do not go into one file: give --download a folder, or no name.`);
    this.#names = fileNames(ids);
  }

  /**
   * @param {string} id
   * @param {Task} task
   * @param {Surroundings} surroundings
   * @returns {Promise<Outcome>}
   */
  async save(id, task, surroundings) {
    if (!task.isDone) return { saved: unsaved(GOING), note: ['not saved', GOING] };
    if (task.status !== 'completed') return { saved: unsaved('the task has no video') };
    if (this.#free > 0) this.#free -= 1;
    else await new Promise((resolve) => this.#queue.push(() => resolve(undefined)));
    try {
      return await this.#one(id, task, surroundings);
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#free += 1;
    }
  }

  /** @param {string} id @param {Task} task @param {Surroundings} surroundings @returns {Promise<Outcome>} */
  async #one(id, task, surroundings) {
    const file = this.#place.file || (await this.#ownFile(id, endingOf(videoOf(task, this.#place.kind).url)));
    try {
      const { bytes } = await download(this.#order(file, id, task, surroundings));
      return { saved: { file, bytes, error: null }, note: ['saved', `${brief(file, 500)} (${byteCount(bytes)})`] };
    } catch (error) {
      if (surroundings.signal.aborted) throw error;
      // Whatever it was: the task is told all the same, and the others go on.
      const { message } = /** @type {Error} */ (error);
      return { saved: unsaved(message), note: ['not saved', brief(message, 600)] };
    }
  }

  /** @param {string} id @param {string} ending */
  async #ownFile(id, ending) {
    const { folder } = this.#place;
    // Begun beside another id of the same name, which need not be asked for again.
    const begun = join(folder, `${hashedName(id)}${ending}`);
    const isBegun = await lstat(`${begun}.part`).then(
      () => true,
      () => false,
    );
    return isBegun ? begun : join(folder, `${this.#names.get(id)}${ending}`);
  }

  /**
   * @param {string} file
   * @param {string} id
   * @param {Task} task
   * @param {Surroundings} surroundings
   * @returns {import('./download.js').Order}
   */
  #order(file, id, task, { signal, output }) {
    const { force, kind } = this.#place;
    return {
      file,
      force,
      what: JSON.stringify([id, videoOf(task, kind).rendition]),
      signal,
      stallMs: this.#stallMs,
      request: (led) =>
        this.#client.videoRequest(led ? { ...task, videoUrl: led } : task, {
          signal,
          ...(kind && !led ? { kind } : {}),
        }),
      onBytes: (done, total) => output.bytes(id, done, total),
      onTrouble: (remark) => output.remark(`${brief(id, 200)}: ${brief(remark, 300)} Trying again.`),
    };
  }
}

/** Which of its videos is saved. @param {Task} task @param {Place['kind']} kind */
function videoOf({ videos, videoUrl }, kind) {
  const url = videos.find((video) => video.kind === kind)?.url ?? videoUrl ?? '';
  return { url, rendition: videos.find((video) => video.url === url)?.kind ?? '' };
}

/** @param {string} error @returns {Saved} */
function unsaved(error) {
  return { file: null, bytes: 0, error };
}

/** The folder that videos go to: the target itself if it is one. @param {string} target '' for none */
function folderOf(target) {
  if (target === '') return '';
  if (found(target)?.isDirectory()) return target;
  const parent = dirname(target);
  if (/[/\\]$/.test(target) || !found(parent)?.isDirectory()) {
    throw new UsageError(`There is no folder ${brief(/[/\\]$/.test(target) ? target : parent, 200)} to save in.`);
  }
  if (basename(target) === '-') throw new UsageError('--download saves to a file, not to standard output.');
  return parent;
}
