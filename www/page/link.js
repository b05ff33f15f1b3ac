// @ts-check
/** The link that opens the same tasks again. It has no key, and being a fragment it is sent to no server. */

/** @typedef {{ ids: string[], endpoint: string | null, base: string | null }} Asked */

/** @param {import('./form.js').Question} question */
export function linkOf({ ids, options: { endpoint, baseUrl }, isPractice }) {
  const words = new URLSearchParams(ids.map((id) => ['id', id]));
  if (!isPractice && baseUrl) words.set('base', baseUrl);
  if (endpoint && endpoint !== 'auto') words.set('endpoint', endpoint);
  return `${location.href.replace(/#.*$/s, '')}#${words}`;
}

/** What the page was opened with. @returns {Asked | null} */
export function asksFor() {
  const words = new URLSearchParams(location.hash.slice(1));
  const ids = words.getAll('id').filter((id) => id !== '');
  return ids.length > 0 ? { ids, endpoint: words.get('endpoint'), base: words.get('base')?.trim() || null } : null;
}
