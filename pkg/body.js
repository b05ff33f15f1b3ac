// @ts-check
import { TaskQueryError, wrong } from './errors.js';

/**
 * What callers have of a body, as bytes: the core reads bytes, and a copy of them becomes `raw`.
 *
 * @param {unknown} body
 * @returns {Uint8Array}
 */
export function bytesOf(body) {
  try {
    return readable(body);
  } catch (cause) {
    if (cause instanceof TaskQueryError) throw cause;
    throw wrong('The body cannot be read: its memory is detached, or reading it throws.', cause);
  }
}

/** @param {unknown} body */
function readable(body) {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  // By its tag, since buffers of another realm are no instances of this one's class.
  if (/^\[object (?:Shared)?ArrayBuffer]$/.test(Object.prototype.toString.call(body))) {
    return new Uint8Array(/** @type {ArrayBuffer} */ (body)).slice();
  }
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice();
  if (typeof body === 'object' && body !== null) return new TextEncoder().encode(textOf(body));
  throw wrong(`The body must be a string, bytes or an object, not ${body === null ? 'null' : typeof body}.`);
}

/** @param {object} body */
function textOf(body) {
  if (body instanceof Promise) throw wrong('The body is a promise: await it first.');
  // A Response, a Request or a Blob.
  if (typeof (/** @type {any} */ (body).text) === 'function')
    throw wrong('The body has not been read yet: pass `await body.text()`.');
  try {
    const text = JSON.stringify(body);
    if (text !== undefined) return text;
  } catch (cause) {
    throw wrong(
      'The body cannot be written as JSON: it refers to itself, holds a BigInt, or throws where it is read.',
      cause,
    );
  }
  throw wrong('The body cannot be written as JSON.');
}
