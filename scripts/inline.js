// @ts-check
/**
 * Bytes as a JavaScript module that exports them as text. Not base64: its digits straddle bytes, so that compression finds
 * no repetitions, and it costs a quarter more over the wire. Here a byte is one or two characters, `pkg/unpack.js` reads
 * them in six lines, and they are plain ASCII, so that no charset and no minifier changes them.
 *
 * @param {Uint8Array} bytes
 */
export function inlined(bytes) {
  let text = '';
  for (const byte of bytes) text += ['', '}', '~'][Math.floor(byte / 90)] + String.fromCharCode(35 + (byte % 90));
  return `export default ${JSON.stringify(text)};\n`;
}
