// @ts-check
import * as util from 'node:util';
import { commandMeant, optionMeant } from './guesses.js';
import { COMMANDS, OPTIONS } from './options.js';
import { brief, plain } from './plain.js';
import { WORD, withTarget } from './target.js';
import { UsageError } from './usage.js';

/**
 * @typedef {object} Call
 * @property {import('./options.js').Command} command
 * @property {string[]} words ids of `ask`, the file of `parse` and `explain`
 * @property {import('./options.js').Values} values
 */

/**
 * @param {readonly string[]} args behind the program's name
 * @returns {Call}
 */
export function parseCall(args) {
  const types = Object.fromEntries(
    Object.entries(OPTIONS).map(([name, { type, short, multiple = false }]) => [
      name,
      { type, multiple, ...(short ? { short } : {}) },
    ]),
  );
  // Not strict: the messages of parseArgs are for programmers.
  const { tokens } = util.parseArgs({
    args: withTarget(args),
    options: types,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const end = tokens.find(({ kind }) => kind === 'option-terminator')?.index ?? Infinity;
  /** @type {import('./options.js').Values} */
  const values = {};
  const words = [];
  let first = /** @type {string | null} */ (null);
  for (const token of tokens) {
    if (token.kind === 'option') take(token, values);
    if (token.kind !== 'positional') continue;
    if (words.length === 0 && token.index < end) first = token.value;
    words.push(token.value);
  }
  // As with many programs: `vtq help`.
  if (first === 'help' || first === 'version') values[first] = true;
  const command = values.help || values.version ? 'ask' : commandOf(first);
  if (command !== 'ask') words.shift();
  if (!values.help && !values.version) check(command, values);
  return { command, words, values };
}

/**
 * @param {{ name: string, rawName: string, value?: string, inlineValue?: boolean }} token
 * @param {import('./options.js').Values} values
 */
function take({ name, rawName, value, inlineValue }, values) {
  const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  if (!option) {
    const meant = optionMeant(name);
    throw new UsageError(`There is no option ${plain(rawName)}.${meant ? ` Did you mean ${meant}?` : ''}`);
  }
  if (option.type === 'boolean') {
    if (inlineValue) throw new UsageError(`--${name} takes no value.`);
    values[name] = true;
    return;
  }
  const isOption = inlineValue === false && value !== undefined && /^-\D/.test(value);
  if (value === undefined || isOption || (value.trim() === '' && !['download', 'api-key'].includes(name))) {
    throw new UsageError(`--${name} needs a value.`);
  }
  if (option.choices && !option.choices.includes(value)) {
    const [last, ...others] = [...option.choices].reverse();
    throw new UsageError(`--${name} must be ${others.reverse().join(', ')} or ${last}, not ${brief(value, 40)}.`);
  }
  values[name] = option.multiple ? [.../** @type {string[]} */ (values[name] ?? []), value] : value;
}

/** @param {string | null} word the first that is no option and stands before `--` */
function commandOf(word) {
  const command = COMMANDS.find((name) => name === word);
  if (command) return command;
  const meant = word !== null && WORD.test(word) ? commandMeant(word) : null;
  if (meant) {
    throw new UsageError(
      `There is no command ${word}. Did you mean ${meant}? Put -- before an id that looks like this.`,
    );
  }
  return 'ask';
}

/**
 * @param {import('./options.js').Command} command
 * @param {import('./options.js').Values} values
 */
function check(command, values) {
  for (const name of Object.keys(values)) {
    const { for: commands, needs } = OPTIONS[name] ?? {};
    if (commands && !commands.includes(command)) {
      const where = command === 'ask' ? 'a question: it belongs to parse and explain' : command;
      throw new UsageError(`--${name} does not go with ${where}.`);
    }
    if (needs && values[needs.slice(2)] === undefined) throw new UsageError(`--${name} needs ${needs}.`);
  }
}
