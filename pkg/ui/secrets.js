// @ts-check

/** Shorter keys are placeholders, as everywhere in this package: taking them out would garble ids. */
const SHORTEST = 8;

/** Whether one of the keys stands in a text. @param {string} text @param {readonly unknown[]} keys */
export function holdsKey(text, keys) {
  return withoutKeys(text, keys) !== text;
}

/** A text without keys that may stand in it. @param {string} text @param {readonly unknown[]} keys */
export function withoutKeys(text, keys) {
  const secrets = keys.map((key) => String(key ?? '').trim()).filter((key) => key.length >= SHORTEST);
  // Of one that begins with another nothing may be left over.
  secrets.sort((one, other) => other.length - one.length);
  return secrets.reduce((clean, key) => clean.replaceAll(key, '[key]'), text);
}
