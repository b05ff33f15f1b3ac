// @ts-check
import { brief } from './plain.js';
import { UsageError } from './usage.js';

const MOST_BYTES = 64 * 2 ** 20;

/**
 * Everything that a stream gives.
 *
 * @param {AsyncIterable<Buffer>} [stream]
 * @param {string} [place]
 */
export async function readInput(stream = process.stdin, place = 'on standard input') {
  const chunks = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new UsageError(`There are more than ${MOST_BYTES / 2 ** 20} MiB ${place}.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The ids that were meant, each once: `-` stands for those on standard input, one a line.
 *
 * @param {readonly string[]} words
 */
export async function idsOf(words) {
  const ids = [];
  let isRead = false;
  for (const word of words) {
    if (word !== '-') ids.push(word);
    else if (!isRead) {
      isRead = true;
      ids.push(
        ...(await readInput())
          .toString()
          .split(/\r?\n/)
          .map((line) => line.trim())
          .filter(Boolean),
      );
    }
  }
  if (ids.length === 0) throw new UsageError('There are no ids on standard input.');
  for (const id of ids) check(id);
  return [...new Set(ids)];
}

/** What the package would refuse, when others may have been asked for already. @param {string} id */
function check(id) {
  if (id.trim() === '')
    throw new UsageError('An id is empty: pass the id that the service gave when the task was made.');
  if (id.trim() !== id)
    throw new UsageError(`The id ${brief(id, 200)} begins or ends with white space: leave that out.`);
}
