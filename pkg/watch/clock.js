// @ts-check

/**
 * Milliseconds by a clock that nobody sets, as timers have it: when the machine's own is put right, a wait must neither stop
 * nor end. Near `Date.now()` at the start of the process or the page.
 */
export function now() {
  const { performance } = globalThis;
  // Surroundings without one have nothing better.
  return performance ? Math.round(performance.timeOrigin + performance.now()) : Date.now();
}
