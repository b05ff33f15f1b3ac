// @ts-check
// For browsers without a bundler, and for bundlers that copy the file.
import { createApi, load } from './dist/shared.js';

/** @type {import('./api.js').Loader} */
const loader = {
  // One literal URL on one level: bundlers find the file by this very form and copy it.
  load: (source) => load(source ?? new URL('./dist/video_task_query_bg.wasm', import.meta.url)),
};

export { TaskQueryError, isTaskQueryError } from './dist/shared.js';
const api = /* @__PURE__ */ createApi(loader);
export const { queryTask, waitForTask, watchTask, watchTasks, nextPoll, videoRequest } = api;
export const { parseTask, explainTask, createClient, init } = api;
