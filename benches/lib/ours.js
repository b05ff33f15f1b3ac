// @ts-check
/** The packed package, as a user's project has it installed. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { consumer } from '../../scripts/paths.js';

export const packageFolder = join(consumer, 'node_modules', 'video-task-query');

/** @returns {Promise<typeof import('../../pkg/index.js')>} */
export function ours() {
  return import(pathToFileURL(createRequire(join(packageFolder, 'package.json')).resolve('video-task-query')).href);
}

/** The functions of the core that the package is made of, once `init` or a first call has loaded it. @returns {Promise<any>} */
export function core() {
  return import(pathToFileURL(join(packageFolder, 'dist', 'video_task_query.js')).href);
}

/** How much memory the WebAssembly has. It never gives any back, so this is its peak. */
export async function wasmBytes() {
  const { initSync } = await core();
  // Loaded already: it gives the exports of the one instance.
  return initSync().memory.buffer.byteLength;
}
