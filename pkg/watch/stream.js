// @ts-check
import { traced } from '../traced.js';

/**
 * What `for await` reads. A generator would not do: while it waits for the next value it can be neither left nor failed.
 *
 * @template T
 */
export class Stream {
  /** @type {T[]} Come, and not read yet. */
  #values = [];
  /** @type {{ resolve: (result: IteratorResult<T, undefined>) => void, reject: (reason: unknown) => void }[]} */
  #readers = [];
  #isOver = false;
  /** @type {{ reason: unknown } | null} */
  #failure = null;
  /** @type {((stream: Stream<T>) => () => void) | null} */
  #start;
  /** @type {() => void} */
  #stop = () => {};

  /** @param {(stream: Stream<T>) => () => void} start Called at the first reading; it gives what stops it. */
  constructor(start) {
    this.#start = start;
  }

  /** @param {T} value */
  push(value) {
    if (this.#isOver) return;
    const reader = this.#readers.shift();
    if (reader) reader.resolve({ value, done: false });
    else this.#values.push(value);
  }

  end() {
    this.#isOver = true;
    for (const reader of this.#readers.splice(0)) reader.resolve({ value: undefined, done: true });
  }

  /** @param {unknown} reason */
  fail(reason) {
    if (this.#isOver) return;
    const reader = this.#readers.shift();
    if (reader) reader.reject(reason);
    else this.#failure = { reason };
    this.end();
  }

  /** Fails without what has come and was not read. @param {unknown} reason */
  breakOff(reason) {
    this.#values = [];
    this.fail(reason);
  }

  /** @type {() => Promise<IteratorResult<T, undefined>>} */
  next = traced(() => this.#next());

  /** @returns {Promise<IteratorResult<T, undefined>>} */
  #next() {
    const start = this.#start;
    this.#start = null;
    if (start && !this.#isOver) this.#begin(start);
    const value = this.#values.shift();
    if (value !== undefined) return Promise.resolve({ value, done: false });
    const failure = this.#failure;
    this.#failure = null;
    if (failure) return Promise.reject(failure.reason);
    if (this.#isOver) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }));
  }

  /** @param {(stream: Stream<T>) => () => void} start */
  #begin(start) {
    try {
      this.#stop = start(this);
    } catch (reason) {
      this.fail(reason);
    }
  }

  /** @returns {Promise<IteratorResult<T, undefined>>} */
  return() {
    this.#values = [];
    this.#failure = null;
    this.end();
    this.#stop();
    return Promise.resolve({ value: undefined, done: true });
  }

  /** @param {unknown} reason @returns {Promise<IteratorResult<T, undefined>>} */
  async throw(reason) {
    await this.return();
    throw reason;
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}
