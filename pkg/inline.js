// @ts-check
// The WebAssembly inside the JavaScript, for everywhere: single-file outputs, and bundles that run in Node.
import { createApi, load, loadNow } from './dist/shared.js';
import { unpacked } from './unpack.js';

/** @type {import('./api.js').Loader} */
const loader = {
  load: (source) => load(source ?? unpacked()),
  loadNow: () => loadNow(unpacked()),
  // As in node.js, without an import that pages do not have.
  onSignal: (signal) => {
    const { process } = /** @type {any} */ (globalThis);
    if (signal instanceof EventTarget) process?.getBuiltinModule?.('node:events').setMaxListeners?.(0, signal);
  },
};

export { TaskQueryError, isTaskQueryError } from './dist/shared.js';
const api = /* @__PURE__ */ createApi(loader);
export const { queryTask, waitForTask, watchTask, watchTasks, nextPoll, videoRequest } = api;
export const { parseTask, explainTask, createClient, init } = api;
