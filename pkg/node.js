// @ts-check
import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createApi } from './api.js';
import { initSync } from './dist/video_task_query.js';

// Synchronous, so that parseTask needs no init() in Node. Read at the first call: an import that fails because of a
// missing file could not say what is wrong, and scripts that never ask pay nothing.
function loadNow() {
  initSync({ module: readFileSync(new URL('./dist/video_task_query_bg.wasm', import.meta.url)) });
}

/** @param {any} [source] */
async function load(source) {
  if (source === undefined) return loadNow();
  // Fetched first and taken into use in one go: a call in between may have loaded the package's own file, and must not
  // lose its instance.
  initSync({ module: await moduleOf(await source) });
}

/**
 * @param {any} source
 * @returns {Promise<any>}
 */
async function moduleOf(source) {
  if (source instanceof WebAssembly.Module || ArrayBuffer.isView(source) || source instanceof ArrayBuffer) return source;
  if (source instanceof Response) return source.arrayBuffer();
  if (source instanceof URL && source.protocol === 'file:') return readFile(source);
  return moduleOf(await fetch(source));
}

/**
 * Many queries may share one signal; Node would take their listeners for a leak.
 *
 * @param {unknown} signal
 */
function onSignal(signal) {
  if (signal instanceof EventTarget) setMaxListeners(0, signal);
}

export { TaskQueryError, isTaskQueryError } from './errors.js';
export const {
  queryTask,
  waitForTask,
  watchTask,
  watchTasks,
  nextPoll,
  parseTask,
  explainTask,
  videoRequest,
  createClient,
  init,
} = /* @__PURE__ */ createApi({
  load,
  loadNow,
  onSignal,
});
