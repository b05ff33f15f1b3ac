// @ts-check
import { OPTIONS } from './options.js';
import { plain } from './plain.js';
import { withoutKeys } from '../ui/secrets.js';

/** More ids than this fill the screen. */
const MOST_IDS = 10;

/**
 * How to go on after Ctrl-C.
 *
 * @param {import('./options.js').Values} values
 * @param {readonly string[]} words as they were given
 * @param {readonly string[]} left the ids that have not ended
 * @param {NodeJS.ProcessEnv} env
 */
export function howToGoOn(values, words, left, env) {
  const isLong = words.includes('-') && left.length > MOST_IDS;
  const command = resumeCommand(values, isLong ? words : left, env);
  const where = isLong ? `${left.length} tasks are left. To go on, with the same list on standard input` : 'To go on';
  return `${where}:\n\n  ${command}`;
}

/**
 * The command that goes on with what is left of a call. Never with a key: not that of --api-key, not one in a header, and
 * not the one of the environment, wherever it may stand.
 *
 * @param {import('./options.js').Values} values
 * @param {readonly string[]} ids
 * @param {NodeJS.ProcessEnv} env
 */
function resumeCommand(values, ids, env) {
  const words = [programName(env)];
  for (const [name, { type }] of Object.entries(OPTIONS)) {
    const value = values[name];
    if (value === undefined || name === 'api-key') continue;
    if (type === 'boolean' || value === '') words.push(`--${name}`);
    else if (name === 'header')
      words.push(.../** @type {string[]} */ (value).flatMap((line) => ['--header', quoted(headerName(line))]));
    else if (name === 'download') words.push(quoted(`--download=${value}`));
    else words.push(`--${name}`, quoted(String(value)));
  }
  if (ids.some((id) => !/[^a-z]/i.test(id) || /^-./.test(id))) words.push('--');
  words.push(...ids.map(quoted));
  return withoutKeys(words.join(' '), [values['api-key'], env.VIDEO_TASK_API_KEY]);
}

/** As it was called. @param {NodeJS.ProcessEnv} env */
export function programName(env) {
  return env.npm_lifecycle_event === 'npx' ? 'npx video-task-query' : 'vtq';
}

/** A header without its value, which may be a key. @param {string} line */
function headerName(line) {
  return `${line.slice(0, line.indexOf(':'))}: …`;
}

/** For a shell. @param {string} word */
export function quoted(word) {
  const text = plain(word);
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return process.platform === 'win32'
    ? `"${text.replaceAll('"', '""')}"`
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
