// @ts-check
/** What `--download` saves to, where that is the next word: parseArgs knows no value that may be left out. */
import { found } from './found.js';
import { COMMANDS } from './options.js';
import { UsageError } from './usage.js';

/** What looks like this behind `--download` is a file and no id. */
const FILE = /\.(mp4|m4v|mov|webm|mkv|avi|gif)$|^\.{0,2}[/\\]|[/\\]$/i;
/** Hardly any id looks like this, but a command or a folder does. */
export const WORD = /^[a-z]{1,15}$/i;

/**
 * `--download` with its file, if it has one.
 *
 * @param {readonly string[]} args
 */
export function withTarget(args) {
  const all = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') return [...all, ...args.slice(i)];
    if (arg !== '--download') all.push(arg);
    else if (isTarget(args[i + 1] ?? '')) all.push(`--download=${args[++i]}`);
    else all.push('--download=');
  }
  return all;
}

/** @param {string} word */
function isTarget(word) {
  if (word.startsWith('-')) return false;
  if (FILE.test(word) || found(word)?.isDirectory()) return true;
  if (!WORD.test(word) || COMMANDS.some((name) => name === word)) return false;
  throw new UsageError(
    `There is no folder ${word}. To save as ${word}, write --download=${word}. Put -- before an id that looks like this.`,
  );
}
