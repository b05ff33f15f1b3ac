// @ts-check
/**
 * Where panics come from: the name of a file, a line and a column each. Nothing prints it, since a panic traps at once, and
 * no pass of wasm-opt looks for it, yet it was a hundredth of what a browser loads.
 */

const DATA_SECTION = 11;
/** The texts that such a place names. */
const FILE = /^[\w./@-]+\.rs$/;
/** The name's address and length, the line, the column. */
const PLACE_BYTES = 16;

/** @typedef {{ address: number, start: number, end: number }} Segment from its address in the memory on, at bytes of the file */

/**
 * Blanks all of it.
 *
 * @param {Uint8Array} wasm as the linker made it
 * @returns {{ bytes: Uint8Array, count: number }}
 */
export function withoutPlaces(wasm) {
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
  for (const [start, end] of found) bytes.fill(0, start, end);
  return { bytes, count: found.length / 2 };
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
