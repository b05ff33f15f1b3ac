// @ts-check
/** What is meant by words that other programs have. */
import { COMMANDS, OPTIONS } from './options.js';
import { nearest } from './usage.js';

const AS_OPTION = new Map([
  ['watch', 'wait'],
  ['follow', 'wait'],
  ['url', 'base-url'],
  ['host', 'base-url'],
  ['key', 'api-key'],
  ['token', 'api-key'],
  ['output', 'download'],
  ['save', 'download'],
  ['k', 'api-key'],
  ['H', 'header'],
  ['o', 'download'],
  ['v', 'version'],
]);

const AS_COMMAND = new Map([
  ['get', 'vtq ID'],
  ['status', 'vtq ID'],
  ['query', 'vtq ID'],
  ['ask', 'vtq ID'],
  ['show', 'vtq ID'],
  ['fetch', 'vtq ID'],
  ['check', 'vtq ID'],
  ['poll', 'vtq --wait ID'],
  ['wait', 'vtq --wait ID'],
  ['watch', 'vtq --wait ID'],
  ['download', 'vtq --download ID'],
  ['save', 'vtq --download ID'],
]);

/** @param {string} name of an option that there is not @returns {string | null} with its dashes */
export function optionMeant(name) {
  // Of one letter its case counts: -v and -V differ.
  const word = name.length > 1 ? name.toLowerCase() : name;
  const meant = AS_OPTION.get(word) ?? nearest(word, Object.keys(OPTIONS));
  return meant && `--${meant}`;
}

/** @param {string} word in place of a command */
export function commandMeant(word) {
  return AS_COMMAND.get(word.toLowerCase()) ?? nearest(word.toLowerCase(), COMMANDS);
}
