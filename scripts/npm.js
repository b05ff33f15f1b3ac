// @ts-check
import { basename } from 'node:path';
import { run } from './run.js';

/**
 * Runs the npm that runs this script, or else the one on PATH.
 *
 * @param {readonly string[]} args
 * @param {string} cwd the folder whose package.json is meant
 * @param {number} [minutes]
 */
export function npm(args, cwd, minutes) {
  // An outer `npm run` hands its own folder down as a setting, and that wins over cwd.
  const options = { cwd, minutes, env: { npm_config_local_prefix: cwd } };
  const outer = process.env.npm_execpath;
  if (outer && basename(outer) === 'npm-cli.js') return run(process.execPath, [outer, ...args], options);
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options);
  return run('npm', args, options);
}
