// @ts-check
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { reasonOf } from './failure.js';
import { queryTask, waitForTask } from './packed.js';
import { deserted, json, serve, taskBody } from './service.js';

const ID = 'sora-2:task_1';
const KEY = 'sk-Qm2xJ8PvLdTrii1OXZc3Ab3dEf9H';

/** Nothing that somebody could print of an error has the key in it, or much of it. @param {any} error */
function assertSafe(error) {
  const shown = {
    text: String(error),
    message: error.message,
    stack: error.stack,
    json: JSON.stringify(error),
    inspected: inspect(error, { depth: 5 }),
    whole: inspect(error, { depth: 5, showHidden: true, getters: true }),
  };
  for (const [where, text] of Object.entries(shown)) {
    // The first letters of a key are no secret: services show them too.
    assert(!text.includes(KEY.slice(0, 12)), `in ${where}: ${text}`);
  }
}

/** @param {import('node:test').TestContext} t @param {import('./service.js').Reply} reply @param {object} [options] */
async function refusedBy(t, reply, options) {
  const service = await serve(t, () => reply);
  return reasonOf(queryTask(ID, { apiKey: KEY, baseUrl: service.url, maxRetries: 0, ...options }));
}

/** @param {any} fetch */
const refusedByFetch = (fetch) => reasonOf(queryTask(ID, { apiKey: KEY, maxRetries: 0, fetch }));

describe('an error does not hold the key', { concurrency: true }, () => {
  test('that the service repeats in its words, code and request id', async (t) => {
    const body = { error: { message: `Incorrect API key: ${KEY}.`, code: `bad ${KEY}` }, request_id: `for ${KEY}` };
    const error = await refusedBy(t, json(body, 401));
    assertSafe(error);
    assert.equal(error.code, 'authentication');
    assert.match(error.serviceMessage, /^Incorrect API key: .+\.$/);
  });

  for (const header of ['x-request-id', 'x-oneapi-request-id', 'request-id', 'retry-after', 'www-authenticate']) {
    test(`that the service repeats in ${header}`, async (t) => {
      assertSafe(await refusedBy(t, json({ error: 'no' }, 401, { [header]: `Bearer ${KEY}` })));
    });
  }

  for (const scheme of ['Bearer', 'bearer', 'Key', 'Token', 'Basic']) {
    test(`that the service repeats without the ${scheme} before it`, async (t) => {
      const headers = { authorization: `${scheme} ${KEY}` };
      assertSafe(await refusedBy(t, json({ error: `Invalid key ${KEY}` }, 401), { headers }));
    });
  }

  test('that the service repeats as it stands in a URL', async (t) => {
    const key = 'c2VjcmV0+a2V5/MTIz==';
    const message = `GET https://relay.example/x?key=${encodeURIComponent(key)} refused`;
    const error = await refusedBy(t, json({ error: { message } }, 401), { apiKey: key });
    assert.equal(error.serviceMessage, 'GET https://relay.example/x?key=[key] refused');
  });

  test('that an earlier poll of the wait sent', async (t) => {
    const keys = [KEY, 'another-key-0123'];
    const refused = await serve(t, ({ headers }) =>
      headers.authorization === `Bearer ${KEY}` ? taskBody() : json({ error: { message: `revoked: ${KEY}` } }, 403),
    );
    const options = { apiKey: () => keys.shift() ?? '', baseUrl: refused.url, intervalMs: 1 };
    const error = await reasonOf(waitForTask(ID, options));
    assertSafe(error);
    assert.equal(error.serviceMessage, 'revoked: [key]');
  });

  test('that the service repeats many times', async (t) => {
    assertSafe(await refusedBy(t, json({ message: `${KEY}${KEY} ${KEY}` }, 400)));
  });

  test('that the service repeats in an envelope within a message', async (t) => {
    const inner = JSON.stringify({ error: { message: `Incorrect API key: ${KEY}` } });
    assertSafe(await refusedBy(t, json({ error: { message: `litellm.APIError: ${inner}` } }, 401)));
  });

  for (const length of [270, 285, 299, 470, 485, 499]) {
    test(`that stands where long words are cut, ${length} characters in`, async (t) => {
      const words = `${'x'.repeat(length)}${KEY} and more`;
      assertSafe(await refusedBy(t, json({ error: { message: words } }, 401)));
      assertSafe(await refusedBy(t, { status: 401, body: words }));
    });
  }

  test('that the service repeats in a text, a page, or what is no JSON', async (t) => {
    for (const status of [200, 401, 502]) {
      for (const body of [`bad key ${KEY}`, `<p>${KEY}</p>`, `{"key":"${KEY}"`, `{"key":"${KEY}"}`]) {
        assertSafe(await refusedBy(t, { status, body }));
      }
    }
  });

  test('that the service repeats in a task that failed, or that goes on when the time is over', async (t) => {
    const words = `Incorrect API key provided: ${KEY}`;
    const said = {
      id: `${ID} ${KEY}`,
      model: KEY,
      status_update_time: 1_759_763_631,
      prompt: words,
      enhanced_prompt: words,
      error: { code: KEY, message: words },
    };
    for (const status of ['failed', 'processing', KEY]) {
      const service = await serve(t, () => json({ ...said, status }));
      const options = {
        apiKey: KEY,
        baseUrl: service.url,
        endpoint: 'unified',
        deadlineMs: status === 'failed' ? 60_000 : 1500,
      };
      const error = await reasonOf(waitForTask(ID, options));
      assert.equal(error.code, status === 'failed' ? 'task_failed' : 'timeout');
      assert.equal(error.task.id, ID);
      // `raw` is the answer as it came, and nothing prints it unasked.
      for (const text of [
        String(error),
        error.stack,
        JSON.stringify(error),
        inspect(error, { depth: 5 }),
        JSON.stringify(error.task),
      ]) {
        assert(!text.includes(KEY.slice(0, 12)), text);
      }
    }
  });

  test('when nobody answers, time runs out, or the answer is too large', async (t) => {
    assertSafe(await reasonOf(queryTask(ID, { apiKey: KEY, baseUrl: await deserted(), maxRetries: 0 })));
    const silent = await serve(t, () => {});
    assertSafe(await reasonOf(queryTask(ID, { apiKey: KEY, baseUrl: silent.url, timeoutMs: 50 })));
    assertSafe(await refusedBy(t, json({ id: ID, key: KEY }), { maxBodyBytes: 10 }));
  });

  test('that a function gave, be it the one before the last', async (t) => {
    const service = await serve(t, ({ headers }) =>
      json({ error: `No: ${KEY}-1 ${KEY}-2 ${headers.authorization}` }, 401),
    );
    let count = 0;
    const apiKey = () => `${KEY}-${++count}`;
    assertSafe(await reasonOf(queryTask(ID, { apiKey, baseUrl: service.url })));
    assert.equal(count, 2);
  });

  test('that begins with another secret, be it a header of the caller’s own or an older key', async (t) => {
    const [short, long] = [KEY.slice(0, 9), KEY];
    const service = await serve(t, () => json({ error: `bad key ${long}, of ${short}` }, 401));
    const ask = (/** @type {object} */ options) =>
      reasonOf(queryTask(ID, { baseUrl: service.url, maxRetries: 0, ...options }));
    const keys = [short, long];
    for (const options of [
      { headers: { 'x-auth-user': short }, apiKey: long },
      { headers: { 'x-auth-user': short, 'x-auth-key': long } },
      { apiKey: () => /** @type {string} */ (keys.shift()) },
    ]) {
      assert.equal((await ask(options)).serviceMessage, 'bad key [key], of [key]');
    }
  });

  test('that was given with white space or Bearer around it', async (t) => {
    for (const apiKey of [` ${KEY}\n`, `Bearer ${KEY}`]) {
      assertSafe(await refusedBy(t, json({ error: `bad key ${KEY}` }, 401), { apiKey }));
    }
  });

  test('that stands in the name of a header', async () => {
    assertSafe(await reasonOf(queryTask(ID, { headers: { [`Bearer ${KEY}`]: 'x' } })));
  });

  test('that no header can carry', async () => {
    assertSafe(await reasonOf(queryTask(ID, { apiKey: `${KEY}\n${KEY}` })));
    assertSafe(await reasonOf(queryTask(ID, { headers: { authorization: `Bearer ${KEY}\n${KEY}` } })));
  });

  test('that was put into a wrong base URL', async () => {
    for (const baseUrl of [
      `https://${KEY}@a.example`,
      `https://a.example/?key=${KEY}`,
      `${KEY}://a.example`,
      `http://${KEY}:x/`,
    ]) {
      assertSafe(await reasonOf(queryTask(ID, { baseUrl, apiKey: KEY })));
    }
  });

  test('that was put into another option', async () => {
    for (const options of [
      { endpoint: `/x?key=${KEY}` },
      { [KEY]: 1 },
      { timeoutMs: 0, baseUrl: 'https://a.example', [KEY]: 1 },
    ]) {
      const error = await reasonOf(queryTask(ID, { apiKey: `Bearer ${KEY}`, ...options }));
      assert.equal(error.code, 'invalid_argument');
      assertSafe(error);
    }
  });

  test('that went as an authorization header of the caller’s own', async (t) => {
    const options = { apiKey: undefined, headers: { authorization: `Bearer ${KEY}` } };
    assertSafe(await refusedBy(t, json({ error: `Incorrect API key: ${KEY}` }, 401), options));
  });

  for (const [name, value] of [
    ['x-password', KEY],
    ['x-session-id', KEY],
    ['cf-access-client-id', KEY],
    ['cookie', `sid=${KEY}`],
    ['cookie', `a=1; sid=${KEY}; theme=dark`],
  ]) {
    test(`that went as ${value?.replace(KEY, '…')} in ${name} of the caller’s own`, async (t) => {
      const options = { apiKey: undefined, headers: { [name ?? '']: value } };
      assertSafe(await refusedBy(t, json({ error: `invalid session ${KEY}` }, 403), options));
    });
  }

  test('and says what is in short cookies and harmless headers', async (t) => {
    const headers = { cookie: 'mode=completed; theme=processing1; seen=1770350082', 'x-access-level': 'completed' };
    const body = {
      id: 'grok:1770350082',
      status: 'completed',
      prompt: 'processing1',
      video_url: 'https://a.example/v.mp4',
    };
    const service = await serve(t, () => json(body));
    const task = await queryTask('grok:1', { baseUrl: service.url, headers });
    assert.deepEqual([task.responseId, task.rawStatus, task.prompt], [body.id, body.status, body.prompt]);
  });

  test('that was passed as the id too', async () => {
    for (const id of [` ${KEY}`, `${KEY}\n`]) assertSafe(await reasonOf(queryTask(id, { apiKey: KEY })));
  });

  test('that a redirection repeats', async (t) => {
    for (const location of [`http://a.example/?key=${KEY}`, `http://${KEY}@a.example/`]) {
      assertSafe(await refusedBy(t, { status: 302, headers: { location } }));
    }
  });
});

describe('an error does not hold the key that a fetch of the caller’s own tells', { concurrency: true }, () => {
  const headers = { authorization: `Bearer ${KEY}` };
  /** @type {Record<string, () => unknown>} */
  const reasons = {
    'in its words': () => new Error(`cannot send Bearer ${KEY}`),
    'as a string': () => `cannot send ${KEY}`,
    'in the words of its cause': () => new TypeError('fetch failed', { cause: new Error(`bad header ${KEY}`) }),
    'in the cause of its cause': () => new Error('a', { cause: new Error('b', { cause: new Error(KEY) }) }),
    'in the code of its cause': () => new Error('failed', { cause: { code: `E_${KEY}` } }),
    'in the request that it carries': () => Object.assign(new Error('failed'), { config: { url: '/', headers } }),
    'in an object that is no error': () => ({ status: 407, request: { headers } }),
    'in a list of errors': () => new AggregateError([new Error(KEY)], 'failed'),
    'in a Headers': () => Object.assign(new Error('failed'), { headers: new Headers(headers) }),
    'in a Request': () =>
      Object.assign(new Error('failed'), { request: new Request('https://a.example', { headers }) }),
    'in a Map': () => Object.assign(new Error('failed'), { headers: new Map(Object.entries(headers)) }),
    'in a list': () => Object.assign(new Error('failed'), { args: [['authorization', `Bearer ${KEY}`]] }),
    'under a symbol': () => Object.assign(new Error('failed'), { [Symbol('request')]: { headers } }),
    'in the name of a member': () => Object.assign(new Error('failed'), { [`Bearer ${KEY}`]: 1 }),
    'in a member of a function': () => Object.assign(() => {}, { headers }),
    'in a function that it carries': () =>
      Object.assign(new Error('failed'), { retry: Object.assign(() => {}, { headers }) }),
    'behind a getter': () => Object.defineProperty(new Error('failed'), 'request', { get: () => ({ headers }) }),
    'as a symbol': () => Symbol(KEY),
    'in its name': () => Object.assign(new Error('failed'), { name: KEY }),
  };
  for (const [where, reason] of Object.entries(reasons)) {
    test(where, async () => {
      assertSafe(await refusedByFetch(() => Promise.reject(reason())));
      assertSafe(
        await refusedByFetch(() => {
          throw reason();
        }),
      );
    });
  }

  test('in a body that breaks', async () => {
    const stream = new ReadableStream({ pull: (controller) => controller.error(new Error(`lost ${KEY}`)) });
    assertSafe(await refusedByFetch(async () => new Response(stream)));
  });

  test('in words that its class gives', async () => {
    class Mine extends Error {
      get message() {
        return `cannot send ${KEY}`;
      }
    }
    const { cause } = await refusedByFetch(() => Promise.reject(Object.assign(new Mine(), { stack: 'Mine' })));
    assert.equal(cause.message, 'cannot send [key]');
  });

  test('and still says the rest of what it told', async () => {
    const told = { code: `E_${KEY}`, errno: -104, syscall: 'connect' };
    const below = Object.assign(new RangeError(`bad ${KEY}, ${KEY}`), told);
    const { cause } = await refusedByFetch(() => Promise.reject(new TypeError('fetch failed', { cause: below })));
    assert.deepEqual([cause instanceof TypeError, cause.message, Object.keys(cause)], [true, 'fetch failed', []]);
    const { name, message, code, errno, syscall } = cause.cause;
    assert.deepEqual(
      [cause.cause instanceof RangeError, name, message, code, errno, syscall],
      [true, 'RangeError', 'bad [key], [key]', 'E_[key]', -104, 'connect'],
    );
    assert.equal((await refusedByFetch(() => Promise.reject(`cannot send ${KEY}`))).cause, 'cannot send [key]');
    const aborted = new DOMException(`gave up ${KEY}`, 'AbortError');
    const { cause: copy } = await refusedByFetch(() => Promise.reject(aborted));
    assert.deepEqual([copy.name, copy.message], ['AbortError', 'gave up [key]']);
  });

  test('in causes without an end, whose words it still says', async () => {
    for (const [words, said] of [
      ['lost', 'lost'],
      [`lost ${KEY}`, 'lost [key]'],
    ]) {
      /** @type {Error & { cause?: unknown }} */
      const endless = new Error(words);
      endless.cause = endless;
      const error = await refusedByFetch(() => Promise.reject(endless));
      assertSafe(error);
      assert.equal(error.cause.cause.message, said);
    }
  });

  test('and still says what is harmless, with its cause', async () => {
    const harmless = new Error('socket hang up');
    const error = await refusedByFetch(() => Promise.reject(harmless));
    assert.equal(error.cause, harmless);
    assert.match(error.message, /socket hang up/);
  });
});
