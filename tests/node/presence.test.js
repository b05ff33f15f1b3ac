// @ts-check
/** When a page asks that has no network, or that nobody sees: to the millisecond, in what Node lacks of a page. */
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, test } from 'node:test';
import { waitForTask } from './packed.js';
import { playClock, playFetch } from './played-clock.js';
import { completed, ID, said } from './script.js';

/** Gives the process what a page has, until the test is over. @param {import('node:test').TestContext} t */
function playPage(t) {
  const [window, document] = [new EventTarget(), new EventTarget()];
  const state = { onLine: true, visibilityState: 'visible' };
  const parts = {
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
    navigator: Object.defineProperty({}, 'onLine', { get: () => state.onLine }),
    document: Object.defineProperty(document, 'visibilityState', { get: () => state.visibilityState }),
  };
  for (const [name, value] of Object.entries(parts)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    t.after(() => {
      if (before) Object.defineProperty(globalThis, name, before);
      else Reflect.deleteProperty(globalThis, name);
    });
  }
  return {
    /** @param {boolean} onLine */
    connect(onLine) {
      state.onLine = onLine;
      window.dispatchEvent(new Event(onLine ? 'online' : 'offline'));
    },
    /** @param {'hidden' | 'visible'} visibilityState */
    show(visibilityState) {
      state.visibilityState = visibilityState;
      document.dispatchEvent(new Event('visibilitychange'));
    },
    listeners: () =>
      [...getEventListeners(window, 'online'), ...getEventListeners(document, 'visibilitychange')].length,
  };
}

/** @param {import('node:test').TestContext} t @param {number} intervalMs */
async function waiting(t, intervalMs) {
  const { pass } = playClock(t);
  const page = playPage(t);
  const { asked, fetch } = playFetch([said('processing'), said('processing'), completed]);
  const wait = waitForTask(ID, { fetch, baseUrl: 'https://relay.example', endpoint: 'unified', intervalMs });
  await pass(0);
  assert.equal(asked.length, 1);
  return { page, asked, pass, wait };
}

describe('a page that waits with long pauses', () => {
  test('asks as soon as the network is back, and then in its time', async (t) => {
    const { page, asked, pass, wait } = await waiting(t, 600_000);
    page.connect(false);
    await pass(5000);
    assert.equal(asked.length, 1);
    page.connect(true);
    await pass(0);
    assert.equal(asked.length, 2);
    await pass(599_999);
    assert.equal(asked.length, 2);
    await pass(1);
    assert.equal((await wait).status, 'completed');
    assert.equal(page.listeners(), 0);
  });

  test('asks nothing when the network is back while nobody sees it, and as soon as somebody does', async (t) => {
    const { page, asked, pass, wait } = await waiting(t, 600_000);
    page.connect(false);
    page.show('hidden');
    await pass(5000);
    page.connect(true);
    await pass(5000);
    assert.equal(asked.length, 1);
    page.show('visible');
    await pass(0);
    assert.equal(asked.length, 2);
    await pass(600_000);
    assert.equal((await wait).status, 'completed');
    assert.equal(page.listeners(), 0);
  });
});

describe('a page that nobody sees', () => {
  for (const [name, intervalMs, pause] of /** @type {[string, number, number][]} */ ([
    ['asks once a minute where it would ask more often', 5000, 60_000],
    ['asks no more often than it would otherwise', 90_000, 90_000],
  ])) {
    test(name, async (t) => {
      const { page, asked, pass, wait } = await waiting(t, intervalMs);
      page.show('hidden');
      // The pause that was under way had begun before.
      await pass(intervalMs);
      assert.equal(asked.length, 2);
      await pass(pause - 1);
      assert.equal(asked.length, 2);
      await pass(1);
      assert.equal((await wait).status, 'completed');
      assert.equal(page.listeners(), 0);
    });
  }
});
