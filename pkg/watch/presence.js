// @ts-check

/** How long a page that nobody sees waits at least: browsers hold its timers back to once a minute anyway. */
const HIDDEN_MS = 60_000;

/** @type {Set<() => void>} Those who want to know when somebody is back. */
const waiting = new Set();

/** The browser knows that it has no network: asking would fail. Node and its like never say so. */
export function isOffline() {
  return globalThis.navigator?.onLine === false && typeof globalThis.addEventListener === 'function';
}

/**
 * Calls `wake` once when the network is back, where there is none.
 *
 * @param {() => void} wake
 * @returns {() => void} calls it off
 */
export function whenOnline(wake) {
  globalThis.addEventListener('online', wake, { once: true });
  return () => globalThis.removeEventListener('online', wake);
}

/**
 * How long to wait here and now: rarely while nobody sees the page.
 *
 * @param {number} ms
 */
export function patience(ms) {
  return globalThis.document?.visibilityState === 'hidden' ? Math.max(ms, HIDDEN_MS) : ms;
}

function back() {
  if (globalThis.document?.visibilityState === 'hidden') return;
  for (const wake of [...waiting]) wake();
}

/**
 * Calls `wake` whenever the network or the reader is back.
 *
 * @param {() => void} wake
 */
export function onReturn(wake) {
  if (waiting.size === 0) {
    globalThis.addEventListener?.('online', back);
    globalThis.document?.addEventListener('visibilitychange', back);
  }
  waiting.add(wake);
}

/** @param {() => void} wake */
export function offReturn(wake) {
  if (waiting.delete(wake) && waiting.size === 0) {
    globalThis.removeEventListener?.('online', back);
    globalThis.document?.removeEventListener('visibilitychange', back);
  }
}
