// @ts-check
/** Which ids were asked for, since when and how often. Forgets the ones that were not asked for longest. */

/** @param {number} [maxIds] */
export function createRegister(maxIds = 100_000) {
  /** @type {Map<string, { bornAt: number, asked: number }>} insertion order is order of use */
  const lives = new Map();
  return {
    /**
     * The life of an id as it was before this question, which is counted.
     * @param {string} id @param {number} now
     */
    ask(id, now) {
      const life = lives.get(id) ?? { bornAt: now, asked: 0 };
      lives.delete(id);
      lives.set(id, { ...life, asked: life.asked + 1 });
      if (lives.size > maxIds) lives.delete(/** @type {string} */ (lives.keys().next().value));
      return life;
    },
  };
}
