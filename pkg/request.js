// @ts-check

/**
 * A request as a plain `init`, for an injected fetch: many know no global `Request`, and callers spread it.
 *
 * @param {Headers} headers
 * @param {AbortSignal} signal
 * @param {RequestRedirect} redirect
 * @param {RequestCache} cache
 * @returns {RequestInit}
 */
export function initOf(headers, signal, redirect, cache) {
  return { method: 'GET', headers: Object.fromEntries(headers), redirect, cache, signal };
}
