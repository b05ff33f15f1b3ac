// @ts-check
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { reasonOf } from './failure.js';
import { queryTask, waitForTask } from './packed.js';
import { KEY, assertSafe } from './safe-error.js';
import { deserted, json, serve, taskBody } from './service.js';

const ID = 'sora-2:task_1';

/** @param {import('node:test').TestContext} t @param {import('./service.js').Reply} reply @param {object} [options] */
async function refusedBy(t, reply, options) {
  const service = await serve(t, () => reply);
  return reasonOf(queryTask(ID, { apiKey: KEY, baseUrl: service.url, maxRetries: 0, ...options }));
}

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

  for (const [where, written] of Object.entries({
    'as JavaScript writes it into a URL': 'c2VjcmV0%2Ba2V5%2FMTIz%3D%3D',
    'as Python writes it into a URL': 'c2VjcmV0%2Ba2V5/MTIz%3D%3D',
    'as PHP writes it into JSON': 'c2VjcmV0+a2V5\\/MTIz==',
  })) {
    test(`that the service repeats ${where}`, async (t) => {
      const error = { message: `GET https://relay.example/x?key=${written} refused` };
      const { serviceMessage } = await refusedBy(t, json({ error }, 401), { apiKey: 'c2VjcmV0+a2V5/MTIz==' });
      assert.equal(serviceMessage, 'GET https://relay.example/x?key=[key] refused');
    });
  }

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

  test('that a function gave again, after many others', async (t) => {
    const others = Array.from({ length: 15 }, (_, count) => `another-key-${count}`);
    const keys = others.flatMap((other) => [KEY, other]);
    keys.push(KEY, 'the-last-key-01');
    const service = await serve(t, ({ headers }) =>
      headers.authorization?.includes('the-last') ? json({ error: `No: ${KEY}` }, 403) : taskBody(),
    );
    const apiKey = () => /** @type {string} */ (keys.shift());
    assertSafe(await reasonOf(waitForTask(ID, { apiKey, baseUrl: service.url, intervalMs: 1 })));
    assert.deepEqual(keys, []);
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
