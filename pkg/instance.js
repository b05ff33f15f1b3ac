// @ts-check
/**
 * What the WebAssembly has under way, seen from outside. An instance that dies, because memory ran out or by a trap, says
 * nothing to those who wait for it; here they are found and told.
 */

/** @typedef {{ turn: () => void, isWoken: boolean, reject: (error: unknown) => void }} Run */

let generation = 0;
let count = 0;
/** Calls the instance; core.js gives one that tells all where that kills it. @type {(call: () => unknown) => unknown} */
let guard = (call) => call();
/** @type {Map<number, Run>} Those that have not ended, by number. */
const runs = new Map();
/** @type {Set<() => void>} What lets go of something outside, for whom the instance can no longer do that. */
const releases = new Set();

/** Which instance it is. */
export const current = () => generation;

/**
 * The instance is dead, and what it had under way fails.
 *
 * @param {() => unknown} error one for each
 */
export function failAll(error) {
  generation += 1;
  const lost = [...runs.values()];
  runs.clear();
  // Each takes itself away.
  for (const letGo of [...releases]) letGo();
  for (const { reject } of lost) reject(error());
}

/** What calls the instance needs the instance's glue, and that needs this file. @param {typeof guard} call */
export function guardBy(call) {
  guard = call;
}

/**
 * Takes a run up, whose `turn` is called now and whenever it can go on.
 *
 * @param {(number: number) => () => void} start gives the turn of the run of this number
 * @param {(error: unknown) => void} reject
 */
export function begin(start, reject) {
  const number = (count += 1);
  runs.set(number, { turn: start(number), isWoken: false, reject });
  wake(number);
}

/** @param {number} number */
export const finish = (number) => runs.delete(number);

/** Lets a run go on soon: what it waited for has come. @param {number} number */
export function wake(number) {
  const run = runs.get(number);
  if (!run || run.isWoken) return;
  run.isWoken = true;
  // Fake timers of test runners hold queueMicrotask up, and cannot hold up a promise.
  Promise.resolve().then(() => {
    run.isWoken = false;
    if (runs.has(number)) run.turn();
  });
}

/** Lets go when the instance dies. @param {() => void} letGo @returns {() => void} takes that back */
export function onDeath(letGo) {
  releases.add(letGo);
  return () => releases.delete(letGo);
}

/**
 * A promise whose outcome reaches none but the instance that waits for it: a dead one's closures would throw.
 *
 * @param {Promise<unknown>} promise
 */
export function whileAlive(promise) {
  const born = generation;
  /** @param {(value: unknown) => unknown} call */
  const alive = (call) => (/** @type {unknown} */ value) => {
    if (born !== generation) return;
    try {
      guard(() => call(value));
    } catch {
      // Whoever waited for the instance has been told.
    }
  };
  const then = promise.then.bind(promise);
  return Object.assign(promise, {
    then: (/** @type {any} */ yes, /** @type {any} */ no) => then(alive(yes), alive(no)),
  });
}
