// @ts-check
/** What the page asks over the network, counted for each id. */

/** @typedef {{ requests: number, url: string, tookMs: number, isAnswered: boolean }} Use the last two are about the last request */

/** @type {Readonly<Use>} */
export const NOBODY_ASKED = { requests: 0, url: '', tookMs: 0, isAnswered: false };

/** The services that have answered this page. @type {Set<string>} */
const answered = new Set();

/** With a key the browser asks for leave, without one it does not. @param {import('./form.js').Options} options */
const asked = ({ baseUrl = '', apiKey }) => `${new URL(baseUrl, location.href).origin} ${apiKey !== undefined}`;

/** Whether it can be CORS that there is no answer. @param {import('./form.js').Options} options */
export const mayBeCors = (options) =>
  new URL(options.baseUrl ?? '', location.href).origin !== location.origin && !answered.has(asked(options));

/** An id as the package writes it into a URL. @param {string} id */
const encoded = (id) =>
  encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\uFFFD'))
    .replaceAll('%3A', ':')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * @param {import('./form.js').Question} question
 * @param {{ onSent(): void, onAnswered(id: string): void }} handlers `onSent` is called before the first request, when the package has refused nothing; `onAnswered` after each, be there an answer or none
 */
export function countedFetch({ ids, options }, { onSent, onAnswered }) {
  const { endpoint = '' } = options;
  /** @type {Map<string, Use>} */
  const uses = new Map(ids.map((id) => [id, { ...NOBODY_ASKED }]));
  // A template is the end of the URL, and the package's own end in the id. An id has neither '/' nor '=' there.
  const ends = endpoint.startsWith('/') ? [endpoint] : ['/{id}', '={id}'];
  let isSent = false;
  const known = [...uses].map(([id, use]) => ({
    id,
    use,
    ends: ends.map((end) => end.replaceAll('{id}', encoded(id))),
  }));

  /** @param {RequestInfo | URL} input @param {RequestInit} [init] */
  async function counted(input, init) {
    const url = String(input);
    const { id, use } = known.find(({ ends }) => ends.some((end) => url.endsWith(end))) ?? {};
    if (!isSent) onSent();
    isSent = true;
    const startedAt = performance.now();
    if (use) Object.assign(use, { requests: use.requests + 1, url, isAnswered: false });
    try {
      const response = await fetch(input, init);
      answered.add(asked(options));
      if (use) use.isAnswered = true;
      return response;
    } finally {
      if (use) use.tookMs = performance.now() - startedAt;
      if (id !== undefined) onAnswered(id);
    }
  }
  return { fetch: counted, of: (/** @type {string} */ id) => uses.get(id) ?? NOBODY_ASKED };
}
