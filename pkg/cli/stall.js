// @ts-check

/**
 * A signal that aborts with another one, and when nothing was alive for so long.
 *
 * @param {AbortSignal} outer
 * @param {number} ms
 */
export function withStallLimit(outer, ms) {
  const stalled = new AbortController();
  const stop = () => stalled.abort(outer.reason);
  if (outer.aborted) stop();
  outer.addEventListener('abort', stop);
  const most = 2 ** 31 - 1;
  const timer = setTimeout(() => stalled.abort(new Error('stalled')), Math.min(ms, most));
  return {
    signal: stalled.signal,
    alive: () => void timer.refresh(),
    end() {
      clearTimeout(timer);
      outer.removeEventListener('abort', stop);
    },
  };
}
