// @ts-check
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Tools that the set-up installs; ignored by git, kept between builds. */
export const tools = join(root, '.tools');

/** Everything else that the scripts write; ignored by git, safe to delete. */
export const scratch = join(root, '.build');

export const modules = join(root, 'node_modules');
export const pkg = join(root, 'pkg');
export const dist = join(pkg, 'dist');

/** A folder that has the packed package installed, as a user's project would. */
export const consumer = join(scratch, 'consumer');
