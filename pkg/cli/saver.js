// @ts-check
/** `--download`: which file a video goes to, and how many are saved at once. */
import { lstat, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { byteCount } from './bytes.js';
import { checkName } from './disk.js';
import { download } from './download.js';
import { endingOf, fileNames, hashedName } from './names.js';
import { createClient } from './package.js';
import { brief } from './plain.js';
import { UsageError } from './usage.js';

/**
 * @typedef {import('../index.js').Task} Task
 * @typedef {import('./output.js').Saved} Saved
 * @typedef {{ signal: AbortSignal, output: import('./output.js').Output }} Surroundings
 */

const AT_ONCE = 3;
const STALL_MS = 30_000;
const GOING = 'the task has not ended, --wait waits for that';

/**
 * @param {import('./options.js').Values} values
 * @param {import('../index.js').QueryOptions} options
 */
export async function saver(values, options) {
  if (values.download === undefined) return null;
  const target = String(values.download);
  const folder = await folderOf(target);
  const force = values.force === true;
  const file = folder === target ? '' : target;
  if (file) {
    await checkName(file, force).catch(({ message }) => {
      throw new UsageError(message);
    });
  }
  const client = createClient(options);
  const kind = /** @type {import('../index.js').Video['kind'] | undefined} */ (values.kind);
  /** @type {Map<string, string>} */
  let names = new Map();
  /** @type {Promise<unknown>[]} one for each that may be saved at once */
  const lanes = Array.from({ length: AT_ONCE }, () => Promise.resolve());
  let turn = 0;

  return {
    /** @param {readonly string[]} ids */
    name(ids) {
      if (file && ids.length > 1)
        throw new UsageError(`${ids.length} videos do not go into one file: give --download a folder, or no name.`);
      names = fileNames(ids);
    },
    /**
     * @param {string} id
     * @param {Task} task
     * @param {Surroundings} surroundings
     * @returns {Promise<{ saved: Saved, note?: string }>}
     */
    async save(id, task, surroundings) {
      if (!task.isDone) return { saved: unsaved(GOING), note: `not saved: ${GOING}` };
      if (task.status !== 'completed') return { saved: unsaved('the task has no video') };
      const lane = turn++ % AT_ONCE;
      const job = /** @type {Promise<unknown>} */ (lanes[lane]).then(() => one(id, task, surroundings));
      lanes[lane] = job.catch(() => {});
      return job;
    },
  };

  /** @param {string} id @param {string} ending */
  async function ownFile(id, ending) {
    // Begun beside another id of the same name, which need not be asked for again.
    const begun = join(folder, `${hashedName(id)}${ending}`);
    const isBegun = await lstat(`${begun}.part`).then(
      () => true,
      () => false,
    );
    return isBegun ? begun : join(folder, `${names.get(id)}${ending}`);
  }

  /** @param {string} id @param {Task} task @param {Surroundings} surroundings */
  async function one(id, task, { signal, output }) {
    const url = task.videos.find((video) => video.kind === kind)?.url ?? task.videoUrl ?? '';
    const rendition = task.videos.find((video) => video.url === url)?.kind ?? '';
    const to = file || (await ownFile(id, endingOf(url)));
    try {
      const { bytes } = await download({
        file: to,
        force,
        what: JSON.stringify([id, rendition]),
        signal,
        stallMs: options.timeoutMs ?? STALL_MS,
        request: (led) =>
          client.videoRequest(led ? { ...task, videoUrl: led } : task, { signal, ...(kind && !led ? { kind } : {}) }),
        onBytes: (done, total) => output.bytes(id, done, total),
        onTrouble: (remark) => output.remark(`${brief(id, 200)}: ${brief(remark, 300)} Trying again.`),
      });
      return { saved: { file: to, bytes, error: null }, note: `saved      ${brief(to, 500)} (${byteCount(bytes)})` };
    } catch (error) {
      if (signal.aborted) throw error;
      // Whatever it was: the task is told all the same, and the others go on.
      const { message } = /** @type {Error} */ (error);
      return { saved: unsaved(message), note: `not saved  ${brief(message, 600)}` };
    }
  }
}

/** @param {string} error @returns {Saved} */
function unsaved(error) {
  return { file: null, bytes: 0, error };
}

/** The folder that videos go to: the target itself if it is one. @param {string} target '' for none */
async function folderOf(target) {
  if (target === '') return '';
  const isFolder = (/** @type {string} */ path) =>
    stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
  if (await isFolder(target)) return target;
  const parent = dirname(target);
  if (/[/\\]$/.test(target) || !(await isFolder(parent))) {
    throw new UsageError(`There is no folder ${brief(/[/\\]$/.test(target) ? target : parent, 200)} to save in.`);
  }
  if (basename(target) === '-') throw new UsageError('--download saves to a file, not to standard output.');
  return parent;
}
