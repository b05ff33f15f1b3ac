// @ts-check
/** What the page asks over the network, counted for each id. */

/** @typedef {{ requests: number, url: string, tookMs: number }} Use */

/** @param {readonly string[]} ids */
export function countedFetch(ids) {
  /** @type {Map<string, Use>} */
  const uses = new Map(ids.map((id) => [id, { requests: 0, url: '', tookMs: 0 }]));
  // The longest first: one id may begin like another.
  const byLength = [...ids].sort((a, b) => b.length - a.length);

  /** @param {RequestInfo | URL} input @param {RequestInit} [init] */
  async function counted(input, init) {
    const url = String(input);
    const use = uses.get(byLength.find((id) => url.includes(id) || url.includes(encodeURIComponent(id))) ?? ids[0] ?? '');
    const startedAt = performance.now();
    if (use) Object.assign(use, { requests: use.requests + 1, url });
    try {
      return await fetch(input, init);
    } finally {
      if (use) use.tookMs = performance.now() - startedAt;
    }
  }
  return { fetch: counted, of: (/** @type {string} */ id) => uses.get(id) ?? { requests: 0, url: '', tookMs: 0 } };
}
