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
