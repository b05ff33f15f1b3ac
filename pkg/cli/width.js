// @ts-check
/** How many columns a terminal gives to a text. */

const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
// East Asian wide and full width, by blocks, and what is drawn as a picture.
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u;

/** @param {string} letter one code point */
function columnsOf(letter) {
  if (NOTHING.test(letter)) return 0;
  return WIDE.test(letter) ? 2 : 1;
}

/** @param {string} text without controls */
export function width(text) {
  let sum = 0;
  for (const letter of text) sum += columnsOf(letter);
  return sum;
}

/** Cut to so many columns, with a mark that it was. @param {string} text @param {number} most */
export function clip(text, most) {
  if (width(text) <= most) return text;
  let [short, sum] = ['', 0];
  for (const letter of text) {
    sum += columnsOf(letter);
    if (sum > most - 1) break;
    short += letter;
  }
  return most > 0 ? `${short}…` : '';
}

/** Cut or filled up to exactly so many columns. @param {string} text @param {number} columns */
export function fit(text, columns) {
  const short = clip(text, columns);
  return short + ' '.repeat(columns - width(short));
}
