// @ts-check
import { clientOf } from './client.js';
import { TaskQueryError } from './errors.js';
import { nextPollOf } from './watch/next-poll.js';

/**
 * How one kind of surroundings loads the WebAssembly.
 *
 * @typedef {object} Loader
 * @property {(source?: unknown) => Promise<void>} load Loads it, from a place of the caller's own if given.
 * @property {() => void} [loadNow] Loads it without waiting, where that can be done.
 * @property {(signal: unknown) => void} [onSignal] Sees every signal before it is listened to.
 * @property {boolean} [isApart] What was made for one call may not be used by another.
 */

/**
 * The functions of the package over a way to load the WebAssembly. Nothing is loaded before the first call: bundlers
 * may leave out or reorder what a module does while it is evaluated.
 *
 * @param {Loader} loader
 */
export function createApi(loader) {
  let isLoaded = false;
  /** @type {Promise<void> | null} */
  let loading = null;

  /** @param {unknown} [source] */
  function init(source) {
    if (isLoaded) return Promise.resolve();
    loading ??= loader
      .load(source)
      .then(() => {
        isLoaded = true;
      })
      .finally(() => {
        // A load that failed is tried again by the next call.
        loading = null;
      });
    return loading;
  }

  /** @param {string} name */
  function loadFor(name) {
    if (isLoaded) return;
    if (!loader.loadNow) {
      const message = `${name} needs the WebAssembly, which is not loaded yet: call \`await init()\` once before.`;
      throw new TaskQueryError({ code: 'invalid_argument', message });
    }
    loader.loadNow();
    isLoaded = true;
  }

  /** @type {import('./client.js').Loading} */
  const ready = {
    load: () => init(),
    loadFor,
    onSignal: (signal) => loader.onSignal?.(signal),
    isApart: loader.isApart,
  };
  /** @param {import('./index.d.ts').WatchManyOptions} [defaults] */
  const createClient = (defaults) => clientOf(ready, defaults);
  return { init, createClient, nextPoll: nextPollOf(loadFor), ...createClient() };
}
