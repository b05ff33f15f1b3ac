// @ts-check
/** What the package says of its options, in the words of the command. */
import { OPTIONS } from './options.js';
import { isTaskQueryError } from './package.js';
import { UsageError } from './usage.js';

/** @type {[key: string, name: string][]} */
const NAMES = Object.entries(OPTIONS).flatMap(([name, { key }]) => (key ? [[key, name]] : []));
/** Where these stand if they are not options. */
const VARIABLES = /** @type {Record<string, string>} */ ({
  'base-url': 'VIDEO_TASK_BASE_URL',
  'api-key': 'VIDEO_TASK_API_KEY',
});
/** Behind it stand the service's own words. */
const SAID = ' It says: ';
const HOST = /^(localhost|127\.[\d.]+|[\w-]+(?:\.[\w-]+)+)(:\d+)?(\/[\w./-]*)?$/;

/** A message with the names that options have here. @param {string} message */
export function inOptions(message) {
  // The others are words that a sentence may have, such as endpoint.
  const own = NAMES.filter(([key]) => /[A-Z]/.test(key));
  const [ours = '', ...theirs] = message.split(SAID);
  const named = own.reduce((text, [key, name]) => text.replaceAll(new RegExp(`\\b${key}\\b`, 'g'), `--${name}`), ours);
  return [named, ...theirs].join(SAID);
}

/**
 * The complaint about an option that the package refused; null for any other error. Nothing was asked, and what is wrong
 * is wrong for all ids.
 *
 * @param {unknown} error
 * @param {import('./options.js').Values} values
 * @param {NodeJS.ProcessEnv} env
 */
export function wrongOption(error, values, env) {
  if (!isTaskQueryError(error) || error.code !== 'invalid_argument') return null;
  const { message } = error;
  if (message.startsWith("The header '")) return new UsageError(message);
  const [key, name] = NAMES.find(([key]) => message.startsWith(`${key} `)) ?? ['', ''];
  if (!key) return null;
  const variable = values[name] === undefined ? VARIABLES[name] : undefined;
  const why = inOptions(message.slice(key.length)).replace(", or in a page with '/'", '');
  const meant = key === 'baseUrl' ? whole(String(values[name] ?? env.VIDEO_TASK_BASE_URL)) : null;
  return new UsageError(`${variable ?? `--${name}`}${why}${meant ? ` Did you mean ${meant}?` : ''}`);
}

/** A host that lacks the beginning of its URL, with it. @param {string} text */
function whole(text) {
  const host = HOST.exec(text)?.[1];
  if (!host) return null;
  return `${/^(localhost|127\.)/.test(host) ? 'http' : 'https'}://${text}`;
}
