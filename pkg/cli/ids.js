// @ts-check
import { found } from './found.js';
import { readInput } from './input.js';
import { pastedInstead } from '../ui/pasted.js';
import { brief } from './plain.js';
import { quoted } from './resume.js';
import { UsageError } from './usage.js';

// Controls, and what stands for bytes that are no text. A list between NULs would be one id of all of them.
const NO_TEXT = /[\u0000-\u001f\u007f-\u009f\ufffd]/;

/**
 * The ids that were meant, each once: `-` stands for those on standard input, one a line.
 *
 * @param {readonly string[]} words
 */
export async function idsOf(words) {
  const ids = [];
  let isRead = false;
  for (const word of words) {
    if (word !== '-') ids.push(checked(word));
    else if (!isRead) {
      isRead = true;
      ids.push(...(await listed()));
    }
  }
  if (ids.length === 0) throw new UsageError('There are no ids on standard input.');
  return [...new Set(ids)];
}

/**
 * What to do where a file was given as an id.
 *
 * @param {string} id
 * @param {any} error what asking for it brought
 */
export function fileHint(id, error) {
  if (error?.code !== 'not_found' || !found(id)?.isFile()) return null;
  return `There is a file of that name: vtq ${/\.json$/i.test(id) ? 'parse' : '- <'} ${quoted(id)}`;
}

/** Those of a list: without blank lines, and without remarks, which begin with `#`. */
async function listed() {
  const lines = (await readInput()).toString().split(/\r\n?|\n/);
  return lines
    .map((line) => line.trim())
    .flatMap((line, index) => (/^(#|$)/.test(line) ? [] : [checked(line, `Line ${index + 1} of standard input`)]));
}

/**
 * Refuses what the package would refuse when others may have been asked for already, and what must not be sent at all.
 *
 * @param {string} id
 * @param {string} [line] where in a list it stands
 */
function checked(id, line) {
  if (id.trim() === '')
    throw new UsageError('An id is empty: pass the id that the service gave when the task was made.');
  const pasted = pastedInstead(id);
  // Without repeating it: it may hold a key.
  if (pasted)
    throw new UsageError(`${line ?? 'This'} is ${pasted}, not an id. Give the id alone, such as sora-2:task_1.`);
  if (id.trim() !== id)
    throw new UsageError(`The id ${brief(id, 200)} begins or ends with white space: leave that out.`);
  if (!NO_TEXT.test(id)) return id;
  throw new UsageError(
    line
      ? `${line} holds a character that no id has. Standard input must be text in UTF-8, one id a line.`
      : `The id ${brief(id, 200)} holds a line break or another character that no id has: leave that out.`,
  );
}
