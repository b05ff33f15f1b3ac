// @ts-check
import assert from 'node:assert/strict';
import { inspect } from 'node:util';

/** A key that no error may show. */
export const KEY = 'sk-Qm2xJ8PvLdTrii1OXZc3Ab3dEf9H';

/** Nothing that somebody could print of an error has the key in it, or much of it. @param {any} error */
export function assertSafe(error) {
  const shown = {
    text: String(error),
    message: error.message,
    stack: error.stack,
    json: JSON.stringify(error),
    inspected: inspect(error, { depth: 5 }),
    whole: inspect(error, { depth: 5, showHidden: true, getters: true }),
  };
  for (const [where, text] of Object.entries(shown)) {
    // The first letters of a key are no secret: services show them too.
    assert(!text.includes(KEY.slice(0, 12)), `in ${where}: ${text}`);
  }
}
