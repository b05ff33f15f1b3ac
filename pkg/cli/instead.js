// @ts-check

/**
 * What was saved in place of an answer, in a sentence; null for what may be one.
 *
 * @param {string} text
 */
export function insteadOfAnswer(text) {
  const body = text.trim();
  if (body === '') return 'Nothing is in it.';
  if (body.startsWith('<')) return 'It is a web page, not JSON.';
  if (/^HTTP\/\d/.test(body)) return 'It begins with HTTP headers: save the answer without them (curl without -i).';
  // As `vtq --json` writes it for several ids.
  const [first = '', ...more] = body.split('\n');
  return more.length > 0 && isJson(first) ? 'There is more than one JSON value in it: give one of its lines.' : null;
}

/** @param {string} text */
function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
