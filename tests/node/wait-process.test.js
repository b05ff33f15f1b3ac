// @ts-check
/** A process ends by itself after its waits have ended, whatever ended them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runModule } from './child.js';
import { said, scripted } from './script.js';

describe('a process', { concurrency: true }, () => {
  for (const [name, source, expected] of /** @type {const} */ ([
    [
      'a wait was aborted as it began, whose options are forgotten',
      `let apiKey = () => 'key-1';
      const known = new WeakRef(apiKey);
      const client = createClient(base), controller = new AbortController();
      const waits = ['a', 'b'].map((id) => client.waitForTask(id, { apiKey, signal: controller.signal }).catch(() => {}));
      waits.push(client.watchTasks([], { apiKey }).next());
      controller.abort();
      await Promise.all(waits);
      apiKey = null;
      for (let turn = 0; turn < 5; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        gc();
      }
      console.log(known.deref());
      await client.waitForTask('a', { deadlineMs: 1 }).catch(() => {})`,
      'undefined\n',
    ],
    [
      'one wait was aborted and one ended, whose options are forgotten too',
      `const client = createClient({ endpoint: 'unified' });
      async function known(status) {
        const apiKey = () => 'key-1', controller = new AbortController();
        const fetch = async () => Response.json({ id: 'a', status });
        const onUpdate = () => status === 'processing' && controller.abort();
        await client.waitForTask('a', { apiKey, fetch, onUpdate, signal: controller.signal }).catch(() => {});
        return new WeakRef(apiKey);
      }
      const keys = [await known('processing'), await known('completed')];
      for (let turn = 0; turn < 5; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        gc();
      }
      console.log(keys.map((key) => key.deref()));
      await client.waitForTask('a', { deadlineMs: 1 }).catch(() => {})`,
      '[ undefined, undefined ]\n',
    ],
    [
      'a wait was aborted in its sleep',
      `await waitForTask('a', { ...base, signal: AbortSignal.timeout(200) }).catch(({ name }) => console.log(name))`,
      'TimeoutError\n',
    ],
    [
      'a watch was aborted while a task waited for its turn',
      `const refused = { status: 429, headers: { 'retry-after-ms': '60000' } };
      const fetch = async () => Response.json({ error: { message: 'slow down' } }, refused);
      const options = { fetch, concurrency: 2, requestsPerSecond: 1000, signal: AbortSignal.timeout(500) };
      await watchTasks(['a', 'b', 'c'], options).next().catch(({ name }) => console.log(name))`,
      'TimeoutError\n',
    ],
    [
      'a wait ran into its deadline',
      `await waitForTask('a', { ...base, deadlineMs: 200 }).catch(({ code }) => console.log(code))`,
      'timeout\n',
    ],
    [
      'a wait was refused for its signal, which throws',
      `const signal = { aborted: false, addEventListener() { throw 'mine'; } };
      await waitForTask('a', { ...base, signal }).catch(({ code, cause }) => console.log(code, cause))`,
      'invalid_argument mine\n',
    ],
    [
      'a loop was left',
      `for await (const task of watchTask('a', base)) { console.log(task.status); break; }`,
      'processing\n',
    ],
    [
      'a loop over many was left',
      `for await (const { id } of watchTasks(['a', 'b'], base)) { console.log(id.length); break; }`,
      '1\n',
    ],
  ])) {
    test(`ends by itself after ${name}`, async (t) => {
      const service = await scripted(t, [said('processing')]);
      const start = `const { createClient, waitForTask, watchTask, watchTasks } = await import(process.env.PACKAGE);
        const base = { baseUrl: process.env.SERVICE };`;
      const ended = await runModule(`${start}\n${source}`, { args: ['--expose-gc'], env: { SERVICE: service.url } });
      assert.deepEqual(ended, { endedByItself: true, code: 0, stdout: expected, stderr: '' });
    });
  }
});
