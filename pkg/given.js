// @ts-check
/** What callers give, options, signals and ids, as it is at the moment of the call. */
import { noSignal, wrong } from './errors.js';

/**
 * What was read at once, or what it threw, for whoever asks for it later.
 *
 * @template T
 * @param {() => T} read
 * @returns {() => T}
 */
export function taken(read) {
  try {
    const value = read();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Names as the core takes them, behind its own. @param {readonly string[]} names */
export function listed(names) {
  return names.map((name) => `, ${name}`).join('');
}

/** @param {unknown} ids @returns {string[]} */
export function idsOf(ids) {
  if (typeof ids === 'string' || typeof (/** @type {any} */ (ids)?.[Symbol.iterator]) !== 'function') {
    throw wrong('ids must be a list of ids, such as an array or a Set.');
  }
  return [.../** @type {Iterable<string>} */ (ids)];
}

/**
 * Defaults without those that a function does not have.
 *
 * @template {object | undefined} T
 * @param {T} defaults
 * @param {readonly string[]} names
 * @returns {T}
 */
export function without(defaults, names) {
  if (typeof defaults !== 'object' || defaults === null) return defaults;
  return /** @type {T} */ (Object.fromEntries(Object.entries(defaults).filter(([name]) => !names.includes(name))));
}

/**
 * Options as they are now. Their own members alone, since others may have added to `Object.prototype`, and each read once.
 *
 * @template {object | undefined} T
 * @param {T} options
 * @returns {T}
 */
export function plain(options) {
  if (typeof options !== 'object' || options === null) return options;
  const copy = Object.create(null);
  let inherited;
  try {
    Object.assign(copy, options);
    inherited = inheritedBy(options);
  } catch (cause) {
    throw wrong('The options cannot be read: reading them throws.', cause);
  }
  if (inherited) {
    throw wrong(
      `The options must be a plain object: '${inherited}' stands in its class or prototype, which is not read.`,
    );
  }
  if ('headers' in copy) copy.headers = pairsOf(copy.headers);
  return copy;
}

/**
 * What an object has of a class or prototype of its own, and could be meant as an option. That of all objects has no
 * prototype itself.
 *
 * @param {object} options
 */
function inheritedBy(options) {
  let here = Object.getPrototypeOf(options);
  for (let next; here && (next = Object.getPrototypeOf(here)); here = next) {
    const members = Object.entries(Object.getOwnPropertyDescriptors(here));
    // Other functions are methods, its constructor among them.
    const meant = members.find(
      ([name, { value }]) => typeof value !== 'function' || /^(apiKey|fetch|on[A-Z])/.test(name),
    );
    if (meant) return meant[0];
  }
  return undefined;
}

/** Headers as they are now, whatever kind of object they are; what is none goes to the core, which says so. @param {any} headers */
function pairsOf(headers) {
  if (typeof headers !== 'object' || headers === null) return headers;
  try {
    return Array.from(Symbol.iterator in headers ? headers : Object.entries(headers), ([name, value]) => [name, value]);
  } catch (cause) {
    throw wrong('headers must be an object of names and values, and reading it throws.', cause);
  }
}

/**
 * Options over defaults; what is no object goes to the core as it is, which says what is wrong with it.
 *
 * @template {object} T
 * @param {T | undefined} defaults
 * @param {T | undefined} options
 * @returns {T | undefined}
 */
export function merged(defaults, options) {
  options = plain(options);
  if (defaults === undefined || defaults === null) return options;
  if (options === undefined || options === null) return defaults;
  if (typeof defaults !== 'object' || typeof options !== 'object')
    return typeof options === 'object' ? defaults : options;
  const given = Object.entries(options).filter(([, value]) => value !== undefined && value !== null);
  return Object.assign(Object.create(null), defaults, Object.fromEntries(given));
}

/** @param {any} signal @returns {AbortSignal | undefined} */
export function checkedSignal(signal) {
  if (signal === undefined || signal === null) return undefined;
  try {
    if (typeof signal.aborted === 'boolean' && typeof signal.addEventListener === 'function') return signal;
  } catch {
    // One that throws where it is read is none.
  }
  throw noSignal();
}
