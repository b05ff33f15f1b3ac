// @ts-check
import { createApi } from './api.js';
import initWasm from './dist/video_task_query.js';

/** @param {any} [source] */
async function load(source) {
  // One literal URL on one level: bundlers find the file by this very form and copy it.
  await initWasm({ module_or_path: source ?? new URL('./dist/video_task_query_bg.wasm', import.meta.url) });
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
} = /* @__PURE__ */ createApi({ load });
