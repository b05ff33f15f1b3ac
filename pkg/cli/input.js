// @ts-check
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
