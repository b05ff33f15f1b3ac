// @ts-check

/** What stands before a body where the headers were copied too. */
const HEADERS = /^(?:HTTP\/\d|[\w-]+:\s[^]*\n[ \t]*[[{])/;

/**
 * What was saved or pasted in place of an answer, in a sentence; null for what may be one.
 *
 * @param {string} text
 * @param {import('../index.d.ts').TaskQueryError} error what reading it ended with
 */
export function insteadOfAnswer(text, error) {
  if (error.code !== 'invalid_response') return null;
  const body = text.trimStart();
  if (body === '') return 'Nothing is in it.';
  if (body.startsWith('<')) return 'It is a web page, not JSON.';
  if (HEADERS.test(body)) return 'HTTP headers stand in front of the JSON: leave them out (curl without -i).';
  return hasMore(text, error) ? 'There is more behind the first JSON value: give one value alone.' : null;
}

/** Whether all before the byte that cannot stand there is a value. @param {string} text @param {Error} error */
function hasMore(text, { message }) {
  const offset = / byte (\d+) cannot stand there\.$/.exec(message)?.[1];
  if (offset === undefined) return false;
  const before = new TextEncoder().encode(text).subarray(0, Number(offset));
  try {
    JSON.parse(new TextDecoder().decode(before));
    return true;
  } catch {
    return false;
  }
}
