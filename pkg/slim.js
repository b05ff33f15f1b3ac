// @ts-check
// Without the WebAssembly: `init(source)` says where it is.
import { createApi, load, unloaded } from './dist/shared.js';

/** @type {import('./api.js').Loader} */
const loader = {
  async load(source) {
    if (source === undefined)
      throw unloaded('video-task-query/slim has no WebAssembly: call `await init(source)` once before anything else.');
    await load(source);
  },
};

export { TaskQueryError, isTaskQueryError } from './dist/shared.js';
const api = /* @__PURE__ */ createApi(loader);
export const { queryTask, waitForTask, watchTask, watchTasks, nextPoll, videoRequest } = api;
export const { parseTask, explainTask, createClient, init } = api;
