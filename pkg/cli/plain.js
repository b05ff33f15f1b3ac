// @ts-check
/** What services and files say, made safe for a terminal. */
import { stripVTControlCharacters } from 'node:util';

// C0 and C1 controls, and the characters that turn the direction of what follows.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const SPACES = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** As one line without anything that a terminal would obey. @param {unknown} text */
export function plain(text) {
  return stripVTControlCharacters(String(text)).replace(SPACES, ' ').replace(CONTROLS, '');
}

/** The same, and cut where it goes on for too long. @param {unknown} text @param {number} most characters */
export function brief(text, most) {
  // Bodies hold texts of megabytes: what is never shown need not be cleaned.
  const line = plain(String(text).slice(0, most * 4)).trim();
  const letters = [...line];
  return letters.length > most || String(text).length > most * 4 ? `${letters.slice(0, most - 1).join('')}…` : line;
}

/** A line of JSON; JSON itself lets DEL, C1 controls and the like through. @param {unknown} value */
export function jsonLine(value) {
  const escaped = (/** @type {string} */ letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value)
    .replace(/[\u2028\u2029]/g, escaped)
    .replace(CONTROLS, escaped);
}
