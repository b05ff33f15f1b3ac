// @ts-check
/** The body of an answer, which a fetch of the caller's own may have made: what throws here must not throw through the core. */

/** How often a body has given no bytes. */
let nothings = 0;

/**
 * The reader of a web stream, or of one of Node's, as node-fetch has. Bodies of other kinds have none.
 *
 * @param {any} response
 */
export function readerOf(response) {
  try {
    const { body } = response;
    return body.getReader?.() ?? pulling(body);
  } catch {
    return undefined;
  }
}

/** Of a stream whose bytes nobody has taken yet, and that gives bytes. @param {import('node:stream').Readable} stream */
function pulling(stream) {
  const { pipe, destroyed, readableDidRead, readableEncoding, readableObjectMode } = stream;
  if (!pipe || destroyed || readableDidRead || readableEncoding || readableObjectMode) return undefined;
  const chunks = stream[Symbol.asyncIterator]();
  const cancel = () => {
    // Some say when they are given up that they were, and what nobody listens to ends the process.
    stream.on('error', () => {});
    stream.destroy();
  };
  return { read: () => chunks.next(), cancel };
}

/**
 * What comes next, its bytes as those of this realm: to the core a chunk of another one is none.
 *
 * @param {ReadableStreamDefaultReader} reader
 */
export async function next(reader) {
  const { done, value } = await reader.read();
  if (!ArrayBuffer.isView(value)) return { done, value };
  // A stream that gives nothing without end must leave time for timers, and one that does so now and then not wait for them.
  if (value.byteLength === 0 && (nothings += 1) % 100 === 0) await new Promise((resolve) => setTimeout(resolve));
  return { done, value: new Uint8Array(value.buffer, value.byteOffset, value.byteLength) };
}

/** A body that gives no stream. @param {Response} response */
export async function whole(response) {
  return new Uint8Array(await response.arrayBuffer());
}

/** Gives up what is not read on: its connection may be needed. @param {ReadableStreamDefaultReader | undefined} reader */
export async function letGo(reader) {
  try {
    await reader?.cancel();
  } catch {
    // Then there is nothing to let go of.
  }
}

/** Gives up an answer, be it one that comes later than anybody waits for it. @param {unknown} answer it, or a promise of it */
export async function discard(answer) {
  try {
    await letGo(readerOf(await answer));
  } catch {
    // There will be none.
  }
}
