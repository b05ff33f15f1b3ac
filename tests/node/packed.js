// @ts-check
/** The package under test, as a user's import finds it. PACKAGE_DIR names an unpacked tarball; else it is pkg. */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// A key or an address of whoever runs the tests must not change what they see.
delete process.env.VIDEO_TASK_API_KEY;
delete process.env.VIDEO_TASK_BASE_URL;

export const packageDir = resolve(process.env.PACKAGE_DIR ?? fileURLToPath(new URL('../../pkg', import.meta.url)));

/** The URL of the module that `exports` gives to Node: a package may ask for itself by its own name. */
export const entry = pathToFileURL(createRequire(join(packageDir, 'package.json')).resolve('video-task-query')).href;

/** @type {typeof import('../../pkg/index.js')} */
const found = await import(entry);

export const { queryTask, waitForTask, watchTask, watchTasks, nextPoll, videoRequest } = found;
export const { parseTask, explainTask, createClient, init, TaskQueryError, isTaskQueryError } = found;
