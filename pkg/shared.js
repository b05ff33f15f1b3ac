// @ts-check
// What all entries share. The build makes one small file of it and of all that it imports, the glue included:
// dist/shared.js, which is what the entries import and what is published.
export { createApi } from './api.js';
export { TaskQueryError, isTaskQueryError } from './errors.js';
export { load, loadNow, unloaded } from './load.js';
