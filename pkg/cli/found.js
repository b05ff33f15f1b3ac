// @ts-check
import { statSync } from 'node:fs';

/** What is at a path; null for nothing, and for what is no path: ids are longer than a name may be. @param {string} path */
export function found(path) {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
