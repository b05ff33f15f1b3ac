// @ts-check
/** What services and files say, on one line, and without what a terminal would obey. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { packageDir } from './packed.js';

/** @type {typeof import('../../pkg/cli/plain.js')} */
const { brief, jsonLine, plain } = await import(pathToFileURL(join(packageDir, 'cli', 'plain.js')).href);

test('line breaks and tabs are a space, and controls are nothing', () => {
  assert.equal(plain('one\r\n\ttwo\u0085three\u2028four'), 'one two three four');
  assert.equal(plain('a\u0007b\u0080c\u202ed\ufeff\u001b[31me'), 'abcde');
});

test('a text that is too long is cut by characters, and says so', () => {
  assert.deepEqual(
    ['abcde', 'abcdef', ' abcde ', '🎬🎬🎬🎬🎬', '🎬🎬🎬🎬🎬🎬'].map((text) => brief(text, 5)),
    ['abcde', 'abcd…', 'abcde', '🎬🎬🎬🎬🎬', '🎬🎬🎬🎬…'],
  );
  // It is not looked at to its end, however little there is to show of its beginning.
  assert.equal(brief(`${'\u0007'.repeat(20)}abc`, 5), '…');
});

test('JSON for a terminal is the same value, without a character that it would obey', () => {
  const value = { text: 'a\u2028b\u2029c\u007f\u009b\u202e\ufeffd' };
  const line = jsonLine(value);
  assert.equal(line, String.raw`{"text":"a\u2028b\u2029c\u007f\u009b\u202e\ufeffd"}`);
  assert.deepEqual(JSON.parse(line), value);
});
