// @ts-check
/** The options of the command line: what each is called, what it is for, and what its text becomes. */

import { UsageError } from './usage.js';

/**
 * @typedef {object} Option
 * @property {'string' | 'boolean'} type
 * @property {boolean} [multiple]
 * @property {string} [short]
 * @property {string} [key] the member of QueryOptions or WatchManyOptions that it becomes
 * @property {number} [example] a number that makes sense; absent for what is none
 * @property {boolean} [isCount] a whole number from 1 on
 * @property {readonly string[]} [choices] the only values that it takes
 * @property {'--wait' | '--download'} [needs] an option without which it means nothing
 * @property {readonly Command[]} [for] the commands that know it; all of them if absent
 *
 * @typedef {'ask' | 'parse' | 'explain' | 'demo'} Command
 */

/** What a first word may be, beside an id. */
export const COMMANDS = /** @type {const} */ (['parse', 'explain', 'demo']);

/** @type {readonly Command[]} */
const ASK = ['ask'];
/** @type {readonly Command[]} */
const READ = ['parse', 'explain'];

/** @type {readonly import('../index.js').Video['kind'][]} */
const KINDS = ['upscaled', 'source', 'medium', 'watermarked'];

/** @type {Readonly<Record<string, Option>>} */
export const OPTIONS = {
  json: { type: 'boolean', for: [...ASK, ...READ] },
  wait: { type: 'boolean', short: 'w', for: ASK },
  // Its value may be left out, which parseArgs cannot say: see target.js.
  download: { type: 'string', for: ASK },
  force: { type: 'boolean', needs: '--download', for: ASK },
  kind: { type: 'string', choices: KINDS, needs: '--download', for: ASK },
  'base-url': { type: 'string', key: 'baseUrl', for: [...ASK, ...READ] },
  'api-key': { type: 'string', key: 'apiKey', for: ASK },
  endpoint: { type: 'string', key: 'endpoint', for: ASK },
  header: { type: 'string', multiple: true, for: ASK },
  'timeout-ms': { type: 'string', key: 'timeoutMs', example: 30_000, for: ASK },
  'max-retries': { type: 'string', key: 'maxRetries', example: 2, for: ASK },
  'max-body-bytes': { type: 'string', key: 'maxBodyBytes', example: 33_554_432, for: ASK },
  'deadline-ms': { type: 'string', key: 'deadlineMs', example: 600_000, needs: '--wait', for: ASK },
  'interval-ms': { type: 'string', key: 'intervalMs', example: 5000, needs: '--wait', for: ASK },
  'max-missed-polls': { type: 'string', key: 'maxMissedPolls', example: 5, needs: '--wait', for: ASK },
  concurrency: { type: 'string', key: 'concurrency', example: 4, isCount: true, for: ASK },
  'requests-per-second': { type: 'string', key: 'requestsPerSecond', example: 2, needs: '--wait', for: ASK },
  id: { type: 'string', for: READ },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
};

/** @typedef {Record<string, string | boolean | string[] | undefined>} Values */

/**
 * What the package is given, of what stood on the command line.
 *
 * @param {Values} values
 * @returns {import('../index.js').QueryOptions & Record<string, any>}
 */
export function packageOptions(values) {
  /** @type {Record<string, any>} */
  const options = {};
  for (const [name, { key, example, isCount }] of Object.entries(OPTIONS)) {
    const value = values[name];
    if (key === undefined || value === undefined) continue;
    options[key] = example === undefined ? value : numberOf(name, String(value), example, isCount);
  }
  if (values.header) options.headers = headersOf(/** @type {string[]} */ (values.header));
  return options;
}

/** @param {string} name @param {string} text @param {number} example @param {boolean} [isCount] */
function numberOf(name, text, example, isCount = false) {
  const isFit = isCount ? Number(text) >= 1 && /^(\d+|Infinity)$/.test(text) : /^(\d+(\.\d+)?|Infinity)$/.test(text);
  if (isFit) return Number(text);
  throw new UsageError(
    `--${name} must be a ${isCount ? 'whole number from 1 on' : 'number'}, such as --${name} ${example}.`,
  );
}

/** Those of one name together, as HTTP has it: the package takes the last one. @param {string[]} lines */
function headersOf(lines) {
  /** @type {Map<string, [name: string, value: string]>} */
  const headers = new Map();
  for (const line of lines) {
    const colon = line.indexOf(':');
    // Without the line itself: it may be a key.
    if (colon < 1) throw new UsageError("--header must be a name and a value, such as --header 'X-Team: 7'.");
    const [name, value] = [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    const key = name.toLowerCase();
    const before = headers.get(key);
    headers.set(key, before ? [before[0], `${before[1]}${key === 'cookie' ? '; ' : ', '}${value}`] : [name, value]);
  }
  return Object.fromEntries(headers.values());
}
