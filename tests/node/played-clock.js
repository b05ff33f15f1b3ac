// @ts-check
/** A clock that the test moves, timers included: what is waited for is known to the millisecond, and nothing is measured. */
import { setImmediate as soon } from 'node:timers/promises';

/**
 * Until the test is over. For tests whose requests go to a `fetch` of their own: a connection has timers too.
 *
 * @param {import('node:test').TestContext} t
 * @param {number} [start] epoch ms
 */
export function playClock(t, start = 0) {
  let at = 0;
  const { performance } = globalThis;
  globalThis.performance = /** @type {any} */ ({ timeOrigin: start, now: () => at });
  t.after(() => void (globalThis.performance = performance));
  t.mock.method(Date, 'now', () => start + at);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  return {
    /** @param {number} ms */
    async pass(ms) {
      at += ms;
      t.mock.timers.tick(ms);
      // Whatever needs no timer has come after so many rounds.
      for (let round = 0; round < 50; round += 1) await soon();
    },
  };
}

/**
 * A `fetch` that gives one answer after the other, the last one for ever.
 *
 * @param {readonly (import('./service.js').Reply | ((id: string) => import('./service.js').Reply))[]} answers
 */
export function playFetch(answers) {
  /** @type {string[]} the ids that were asked for */
  const asked = [];
  const fetch = async (/** @type {string} */ url) => {
    const id = new URL(url).searchParams.get('id') ?? '';
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(id);
    const { status, headers, body } = (typeof answer === 'function' ? answer(id) : answer) ?? {};
    return new Response(/** @type {string} */ (body), { status, headers });
  };
  return { asked, fetch: /** @type {typeof globalThis.fetch} */ (fetch) };
}
