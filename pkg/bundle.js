// @ts-check
// For bundlers that do not copy the file: esbuild, Rollup, Metro, those that nobody knows, and the dev server of Vite up
// to 7, which moves this module away from it. As web.js but for where the bytes are; what needs `init()` there needs it
// here too, so that a development server does not hide what a production build will miss.
import { createApi, load } from './dist/shared.js';
import { unpacked } from './unpack.js';

/** @type {import('./api.js').Loader} */
const loader = { load: (source) => load(source ?? unpacked()) };

export { TaskQueryError, isTaskQueryError } from './dist/shared.js';
const api = /* @__PURE__ */ createApi(loader);
export const { queryTask, waitForTask, watchTask, watchTasks, nextPoll, videoRequest } = api;
export const { parseTask, explainTask, createClient, init } = api;
