// @ts-check

const HOUR_MS = 3_600_000;
let last = -Infinity;
/** How far this clock is ahead of the one that it reads. */
let ahead = 0;

/**
 * Milliseconds by a clock that nobody sets, as timers have it: when the machine's own is put right, a wait must neither stop
 * nor end. Near `Date.now()` at the start of the process or the page.
 */
export function now() {
  const { performance } = globalThis;
  // Surroundings without one have nothing better.
  const read = performance ? Math.round(performance.timeOrigin + performance.now()) : Date.now();
  // Fake timers of test runners go ahead, and back when they are taken away: here the time goes on from where it was.
  const hasLeapt = read + ahead > last + HOUR_MS;
  if (read + ahead < last || hasLeapt) ahead = Math.max(0, last - read);
  return (last = read + ahead);
}
