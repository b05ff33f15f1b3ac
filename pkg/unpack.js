// @ts-check
import text from './dist/video_task_query_inline.js';

/** The bytes of the WebAssembly from the text that `scripts/inline.js` makes of them. */
export function unpacked() {
  const bytes = new Uint8Array(text.length);
  let count = 0;
  let page = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 35;
    if (digit < 90) {
      bytes[count++] = page + digit;
      page = 0;
    } else {
      page = (digit - 89) * 90;
    }
  }
  return bytes.subarray(0, count);
}
