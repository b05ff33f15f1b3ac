// @ts-check
import { readInput } from './input.js';
import { pastedInstead } from './pasted.js';
import { brief } from './plain.js';
import { UsageError } from './usage.js';

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

async function listed() {
  const lines = (await readInput()).toString().split(/\r?\n/);
  return lines
    .map((line) => line.trim())
    .flatMap((line, index) => (line === '' ? [] : [checked(line, `Line ${index + 1} of standard input`)]));
}

/** Refuses what the package would refuse when others may have been asked for already, and what must not be sent at all. @param {string} id */
function checked(id, place = 'This') {
  if (id.trim() === '')
    throw new UsageError('An id is empty: pass the id that the service gave when the task was made.');
  const pasted = pastedInstead(id);
  // Without repeating it: it may hold a key.
  if (pasted) throw new UsageError(`${place} is ${pasted}, no id. Give the id alone, such as sora-2:task_1.`);
  if (id.trim() !== id)
    throw new UsageError(`The id ${brief(id, 200)} begins or ends with white space: leave that out.`);
  return id;
}
