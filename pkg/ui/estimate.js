// @ts-check

/** How long something will take that grows from 0 to 1, from how fast it grew while it was looked at. */
export class Estimate {
  /** @type {{ share: number, at: number } | null} */
  #first = null;
  /** @type {{ share: number, at: number } | null} */
  #last = null;

  /** @param {number} share 0 to 1 @param {number} at ms */
  see(share, at) {
    // Begun anew: what was before says nothing about it.
    if (this.#last && share < this.#last.share) this.#first = null;
    this.#first ??= { share, at };
    if (!this.#last || share !== this.#last.share) this.#last = { share, at };
  }

  /** @param {number} now ms @returns {number | null} ms, or null where nothing can be said */
  left(now) {
    if (!this.#first || !this.#last) return null;
    const grown = this.#last.share - this.#first.share;
    const took = this.#last.at - this.#first.at;
    if (grown <= 0 || took <= 0) return null;
    const left = ((1 - this.#last.share) / grown) * took - (now - this.#last.at);
    return left > 0 ? left : null;
  }
}
