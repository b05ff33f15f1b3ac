// @ts-check
/** Prose on a terminal, which by itself breaks lines in the middle of words. */
import { width } from './width.js';

/** In fewer columns little but gaps would be left beside the labels. */
const LEAST_COLUMNS = 40;
// Chinese has no spaces: a line may end behind each letter, but does not begin with what closes a sentence.
const LETTERS = /.[，。、；：！？）」』】》”’]*/gu;

/** How many columns prose may take; in a pipe no line is broken. @param {{ isTTY?: boolean, columns?: number }} stream */
export function columnsOf({ isTTY, columns = 0 }) {
  return isTTY && columns >= LEAST_COLUMNS ? columns : Infinity;
}

/**
 * A text in lines. A word that is longer than a line stays whole: it is a URL or an id, to be copied.
 *
 * @param {string} text without line breaks
 * @param {number} columns
 */
export function wrapped(text, columns) {
  if (width(text) <= columns) return [text];
  const words = text.match(/ *[^ ]+/g) ?? [];
  const pieces = words.flatMap((word) =>
    width(word) > columns && isWide(word) && !word.includes('://') ? (word.match(LETTERS) ?? []) : word,
  );
  const lines = [];
  let line = '';
  for (const piece of pieces) {
    if (line !== '' && width(line) + width(piece) > columns) {
      lines.push(line);
      line = piece.trimStart();
    } else line += piece;
  }
  return [...lines, line];
}

/** @param {string} word */
function isWide(word) {
  return width(word) > [...word].length;
}

/** Sentences as a stream takes them. @param {NodeJS.WriteStream} stream @param {string} text */
export function sentences(stream, text) {
  return text
    .split('\n')
    .flatMap((line) => wrapped(line, columnsOf(stream)))
    .join('\n');
}
