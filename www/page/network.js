// @ts-check
/** What the page asks over the network, counted for each id. */

/** @typedef {{ requests: number, url: string, tookMs: number }} Use */

/** An id as the package writes it into a URL. @param {string} id */
const encoded = (id) => encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\uFFFD'))
  .replaceAll('%3A', ':').replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** @param {import('./form.js').Question} question */
export function countedFetch({ ids, options: { endpoint = '' } }) {
  /** @type {Map<string, Use>} */
  const uses = new Map(ids.map((id) => [id, { requests: 0, url: '', tookMs: 0 }]));
  // A template is the end of the URL, and the package's own end in the id. An id has neither '/' nor '=' there.
  const ends = endpoint.startsWith('/') ? [endpoint] : ['/{id}', '={id}'];
  const known = [...uses].map(([id, use]) => ({ use, ends: ends.map((end) => end.replaceAll('{id}', encoded(id))) }));

  /** @param {RequestInfo | URL} input @param {RequestInit} [init] */
  async function counted(input, init) {
    const url = String(input);
    const use = known.find(({ ends }) => ends.some((end) => url.endsWith(end)))?.use;
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
