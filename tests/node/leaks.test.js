// @ts-check
/** What the WebAssembly holds of JavaScript's values stands in a table, which must not grow with the number of calls. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runModule } from './child.js';
import { body } from './script.js';

/** @type {WebAssembly.Table[]} Of every instance that is made. */
const tables = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = /** @type {any} */ (
  new Proxy(Instance, {
    construct(target, args) {
      const instance = Reflect.construct(target, args);
      tables.push(...Object.values(instance.exports).filter((value) => value instanceof WebAssembly.Table));
      return instance;
    },
  })
);
const { createClient, parseTask } = await import('./packed.js');

/** How many slots there are once so many calls of each kind have been made. @param {() => unknown} call @param {number} count */
async function slotsAfter(call, count) {
  for (let at = 0; at < count; at += 1) await call();
  return tables.map(({ length }) => length);
}

const answers = {
  'a task that goes on': () => Response.json(body('processing')),
  'a task that failed': () => Response.json(body('failed', { error: 'x' })),
  'a refusal': () => Response.json({ error: { message: 'invalid api key' } }, { status: 401 }),
  'no JSON': () => new Response('<html>'),
  'no answer': () => Promise.reject(new TypeError('fetch failed', { cause: 'reset' })),
};

for (const [what, fetch] of Object.entries(answers)) {
  test(`queries that bring ${what} take no slots for ever`, async () => {
    const client = createClient({
      fetch: /** @type {any} */ (async () => fetch()),
      baseUrl: 'http://127.0.0.1',
      endpoint: 'unified',
      maxRetries: 0,
    });
    const call = () => client.queryTask('sora-2:task_1').catch(() => {});
    const before = await slotsAfter(call, 50);
    assert(before.length > 0);
    // Slots come by the hundred at least.
    assert.deepEqual(await slotsAfter(call, 1500), before);
  });
}

test('a query that is over is forgotten, with what it was given and what it brought', async () => {
  const source = `
    const { queryTask } = await import(process.env.PACKAGE);
    const known = [];
    async function ask(body) {
      const { signal } = new AbortController();
      const fetch = async () => new Response(body);
      const outcome = await queryTask('a', { signal, fetch, maxRetries: 0 }).catch((error) => error);
      known.push(...[signal, fetch, outcome].map((value) => new WeakRef(value)));
    }
    await ask('{"id":"a","status":"queued"}');
    await ask('<html>');
    for (let turn = 0; turn < 10; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      gc();
    }
    console.log(known.map((value) => value.deref() === undefined).join());`;
  const { stdout, stderr } = await runModule(source, { args: ['--expose-gc'] });
  assert.equal(stdout, 'true,true,true,true,true,true\n', stderr);
});

test('bodies that are read take no slots for ever', async () => {
  const before = await slotsAfter(() => parseTask(body('processing')), 50);
  assert.deepEqual(await slotsAfter(() => parseTask(body('processing'), { id: 'a' }), 1500), before);
});

test('what is known of services does not grow with their number', async () => {
  const source = `
    let memory;
    const { Instance } = WebAssembly;
    WebAssembly.Instance = new Proxy(Instance, {
      construct(target, args) {
        const instance = Reflect.construct(target, args);
        memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
        return instance;
      },
    });
    const { queryTask, waitForTask } = await import(process.env.PACKAGE);
    const fetch = async () => new Response('{"id":"a","status":"completed","video_url":"https://cdn.example/a.mp4"}');
    async function heldAfter(services, ask) {
      for (let at = 0; at < 4000; at += 1) await ask('a', { baseUrl: services + at + '.example', fetch });
      for (let turn = 0; turn < 10; turn += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        gc();
      }
      return process.memoryUsage().heapUsed + memory.buffer.byteLength;
    }
    const grown = [];
    for (const ask of [queryTask, waitForTask]) {
      const before = await heldAfter('https://one-', ask);
      grown.push(await heldAfter('https://two-', ask) - before);
    }
    console.log(JSON.stringify(grown));`;
  const { stdout, stderr } = await runModule(source, { args: ['--expose-gc'] });
  const [byQueries, byWaits] = JSON.parse(stdout || stderr);
  // One by one they would hold 60 bytes and 1.4 KB each.
  assert(byQueries < 100_000 && byWaits < 1_000_000, stdout);
});
