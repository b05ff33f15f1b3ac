// @ts-check
// For edge routes of Next and Vercel, which, like workerd, refuse to compile bytes, and mark the import by `?module`.
import { createApi, load, loadNow } from './dist/shared.js';
// @ts-ignore An import that only this runtime's bundlers know.
import module from './dist/video_task_query_bg.wasm?module';

/** @type {import('./api.js').Loader} */
const loader = {
  load: (source) => load(source ?? module),
  loadNow: () => loadNow(module),
  // Requests, timers and signals belong to the request to the worker for which they were made.
  isApart: true,
};

export { TaskQueryError, isTaskQueryError } from './dist/shared.js';
const api = /* @__PURE__ */ createApi(loader);
export const { queryTask, waitForTask, watchTask, watchTasks, nextPoll, videoRequest } = api;
export const { parseTask, explainTask, createClient, init } = api;
