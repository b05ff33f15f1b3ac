// @ts-check
/**
 * What panics would tell: where they come from, which is the name of a file, a line and a column each, and what went wrong.
 * Nothing prints it, since a panic traps at once, and no pass of wasm-opt looks for it, yet it was more than a hundredth of
 * what a browser loads.
 */

const DATA_SECTION = 11;
/** The texts that such a place names. */
const FILE = /^[\w./@-]+\.rs$/;
/** The name's address and length, the line, the column. */
const PLACE_BYTES = 16;
/** What panics say. What is thrown as a JavaScript error, by wasm-bindgen's `throw_str`, is told and stays. */
const WORDS = new RegExp(
  [
    /index out of bounds: the len is /,
    / ?but the index is /,
    /(?:insertion|removal) index \(is /,
    /should be <=? len \(is /,
    /mid > len/,
    /capacity overflow/,
    /Tried to shrink to a larger capacity/,
    /assertion `left /,
    /` failed\n {2}left: /,
    /\n right: /,
    /internal error: entered unreachable code(?:: JsValue passed is not an Error type -- this is a bug)?/,
    /a (?:Display implementation|formatting trait implementation) returned an error (?:unexpectedly|when the underlying stream did not)/,
    /finish: (?:callbacks|result) should be (?:Some|None)/,
    /LazyCell instance has previously been poisoned/,
    /`async fn` resumed after completion/,
    /RefCell already (?:mutably )?borrowed/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** @typedef {{ address: number, start: number, end: number }} Segment from its address in the memory on, at bytes of the file */

/**
 * Blanks all of it, and counts what was found of each kind.
 *
 * @param {Uint8Array} wasm as the linker made it
 */
export function withoutPanics(wasm) {
  const bytes = Uint8Array.from(wasm);
  const view = new DataView(bytes.buffer);
  const segments = dataSegments(bytes);
  /** @type {[start: number, end: number][]} */
  const found = [];
  for (const { start, end, address } of segments) {
    for (let at = start + ((4 - (address % 4)) % 4); at + PLACE_BYTES <= end; at += 4) {
      const name = fileName(bytes, segments, view.getUint32(at, true), view.getUint32(at + 4, true));
      if (name) found.push([at, at + PLACE_BYTES], name);
    }
  }
  const places = found.length / 2;
  for (const { start, end } of segments) {
    const text = Buffer.from(bytes.subarray(start, end)).toString('latin1');
    for (const { index, 0: words } of text.matchAll(WORDS)) found.push([start + index, start + index + words.length]);
  }
  for (const [start, end] of found) bytes.fill(0, start, end);
  return { bytes, places, words: found.length - 2 * places };
}

/**
 * The bytes of the file at which a text stands that names a source file.
 *
 * @param {Uint8Array} bytes
 * @param {readonly Segment[]} segments
 * @param {number} address
 * @param {number} length
 * @returns {[start: number, end: number] | undefined}
 */
function fileName(bytes, segments, address, length) {
  if (length > 200) return undefined;
  const home = segments.find((one) => address >= one.address && address + length <= one.address + one.end - one.start);
  if (!home) return undefined;
  const start = home.start + address - home.address;
  const text = String.fromCharCode(...bytes.subarray(start, start + length));
  return FILE.test(text) ? [start, start + length] : undefined;
}

/** @param {Uint8Array} bytes @returns {Segment[]} */
function dataSegments(bytes) {
  const reader = { bytes, at: 8 };
  while (reader.at < bytes.length) {
    const section = bytes[reader.at++];
    const size = number(reader);
    if (section === DATA_SECTION) return Array.from({ length: number(reader) }, () => segment(reader));
    reader.at += size;
  }
  return [];
}

/** Active, in the one memory, at a constant: as linkers write all of them. @param {{ bytes: Uint8Array, at: number }} reader */
function segment(reader) {
  // The kind, and the instruction that gives the address.
  reader.at += 2;
  const address = number(reader);
  // The end of that instruction.
  reader.at += 1;
  const size = number(reader);
  const start = reader.at;
  reader.at += size;
  return { address, start, end: start + size };
}

/** A number in LEB128; addresses have a sign there, and are all positive. @param {{ bytes: Uint8Array, at: number }} reader */
function number(reader) {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = reader.bytes[reader.at++] ?? 0;
    value += (byte & 127) * factor;
    if (byte < 128) return value;
  }
}
