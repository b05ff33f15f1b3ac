// @ts-check

/** From so many bytes on a chunk stays a piece of its own. */
const LARGE = 16 * 1024;

/**
 * What has come of a body. Small chunks are put together, since a service may send each byte by itself, and as many
 * pieces of their own would be too much for the memory.
 */
export class Gathered {
  /** How many bytes have come. */
  length = 0;
  /** @type {Uint8Array[]} */
  #pieces = [];
  /** @type {Uint8Array} The small chunks that came last, with room for more behind them. */
  #small = new Uint8Array(0);
  #filled = 0;

  /** What came next. @param {Uint8Array} chunk */
  add(chunk) {
    this.length += chunk.length;
    const filled = this.#filled + chunk.length;
    if (chunk.length >= LARGE || filled > LARGE) this.#close();
    if (this.#filled === 0) {
      this.#small = chunk;
      this.#filled = chunk.length;
      return;
    }
    if (filled > this.#small.length) {
      const roomy = new Uint8Array(Math.min(filled * 2, LARGE));
      roomy.set(this.#alone());
      this.#small = roomy;
    }
    this.#small.set(chunk, this.#filled);
    this.#filled = filled;
  }

  /** All of it, in pieces of which none is empty. */
  pieces() {
    this.#close();
    return this.#pieces;
  }

  /** Makes a piece of what came last. */
  #close() {
    if (this.#filled > 0) this.#pieces.push(this.#alone());
    this.#filled = 0;
  }

  /**
   * What came last, alone: with more behind it, or as a part of the connection's buffer, it would keep all of that for as
   * long as the task is kept.
   */
  #alone() {
    const isAlone = this.#small.buffer.byteLength === this.#filled;
    return isAlone ? this.#small : this.#small.slice(0, this.#filled);
  }
}
