// @ts-check
import { TaskQueryError, isTaskQueryError } from './errors.js';
import { begin, failAll, current, finish, guardBy } from './instance.js';
import { renew } from './dist/video_task_query.js';

/** How many calls are in the core: one can lead to the caller's own function, and that to another. */
let depth = 0;
/** @type {unknown[]} What killed the instance, until nobody is in it. */
const deaths = [];

guardBy(inCore);

/**
 * A call of the core. What it throws besides its own errors is the end of the instance: a trap, or an exception that went
 * through it. All who wait for that instance get an error, and the next call a fresh one.
 *
 * @template T
 * @param {() => T} call
 * @returns {T}
 */
export function inCore(call) {
  depth += 1;
  try {
    return call();
  } catch (cause) {
    if (isTaskQueryError(cause)) throw cause;
    deaths.push(cause);
    throw fatal(cause);
  } finally {
    depth -= 1;
    if (depth === 0 && deaths.length > 0) replace(deaths.splice(0)[0]);
  }
}

/** @param {unknown} cause */
function replace(cause) {
  try {
    renew(true);
    // The fresh instance comes at the start of the next call.
    renew(false);
  } catch {
    // Pages of older Chromes do not allow it at once; there the old one goes on as well as it can.
  }
  failAll(() => fatal(cause));
}

/** @param {any} cause */
function fatal(cause) {
  // What a caller's own function has thrown may hold a key, and all who wait are told.
  const isOfTheEngine = cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError;
  const why = isOfTheEngine ? `${cause.name}: ${cause.message}` : 'something was thrown through it';
  const message = `The WebAssembly broke (${why}) and was started anew: memory may have run out, or an answer was too large. Ask again.`;
  return new TaskQueryError({
    code: 'invalid_response',
    message,
    retryable: true,
    cause: isOfTheEngine ? cause : undefined,
  });
}

/**
 * What lives in the instance, and is made anew in the one after it.
 *
 * @template T
 * @param {() => T} make
 * @returns {() => T}
 */
export function perInstance(make) {
  /** @type {{ value: T, born: number } | undefined} */
  let made;
  return () => {
    if (made?.born !== current()) made = { value: inCore(make), born: current() };
    return made.value;
  };
}

/**
 * The outcome of what the core does step by step.
 *
 * @param {(number: number) => import('./dist/video_task_query.js').Run} start
 * @returns {Promise<any>}
 */
export function outcomeOf(start) {
  return new Promise((resolve, reject) => {
    /** @param {number} number */
    const started = (number) => {
      const run = inCore(() => start(number));
      return () => {
        try {
          const [isGood, value] = inCore(() => run.step()) ?? [];
          if (isGood === undefined) return;
          finish(number);
          inCore(() => run.free());
          if (isGood) resolve(value);
          else reject(value);
        } catch (error) {
          finish(number);
          reject(error);
        }
      };
    };
    begin(started, reject);
  });
}
