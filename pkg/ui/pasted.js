// @ts-check
/** What people paste in place of an id, often with their key in it. */

/** The first that fits tells. Ids have colons, slashes, spaces and equals signs, and some begin like a word of these. */
const OTHERS = /** @type {const} */ ([
  ['a curl command', /^(\$\s*)?curl(\.exe)?(\s|$)/i],
  ['a URL', /^https?:\/\//i],
  ['JSON', /^[{}[\]"]/],
  ['an HTTP header', /\bBearer\s|\bAuthorization:|^[\w-]*(key|token|secret|auth)[\w-]*:\s/i],
]);

/**
 * What a line is that is no id, in words such as `a URL`; null for what may be one.
 *
 * @param {string} line
 * @returns {string | null}
 */
export function pastedInstead(line) {
  const text = line.trim();
  return OTHERS.find(([, looks]) => looks.test(text))?.[0] ?? null;
}
