// @ts-check
import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createApi, load, loadNow, unloaded } from './dist/shared.js';

/** @type {import('./api.js').Loader} */
const loader = {
  async load(source) {
    if (source === undefined) return loadNow(ownFile());
    await load(source instanceof URL && source.protocol === 'file:' ? readFile(source).catch(missing) : source);
  },
  // So that parseTask needs no init() in Node.
  loadNow: () => loadNow(ownFile()),
  // Many queries may share one signal; Node would take their listeners for a leak.
  onSignal(signal) {
    if (signal instanceof EventTarget) setMaxListeners(0, signal);
  },
};

// Read at the first call: an import that fails because of a missing file could not say what is wrong, and scripts that
// never ask pay nothing.
function ownFile() {
  try {
    return readFileSync(new URL('./dist/video_task_query_bg.wasm', import.meta.url));
  } catch (cause) {
    return missing(cause);
  }
}

/**
 * @param {any} cause
 * @returns {never}
 */
function missing(cause) {
  // A CommonJS bundle has no import.meta.url, and what is refused is named by `resource`.
  if (cause?.code === 'ERR_INVALID_URL') {
    throw unloaded('The WebAssembly cannot be found from this bundle: import video-task-query/inline in it.', cause);
  }
  const place = cause?.path ?? cause?.resource;
  const hint =
    // Node's and Deno's.
    cause?.code === 'ERR_ACCESS_DENIED' || cause?.name === 'NotCapable'
      ? 'allow it with --allow-fs-read (--allow-read in Deno), or import video-task-query/inline'
      : 'install video-task-query again, or, in a bundle, import video-task-query/inline';
  throw unloaded(`The WebAssembly cannot be read${place ? ` from ${place}` : ''}: ${hint}.`, cause);
}

export { TaskQueryError, isTaskQueryError } from './dist/shared.js';
const api = /* @__PURE__ */ createApi(loader);
export const { queryTask, waitForTask, watchTask, watchTasks, nextPoll, videoRequest } = api;
export const { parseTask, explainTask, createClient, init } = api;
