// @ts-check
/** The fault relay in a process of its own, so that what is measured of the client is the client's. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { faultRelay } from './server.js';

const SERVE = '--serve-faults';

/**
 * @typedef {{ seed: number, share: number }} Settings
 * @typedef {{ counts: { questions: number, withoutKey: number, elsewhere: number }, story: [string, string[]][], sockets: number }} Told
 */

/** @param {Settings} settings */
export async function startRelay(settings) {
  const child = fork(fileURLToPath(import.meta.url), [SERVE, JSON.stringify(settings)]);
  const [{ url }] = await once(child, 'message');
  return {
    /** @type {string} */
    url,
    /** What it was asked, and what went wrong; `story` only where wanted. @param {'story' | 'counts'} what @returns {Promise<Told>} */
    async tell(what) {
      child.send(what);
      const [told] = await once(child, 'message');
      return told;
    },
    stop: () => child.disconnect(),
  };
}

const [, , mode, settings] = process.argv;
if (mode === SERVE && process.send) {
  const relay = await faultRelay(JSON.parse(String(settings)));
  process.on('message', (what) => {
    const story = what === 'story' ? [...relay.story] : [];
    process.send?.({ counts: relay.counts, story, sockets: relay.sockets.size });
  });
  process.on('disconnect', () => process.exit());
  process.send({ url: relay.url });
}
