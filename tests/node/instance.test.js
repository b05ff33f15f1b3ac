// @ts-check
/** The WebAssembly may die: of memory that runs out, or of an exception that goes through it. The next call must not notice. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runModule } from './child.js';
import { failureOf, reasonOf } from './failure.js';
import { createClient, parseTask, queryTask } from './packed.js';
import { ID, completed, said, scripted } from './script.js';
import { serve, taskBody } from './service.js';

/** So little memory that a body of some MB is too much for it. */
const SMALL = ['--wasm-max-mem-pages=64'];
const START = `
  const { createClient, parseTask, queryTask } = await import(process.env.PACKAGE);
  const baseUrl = process.env.SERVICE;
  const large = JSON.stringify({ id: '${ID}', status: 'queued', prompt: 'x'.repeat(8_000_000) });
  const small = '{"id":"${ID}","status":"queued"}';
  const shown = (promise) => promise.then(({ status }) => status, ({ name, code, retryable }) => [name, code, retryable].join(' '));
`;

/** What a module prints in a Node with little memory for WebAssembly. @param {string} source @param {string} [url] */
async function printed(source, url = '') {
  const run = await runModule(`${START}\n${source}`, { args: SMALL, env: { SERVICE: url } });
  assert.deepEqual([run.endedByItself, run.code, run.stderr], [true, 0, ''], JSON.stringify(run));
  return run.stdout.trim().split('\n');
}

const DIED = 'TaskQueryError invalid_response true';

describe('memory that runs out', { concurrency: true }, () => {
  test('while a body is read alone is an error, and the next body is read', async () => {
    const lines = await printed(`
      for (const body of [small, large, small, large, large, small]) {
        try { console.log(parseTask(body).status) } catch ({ name, code, retryable }) { console.log(name, code, retryable) }
      }`);
    assert.deepEqual(lines, ['queued', DIED, 'queued', DIED, DIED, 'queued']);
  });

  /** Large answers for ids that say so. @param {import('node:test').TestContext} t @param {(look: number) => string} status */
  function relay(t, status) {
    const looks = new Map();
    let release = () => {};
    const released = new Promise((resolve) => (release = () => resolve(undefined)));
    return serve(t, async ({ query }) => {
      const id = String(query.get('id'));
      const look = (looks.get(id) ?? 0) + 1;
      looks.set(id, look);
      if (id === 'held') await released;
      if (id === 'release') release();
      const isLarge = id.includes('always') || (id.includes('once') && look === 1);
      const more = isLarge ? { prompt: 'x'.repeat(8_000_000) } : {};
      return { body: JSON.stringify({ id, status: status(look), video_url: 'https://cdn.example/v.mp4', ...more }) };
    });
  }

  test('while an answer is read is an error to all who wait, on every client, and each goes on', async (t) => {
    const { url } = await relay(t, () => 'queued');
    const lines = await printed(
      `
      const [one, other] = [createClient({ baseUrl }), createClient({ baseUrl })];
      console.log(await shown(one.queryTask('a')));
      const waiting = other.queryTask('held');
      console.log(await shown(one.queryTask('always')));
      console.log(await shown(waiting));
      console.log(await shown(one.queryTask('release')), await shown(other.queryTask('a')), parseTask(small).status);`,
      url,
    );
    assert.deepEqual(lines, ['queued', DIED, DIED, 'queued queued queued']);
  });

  test('is a missed poll to those who watch', async (t) => {
    const { url, requests } = await relay(t, (look) => (look < 3 ? 'processing' : 'completed'));
    const lines = await printed(
      `
      const client = createClient({ baseUrl, intervalMs: 5 });
      const ids = [...Array(20).keys()].map((at) => (at === 7 ? 'once' : 'task-' + at));
      const ends = new Map();
      for await (const { id, task, error } of client.watchTasks(ids)) ends.set(id, error?.code ?? task.status);
      console.log(ends.size, new Set(ends.values()));
      console.log(await shown(client.waitForTask('always')));`,
      url,
    );
    assert.deepEqual(lines, ["20 Set(1) { 'completed' }", DIED]);
    // Nothing of the old memory is read with the new, or it would be sent.
    const sent = requests.map(({ target }) => target.replace(/=(task-\d+|once|always)$/, '='));
    assert.deepEqual([...new Set(sent)], ['/v1/video/query?id=']);
  });

  test('often, leaves each instance as good as the first', async () => {
    const lines = await printed(`
      const body = JSON.stringify({ id: 'sora-2:1', status: 'completed', detail: { url: 'https://cdn.example/v.mp4' }, error: 'retried' });
      const looks = () => JSON.stringify([parseTask(body), parseTask(body).raw]);
      const first = looks();
      let [deaths, same] = [0, 0];
      for (let time = 0; time < 30; time++) {
        try { parseTask(large) } catch { deaths += 1 }
        if (looks() === first) same += 1;
      }
      console.log(deaths, same);`);
    assert.deepEqual(lines, ['30 30']);
  });

  test('half way through a body leaves all of the memory to the next instance', async () => {
    const lines = await printed(`
      const body = (length) => JSON.stringify({ id: '${ID}', status: 'queued', prompt: 'x'.repeat(length) });
      const read = (length) => { try { return parseTask(body(length)).status } catch ({ code }) { return code } };
      console.log([1_000_000, 1_500_000, 1_500_000, 1_500_000, 1_000_000].map(read).join(' '));`);
    assert.deepEqual(lines, ['queued invalid_response invalid_response invalid_response queued']);
  });

  test('is told to each by an error of its own, with what killed it as the cause', async () => {
    const lines = await printed(`
      const fetch = () => new Promise(() => {});
      const waiting = ['a', 'b'].map((id) => queryTask(id, { fetch }).catch((error) => error));
      await new Promise((resolve) => setTimeout(resolve, 20));
      try { parseTask(large) } catch (error) { waiting.push(error) }
      const errors = await Promise.all(waiting);
      console.log(new Set(errors).size, errors.map(({ cause }) => cause.name).join(' '));`);
    assert.deepEqual(lines, ['3 RuntimeError RuntimeError RuntimeError']);
  });

  test('does no harm to the next instance by what comes late for the dead one', async () => {
    const lines = await printed(`
      const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
      const held = () => {
        let go;
        const gate = new Promise((resolve) => (go = () => resolve(new Response(small))));
        return { go, outcome: shown(queryTask('a', { fetch: () => gate, maxRetries: 0 })) };
      };
      const dead = held();
      await pause();
      try { parseTask(large) } catch {}
      const alive = held();
      await pause();
      dead.go();
      console.log(await dead.outcome);
      await pause();
      alive.go();
      console.log(await alive.outcome);`);
    assert.deepEqual(lines, [DIED, 'queued']);
  });

  test('leaves no timer, no listener and no connection of the dead behind', async (t) => {
    const { url } = await relay(t, () => 'queued');
    const lines = await printed(
      `
      import { getEventListeners } from 'node:events';
      const { signal } = new AbortController();
      let aborted = 0;
      const fetch = (_, init) => new Promise(() => init.signal.addEventListener('abort', () => (aborted += 1)));
      const waiting = queryTask('a', { baseUrl, signal, fetch, timeoutMs: 3_600_000 });
      await new Promise((resolve) => setTimeout(resolve, 20));
      try { parseTask(large) } catch {}
      console.log(await shown(waiting), aborted, getEventListeners(signal, 'abort').length);
      console.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length);`,
      url,
    );
    assert.deepEqual(lines, [`${DIED} 1 0`, '0']);
  });
});

describe('what a fetch of the caller’s own throws through the core', () => {
  const twice = () => {
    let looks = 0;
    return Object.defineProperty({ headers: new Headers(), arrayBuffer: async () => new ArrayBuffer(0) }, 'status', {
      get() {
        if ((looks += 1) > 1) throw new Error('second look');
        return 200;
      },
    });
  };

  test('is an error to this query, and no harm to the next', async (t) => {
    const service = await serve(t, () => taskBody());
    const client = createClient({ baseUrl: service.url });
    assert.equal((await client.queryTask(ID)).status, 'queued');
    const error = await failureOf(client.queryTask(ID, { fetch: /** @type {any} */ (async () => twice()) }));
    assert.equal(error.code, 'invalid_response');
    // It may hold a key, and whoever else waits is told the same.
    assert.equal(error.message.includes('second look'), false);
    assert.equal(error.cause, undefined);
    assert.equal((await client.queryTask(ID)).status, 'queued');
    assert.equal(parseTask('{"id":"grok:1","status":"pending"}').status, 'queued');
  });

  test('is a missed poll to a wait', async (t) => {
    const service = await scripted(t, [said('processing'), said('processing'), completed]);
    let polls = 0;
    const fetch = /** @type {any} */ (
      async (/** @type {string} */ url, /** @type {RequestInit} */ init) =>
        (polls += 1) === 2 ? twice() : globalThis.fetch(url, init)
    );
    const client = createClient({ baseUrl: service.url, intervalMs: 5, fetch });
    assert.equal((await client.waitForTask(ID)).status, 'completed');
    assert.equal(polls, 4);
  });

  test('within a query that such a fetch makes is an error to both, and no harm to the next', async (t) => {
    const service = await serve(t, () => taskBody());
    const hostile = { fetch: /** @type {any} */ (() => twice()) };
    const inner = /** @type {any} */ (() => queryTask(ID, hostile));
    for (const fetch of [inner, () => parseTask(/** @type {any} */ (null))]) {
      const error = await failureOf(queryTask(ID, { baseUrl: service.url, fetch, maxRetries: 0 }));
      assert.match(error.code, /network|invalid_response/);
      assert.equal((await queryTask(ID, { baseUrl: service.url })).status, 'queued');
    }
  });

  test('is no unhandled rejection where the reason is none', async () => {
    const error = await reasonOf(queryTask(ID, { fetch: () => Promise.reject(), maxRetries: 0 }));
    assert.equal(error.code, 'network');
  });
});
