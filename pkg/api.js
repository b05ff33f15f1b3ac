// @ts-check
import { bytesOf } from './body.js';
import { TaskQueryError } from './errors.js';
import { Session, parseTask as parse } from './dist/video_task_query.js';

/**
 * How one kind of surroundings loads the WebAssembly.
 *
 * @typedef {object} Loader
 * @property {(source?: unknown) => Promise<void>} load Loads it, from a place of the caller's own if given.
 * @property {(() => void) | null} loadNow Loads it without waiting, where that can be done.
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

  /** @param {unknown} body @param {object} [options] */
  function parseTask(body, options) {
    loadFor('parseTask');
    return parse(bytesOf(body), options);
  }

  /** @param {object} [defaults] */
  function createClient(defaults) {
    /** @type {Session | undefined} */
    let session;
    return {
      /** @param {string} id @param {object} [options] */
      async queryTask(id, options) {
        if (!isLoaded) await init();
        session ??= new Session();
        return session.queryTask(id, merged(defaults, options));
      },
      parseTask,
    };
  }

  return { init, parseTask, createClient, queryTask: createClient().queryTask };
}

/**
 * Options over defaults; what is no object goes to the core as it is, which says what is wrong with it.
 *
 * @param {object | undefined} defaults
 * @param {object | undefined} options
 */
function merged(defaults, options) {
  if (defaults === undefined || defaults === null) return options;
  if (options === undefined || options === null) return defaults;
  if (typeof defaults !== 'object' || typeof options !== 'object') return typeof options === 'object' ? defaults : options;
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}
