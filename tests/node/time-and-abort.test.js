// @ts-check
import assert from 'node:assert/strict';
import { getEventListeners, once } from 'node:events';
import { describe, test } from 'node:test';
import { runModule } from './child.js';
import { failureOf, NOTHING_MORE, reasonOf, told } from './failure.js';
import { queryTask } from './packed.js';
import { json, serve, silent, stalled, taskBody } from './service.js';

const ID = 'sora-2:task_1';
const TIMED_OUT = { ...NOTHING_MORE, code: 'timeout', retryable: true, attempts: 1 };

/**
 * A service that answers in one of these ways, and what happens to its connections.
 *
 * @param {import('node:test').TestContext} t
 * @param {import('./service.js').Answer} answer
 */
async function watched(t, answer) {
  /** @type {() => void} */
  let haveAsked = () => {};
  /** @type {(closed: Promise<unknown>) => void} */
  let haveConnection = () => {};
  const asked = new Promise((resolve) => (haveAsked = () => resolve(undefined)));
  const closed = new Promise((resolve) => (haveConnection = resolve));
  const service = await serve(t, (request, res) => {
    haveConnection(once(res, 'close'));
    // What was written must have arrived before the caller goes on.
    setTimeout(haveAsked, 50);
    return answer(request, res);
  });
  return { ...service, asked, closed };
}

/** @param {AbortSignal} signal */
const listeners = (signal) => getEventListeners(signal, 'abort').length;

describe('timeoutMs', { concurrency: true }, () => {
  for (const [moment, answer] of /** @type {const} */ ([
    ['before the headers', silent],
    ['in the middle of the body', stalled],
  ])) {
    test(`${moment} ends the query and the connection, and is not repeated`, async (t) => {
      const service = await watched(t, answer);
      const error = await failureOf(queryTask(ID, { baseUrl: service.url, timeoutMs: 1000 }));
      assert.deepEqual(told(error), TIMED_OUT);
      assert.match(error.message, /timeoutMs, 1000 ms/);
      await service.closed;
      assert.equal(service.requests.length, 1);
    });
  }

  test('holds for each request, not for all of them and the pauses between', async (t) => {
    let count = 0;
    const service = await serve(t, () => (count++ < 2 ? json({}, 500, { 'retry-after-ms': '1000' }) : taskBody()));
    assert.equal((await queryTask(ID, { baseUrl: service.url, timeoutMs: 1500 })).status, 'queued');
    assert.equal(service.requests.length, 3);
  });

  test('counts the time in which a function looks for the key; nothing is asked afterwards', async (t) => {
    const service = await serve(t, () => taskBody());
    const { promise, resolve } = deferred();
    const error = await failureOf(queryTask(ID, { baseUrl: service.url, timeoutMs: 50, apiKey: () => promise }));
    assert.deepEqual(told(error), { ...TIMED_OUT, attempts: 0 });
    resolve('key-too-late');
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(service.requests.length, 0);
  });

  test('holds for a fetch that neither answers nor heeds its signal', async () => {
    const error = await failureOf(queryTask(ID, { timeoutMs: 50, fetch: () => new Promise(() => {}) }));
    assert.deepEqual(told(error), TIMED_OUT);
  });

  test('may be Infinity or longer than timers can count', async (t) => {
    const service = await serve(t, () => taskBody());
    for (const timeoutMs of [Infinity, 1e12]) {
      assert.equal((await queryTask(ID, { baseUrl: service.url, timeoutMs })).status, 'queued');
    }
  });
});

describe('an abort rejects with the signal’s own reason', { concurrency: true }, () => {
  const error = new Error('The user left.');
  const object = { left: true };
  for (const reason of [error, 'text', object, null, 0, '']) {
    test(`whatever it is: ${typeof reason} ${JSON.stringify(reason)}`, async (t) => {
      const service = await watched(t, silent);
      const controller = new AbortController();
      const query = queryTask(ID, { baseUrl: service.url, signal: controller.signal });
      await service.asked;
      controller.abort(reason);
      assert.equal(await reasonOf(query), reason);
      await service.closed;
    });
  }

  test('of its own making when none was given', async (t) => {
    const service = await watched(t, silent);
    const controller = new AbortController();
    const query = queryTask(ID, { baseUrl: service.url, signal: controller.signal });
    await service.asked;
    controller.abort();
    const reason = await reasonOf(query);
    assert.equal(reason, controller.signal.reason);
    assert.equal(reason.name, 'AbortError');
  });

  test('of the same kind where the signal has none, whenever it aborts', async () => {
    for (const isEarly of [true, false]) {
      // As browsers have it from before signals had reasons.
      const signal = Object.assign(new EventTarget(), { aborted: false });
      const abort = () => {
        signal.aborted = true;
        signal.dispatchEvent(new Event('abort'));
      };
      if (isEarly) abort();
      const fetch = () => new Promise(() => abort());
      const reason = await reasonOf(queryTask(ID, { fetch, signal: /** @type {any} */ (signal) }));
      assert(reason instanceof DOMException);
      assert.deepEqual([reason.name, reason.message, reason.code], ['AbortError', 'This operation was aborted', 20]);
    }
  });

  test('of AbortSignal.timeout', async (t) => {
    const service = await watched(t, silent);
    const signal = AbortSignal.timeout(1000);
    const reason = await reasonOf(queryTask(ID, { baseUrl: service.url, signal }));
    assert.equal(reason, signal.reason);
    assert.equal(reason.name, 'TimeoutError');
    await service.closed;
  });
});

describe('an abort', { concurrency: true }, () => {
  test('before the start: nothing is asked, not even for the key', async (t) => {
    const service = await serve(t, () => taskBody());
    let calls = 0;
    const apiKey = () => `key-${calls++}`;
    const signal = AbortSignal.abort('too late');
    assert.equal(await reasonOf(queryTask(ID, { apiKey, baseUrl: service.url, signal })), 'too late');
    assert.deepEqual([service.requests.length, calls], [0, 0]);
  });

  test('in the middle of a body closes the connection', async (t) => {
    const service = await watched(t, stalled);
    const controller = new AbortController();
    const query = queryTask(ID, { baseUrl: service.url, signal: controller.signal });
    await service.asked;
    controller.abort('enough');
    assert.equal(await reasonOf(query), 'enough');
    await service.closed;
  });

  // Node lets go of a request's signal with the request, which nobody needs once it is on its way.
  for (const [name, source, expected] of /** @type {const} */ ([
    [
      'an abort',
      `const controller = new AbortController();
      setTimeout(() => { gc(); controller.abort('enough'); }, 300);
      queryTask('${ID}', { ...base, signal: controller.signal }).catch((reason) => console.log(reason));`,
      'enough\n',
    ],
    [
      'timeoutMs',
      `setTimeout(() => gc(), 300);
      queryTask('${ID}', { ...base, timeoutMs: 600 }).catch(({ code }) => console.log(code));`,
      'timeout\n',
    ],
  ])) {
    for (const [when, answer] of /** @type {const} */ ([
      ['before any answer', () => {}],
      ['in the middle of a body', stalled],
    ])) {
      test(`${when}, by ${name}, closes the connection though memory was cleared before`, async (t) => {
        const service = await watched(t, answer);
        const start = `const { queryTask } = await import(process.env.PACKAGE);
        const base = { baseUrl: process.env.SERVICE, maxRetries: 0 };`;
        const run = runModule(`${start}\n${source}`, { args: ['--expose-gc'], env: { SERVICE: service.url } });
        assert.deepEqual(await run, { endedByItself: true, code: 0, stdout: expected, stderr: '' });
      });
    }
  }

  test('in the pause before another attempt ends it; nothing more is asked', async (t) => {
    const service = await watched(t, () => json({}, 503, { 'retry-after': '30' }));
    const controller = new AbortController();
    const query = queryTask(ID, { baseUrl: service.url, signal: controller.signal });
    await service.asked;
    assert.equal(listeners(controller.signal), 1);
    controller.abort('enough');
    assert.equal(await reasonOf(query), 'enough');
    assert.deepEqual([service.requests.length, listeners(controller.signal)], [1, 0]);
  });

  test('while a function looks for the key ends the wait for it; nothing is asked', async (t) => {
    const service = await serve(t, () => taskBody());
    const controller = new AbortController();
    const { promise, resolve } = deferred();
    const query = queryTask(ID, { baseUrl: service.url, signal: controller.signal, apiKey: () => promise });
    setTimeout(() => controller.abort('enough'), 20);
    assert.equal(await reasonOf(query), 'enough');
    resolve('key-too-late');
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(service.requests.length, 0);
  });

  test('from within the function that gives the key, or within fetch, is heard', async () => {
    const controller = new AbortController();
    const abort = () => {
      controller.abort('from within');
      return 'key-1';
    };
    const fetch = () => assert.fail('It was asked.');
    assert.equal(await reasonOf(queryTask(ID, { signal: controller.signal, apiKey: abort, fetch })), 'from within');

    const second = new AbortController();
    const aborting = async () => {
      second.abort('from within fetch');
      return Response.json({ id: ID });
    };
    assert.equal(await reasonOf(queryTask(ID, { signal: second.signal, fetch: aborting })), 'from within fetch');

    // What fetch rejects with afterwards concerns nobody; unhandled, it would end the process.
    const third = new AbortController();
    const rejecting = () => {
      third.abort('before it rejects');
      return Promise.reject(new Error('aborted'));
    };
    assert.equal(await reasonOf(queryTask(ID, { signal: third.signal, fetch: rejecting })), 'before it rejects');
    await new Promise((resolve) => setTimeout(resolve, 10));
  });

  test('after the end changes nothing', async (t) => {
    const service = await serve(t, () => taskBody());
    const controller = new AbortController();
    const task = await queryTask(ID, { baseUrl: service.url, signal: controller.signal });
    controller.abort('too late');
    assert.equal(task.status, 'queued');
  });

  test('of one query leaves the others alone', async (t) => {
    const service = await watched(t, (_, res) => void setTimeout(() => res.end(taskBody().body), 300));
    const controller = new AbortController();
    const aborted = queryTask(ID, { baseUrl: service.url, signal: controller.signal });
    const other = queryTask(ID, { baseUrl: service.url });
    await service.asked;
    controller.abort('enough');
    assert.equal(await reasonOf(aborted), 'enough');
    assert.equal((await other).status, 'queued');
  });
});

describe('a signal', { concurrency: true }, () => {
  test('has no listener left, however the query ended', async (t) => {
    const { signal } = new AbortController();
    /** @type {import('./service.js').Answer[]} */
    const answers = [
      () => taskBody(),
      () => json({}, 404),
      () => json({}, 500, { 'retry-after-ms': '1' }),
      (_, res) => void res.destroy(),
      stalled,
    ];
    for (const answer of answers) {
      const service = await serve(t, answer);
      await queryTask(ID, { baseUrl: service.url, signal, timeoutMs: 150, maxRetries: 1 }).catch(() => {});
      assert.equal(listeners(signal), 0);
    }
    await failureOf(queryTask('', { signal }));
    await failureOf(queryTask(ID, { signal, fetch: () => Promise.reject(new Error('no')), maxRetries: 0 }));
    assert.equal(listeners(signal), 0);
  });

  test('has none left after an abort', async (t) => {
    const service = await watched(t, stalled);
    const controller = new AbortController();
    const query = queryTask(ID, { baseUrl: service.url, signal: controller.signal });
    await service.asked;
    assert.equal(listeners(controller.signal), 1);
    controller.abort();
    await reasonOf(query);
    assert.equal(listeners(controller.signal), 0);
  });

  test('may be shared by many queries at once, without a warning of a leak', async (t) => {
    const service = await serve(t, () => taskBody());
    const { signal } = new AbortController();
    /** @type {Error[]} */
    const warnings = [];
    const note = (/** @type {Error} */ warning) => warnings.push(warning);
    process.on('warning', note);
    await Promise.all(Array.from({ length: 20 }, () => queryTask(ID, { baseUrl: service.url, signal })));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', note);
    assert.equal(listeners(signal), 0);
    assert.deepEqual(
      warnings.map(({ name }) => name),
      [],
    );
  });
});

/** @returns {{ promise: Promise<string>, resolve: (key: string) => void }} */
function deferred() {
  /** @type {(key: string) => void} */
  let resolve = () => {};
  const promise = new Promise((/** @type {(key: string) => void} */ done) => (resolve = done));
  return { promise, resolve };
}
