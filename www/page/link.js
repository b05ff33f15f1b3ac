// @ts-check
/** The link that opens the same tasks again. It has no key, and being a fragment it is sent to no server. */

/** @typedef {{ ids: string[], endpoint: string | null, base: string | null }} Asked */

/** @param {Asked} asked */
export function linkOf({ ids, endpoint, base }) {
  const known = Object.entries({ base, endpoint }).filter(([, value]) => value !== null);
  const words = new URLSearchParams([...ids.map((id) => ['id', id]), .../** @type {[string, string][]} */ (known)]);
  return `${location.href.replace(/#.*$/s, '')}#${words}`;
}

/** What the page was opened with. @returns {Asked | null} */
export function asksFor() {
  const words = new URLSearchParams(location.hash.slice(1));
  const ids = words.getAll('id').filter((id) => id !== '');
  return ids.length > 0 ? { ids, endpoint: words.get('endpoint'), base: words.get('base') } : null;
}
