// @ts-check
import { UsageError } from './usage.js';

const MOST_BYTES = 64 * 2 ** 20;

/**
 * Everything that a stream gives, as UTF-8.
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
  return inUtf8(Buffer.concat(chunks));
}

/** What Windows PowerShell writes with `>` is UTF-16, which says so at its beginning. @param {Buffer} bytes */
function inUtf8(bytes) {
  const mark = bytes.toString('latin1', 0, 2);
  if (mark !== '\xff\xfe' && mark !== '\xfe\xff') return bytes;
  return Buffer.from(new TextDecoder(mark === '\xff\xfe' ? 'utf-16le' : 'utf-16be').decode(bytes));
}
