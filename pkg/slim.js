// @ts-check
// Without the WebAssembly: `init(source)` says where it is.
import { createApi } from './api.js';
import { load, unloaded } from './load.js';

/** @type {import('./api.js').Loader} */
const loader = {
  async load(source) {
    if (source === undefined) throw unloaded('video-task-query/slim has no WebAssembly: call `await init(source)` once before.');
    await load(source);
  },
};

export { TaskQueryError, isTaskQueryError } from './errors.js';
const api = /* @__PURE__ */ createApi(loader);
export const { queryTask, waitForTask, watchTask, watchTasks, nextPoll, videoRequest } = api;
export const { parseTask, explainTask, createClient, init } = api;
