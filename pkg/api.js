// @ts-check
import { bytesOf } from './body.js';
import { TaskQueryError } from './errors.js';
import { Session, explainTask as explain, parseTask as parse } from './dist/video_task_query.js';

/** @typedef {import('./index.d.ts').QueryOptions} QueryOptions */

/**
 * How one kind of surroundings loads the WebAssembly.
 *
 * @typedef {object} Loader
 * @property {(source?: unknown) => Promise<void>} load Loads it, from a place of the caller's own if given.
 * @property {() => void} [loadNow] Loads it without waiting, where that can be done.
 * @property {(signal: unknown) => void} [onSignal] Sees every signal before it is listened to.
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

  /** @param {QueryOptions} [defaults] */
  function createClient(defaults) {
    /** @type {Session | undefined} */
    let session;
    const base = defaults?.baseUrl === undefined ? undefined : { baseUrl: defaults.baseUrl };
    return {
      /** @param {string} id @param {QueryOptions} [options] */
      async queryTask(id, options) {
        if (!isLoaded) await init();
        session ??= new Session();
        const both = merged(defaults, options);
        loader.onSignal?.(both?.signal);
        return session.queryTask(id, both);
      },
      /** @param {unknown} body @param {object} [options] */
      parseTask(body, options) {
        loadFor('parseTask');
        return parse(bytesOf(body), merged(base, options));
      },
      /** @param {unknown} body @param {object} [options] */
      explainTask(body, options) {
        loadFor('explainTask');
        return explain(bytesOf(body), merged(base, options));
      },
    };
  }

  const { queryTask, parseTask, explainTask } = createClient();
  return { init, queryTask, parseTask, explainTask, createClient };
}

/**
 * Options over defaults; what is no object goes to the core as it is, which says what is wrong with it.
 *
 * @template {object} T
 * @param {T | undefined} defaults
 * @param {T | undefined} options
 * @returns {T | undefined}
 */
function merged(defaults, options) {
  if (defaults === undefined || defaults === null) return options;
  if (options === undefined || options === null) return defaults;
  if (typeof defaults !== 'object' || typeof options !== 'object') return typeof options === 'object' ? defaults : options;
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return /** @type {T} */ ({ ...defaults, ...Object.fromEntries(given) });
}
