// @ts-check
import { readFileSync } from 'node:fs';
import { createApi } from './api.js';
import initWasm, { initSync } from './dist/video_task_query.js';

// Synchronous, so that parseTask needs no init() in Node. Read at the first call: an import that fails because of a
// missing file could not say what is wrong, and scripts that only import the types' neighbours pay nothing.
function loadNow() {
  const module = readFileSync(new URL('./dist/video_task_query_bg.wasm', import.meta.url));
  initSync({ module });
}

/** @param {any} [source] */
async function load(source) {
  if (source === undefined) loadNow();
  else await initWasm({ module_or_path: source });
}

export { TaskQueryError, isTaskQueryError } from './errors.js';
export const { queryTask, parseTask, createClient, init } = /* @__PURE__ */ createApi({ load, loadNow });
