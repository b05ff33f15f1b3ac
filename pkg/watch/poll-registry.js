// @ts-check
import { noteAsked } from '../asked.js';
import { inCore, outcomeOf } from '../core.js';
import { SharedPoll } from './shared-poll.js';

/**
 * @typedef {import('../dist/video_task_query.js').Asker} Asker
 * @typedef {import('./limiter.js').Limiter} Limiter
 * @typedef {{ asker: () => Asker, options: Record<string, unknown>, polls: Map<string, SharedPoll> }} Group
 */

/** A server may wait at a base URL for each of its customers, without end. */
const MOST_LIMITERS = 64;

/** Where the watchers of one client meet: those of one id share its polls, and those of one origin its limiter. */
export class PollRegistry {
  /** @type {Set<Group>} One for each way of asking that is in use. */
  #groups = new Set();
  /** @type {Map<string, Limiter>} */
  #limiters = new Map();
  #makeLimiter;

  /** @param {() => Limiter} makeLimiter */
  constructor(makeLimiter) {
    this.#makeLimiter = makeLimiter;
  }

  /**
   * Where those meet who ask in the same way. It is known to others from its first poll to its last.
   *
   * @param {Record<string, unknown>} options
   * @param {() => Asker} asker
   * @returns {Group}
   */
  group(options, asker) {
    for (const group of this.#groups) if (askAlike(group.options, options)) return group;
    return { asker, options, polls: new Map() };
  }

  /**
   * @param {Group} group
   * @param {string} id
   */
  poll(group, id) {
    const { asker, polls } = group;
    const known = polls.get(id);
    if (known) return known;
    const poll = new SharedPoll(
      async (signal, body) => {
        const answer = await outcomeOf((number) => asker().queryTask(number, id, signal, body));
        noteAsked(answer.task, group.options);
        return answer;
      },
      this.#limiter(inCore(() => asker().origin())),
      () => {
        polls.delete(id);
        if (polls.size > 0) return;
        this.#groups.delete(group);
        // Else its functions would keep alive all that they know, and that may be who waits.
        inCore(() => asker().free());
      },
    );
    polls.set(id, poll);
    this.#groups.add(group);
    return poll;
  }

  /** @param {string} origin */
  #limiter(origin) {
    const limiter = this.#limiters.get(origin) ?? this.#makeLimiter();
    this.#limiters.delete(origin);
    // The ones that were used least lately give way.
    for (const [known, { isIdle }] of this.#limiters) {
      if (this.#limiters.size < MOST_LIMITERS) break;
      if (isIdle) this.#limiters.delete(known);
    }
    this.#limiters.set(origin, limiter);
    return limiter;
  }
}

/**
 * Whether two bags of options ask in the same way.
 *
 * @param {Record<string, any>} one
 * @param {Record<string, any>} other
 * @returns {boolean}
 */
function askAlike(one, other) {
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => one[name] === other[name] || areSameHeaders(one[name], other[name]));
}

/** Whether both are the same headers, which are pairs by now unless they cannot be read. @param {any} one @param {any} other */
function areSameHeaders(one, other) {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every(([name, value], at) => name === other[at][0] && value === other[at][1]);
}
