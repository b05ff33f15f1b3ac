// @ts-check
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureOf, NOTHING_MORE, told } from './failure.js';
import { queryTask } from './packed.js';
import { json, serve, taskBody } from './service.js';

const ID = 'sora-2:task_1';
const refusal = () => json({ error: { message: '无效的令牌', type: 'new_api_error', code: '' } }, 401);

/** @param {import('./service.js').Service} service */
const keysSent = ({ requests }) => requests.map(({ headers }) => headers.authorization);

/** A function that gives these keys one after the other. @param {(string | undefined)[]} keys */
function giver(...keys) {
  let calls = 0;
  const give = () => /** @type {string} */ (keys[calls++]);
  return { give, calls: () => calls };
}

describe('an API key', () => {
  test('from a function is asked for before each request', async (t) => {
    let count = 0;
    const service = await serve(t, () => (count++ === 0 ? json({}, 500, { 'retry-after': '0' }) : taskBody()));
    const { give, calls } = giver('key-1', 'key-2');
    await queryTask(ID, { apiKey: give, baseUrl: service.url });
    assert.deepEqual(keysSent(service), ['Bearer key-1', 'Bearer key-2']);
    assert.equal(calls(), 2);
  });

  test('from a function that answers later is waited for', async (t) => {
    const service = await serve(t, () => taskBody());
    const apiKey = () => new Promise((resolve) => setTimeout(resolve, 20, 'key-later'));
    await queryTask(ID, { apiKey: /** @type {any} */ (apiKey), baseUrl: service.url });
    assert.deepEqual(keysSent(service), ['Bearer key-later']);
  });

  test('from a function is asked for once more after a 401', async (t) => {
    const service = await serve(t, ({ headers }) => (headers.authorization === 'Bearer new' ? taskBody() : refusal()));
    const { give, calls } = giver('old', 'new');
    assert.equal((await queryTask(ID, { apiKey: give, baseUrl: service.url })).status, 'queued');
    assert.deepEqual(keysSent(service), ['Bearer old', 'Bearer new']);
    assert.equal(calls(), 2);
  });

  test('from a function is not asked for once more after a 403', async (t) => {
    const service = await serve(t, () => json({ error: { message: 'not for you' } }, 403));
    const { give, calls } = giver('key-1', 'key-2');
    const error = await failureOf(queryTask(ID, { apiKey: give, baseUrl: service.url }));
    assert.deepEqual([error.code, error.attempts, calls()], ['permission', 1, 1]);
  });

  test('that is refused twice is an error, not a loop', async (t) => {
    const service = await serve(t, refusal);
    const { give, calls } = giver('one', 'two', 'three');
    const error = await failureOf(queryTask(ID, { apiKey: give, baseUrl: service.url, maxRetries: 5 }));
    assert.deepEqual([error.code, error.attempts], ['authentication', 2]);
    assert.deepEqual(keysSent(service), ['Bearer one', 'Bearer two']);
    assert.equal(calls(), 2);
  });

  test('that is refused again after a retry is an error too', async (t) => {
    const answers = [refusal(), json({}, 500, { 'retry-after-ms': '1' }), refusal(), taskBody()];
    const service = await serve(t, () => answers.shift());
    const error = await failureOf(queryTask(ID, { apiKey: () => 'key-1', baseUrl: service.url }));
    assert.deepEqual([error.code, error.attempts], ['authentication', 3]);
  });

  test('from a function is asked for once more with maxRetries 0 too: that is no retry', async (t) => {
    const service = await serve(t, ({ headers }) => (headers.authorization === 'Bearer new' ? taskBody() : refusal()));
    await queryTask(ID, { apiKey: giver('old', 'new').give, baseUrl: service.url, maxRetries: 0 });
    assert.equal(service.requests.length, 2);
  });

  test('that is a string is not sent again after a 401', async (t) => {
    const service = await serve(t, refusal);
    const error = await failureOf(queryTask(ID, { apiKey: 'old', baseUrl: service.url }));
    assert.deepEqual([error.code, error.attempts, service.requests.length], ['authentication', 1, 1]);
  });

  test('that the function no longer gives is no longer sent', async (t) => {
    const service = await serve(t, refusal);
    await failureOf(queryTask(ID, { apiKey: giver('old', '').give, baseUrl: service.url }));
    assert.deepEqual(keysSent(service), ['Bearer old', undefined]);
  });

  test('that is empty, or that a function does not give, is not sent', async (t) => {
    const service = await serve(t, () => taskBody());
    const none = /** @type {any} */ (() => null);
    for (const apiKey of ['', () => '', async () => '', giver(undefined).give, none]) {
      await queryTask(ID, { apiKey, baseUrl: service.url });
    }
    assert.deepEqual(keysSent(service), Array(5).fill(undefined));
  });

  test('is sent without white space around it and without a second Bearer', async (t) => {
    const service = await serve(t, () => taskBody());
    for (const apiKey of [' key-1 ', 'key-1\n', '\tkey-1\r\n', 'Bearer key-1', () => ' key-1\n']) {
      await queryTask(ID, { apiKey, baseUrl: service.url });
    }
    assert.deepEqual(keysSent(service), Array(5).fill('Bearer key-1'));
    await queryTask(ID, { apiKey: 'Bearer-1', baseUrl: service.url });
    assert.equal(keysSent(service)[5], 'Bearer Bearer-1');
  });

  test('that no header can carry is refused before any request, without being quoted', async (t) => {
    const service = await serve(t, () => taskBody());
    for (const key of ['sec ret', 'sec\nret', 'sec\r\nx-evil: 1', 'sec\0ret', 'sécret', '密钥']) {
      for (const apiKey of [key, () => key]) {
        const error = await failureOf(queryTask(ID, { apiKey, baseUrl: service.url }));
        assert.deepEqual(told(error), { ...NOTHING_MORE, code: 'invalid_argument', attempts: 0 });
        assert.match(error.message, /^apiKey /);
        for (const part of ['sec', 'ret', 'sécret', '密钥']) assert(!error.message.includes(part), error.message);
      }
    }
    assert.equal(service.requests.length, 0);
  });

  test('whose function throws or rejects gives an error with the reason as its cause, and no request', async (t) => {
    const service = await serve(t, () => taskBody());
    const reason = new Error('The vault is closed.');
    const throwing = () => {
      throw reason;
    };
    for (const apiKey of [throwing, async () => throwing()]) {
      const error = await failureOf(queryTask(ID, { apiKey, baseUrl: service.url }));
      assert.deepEqual(told(error), { ...NOTHING_MORE, code: 'invalid_argument', attempts: 0 });
      assert.match(error.message, /apiKey/);
      assert.equal(error.cause, reason);
    }
    assert.equal(service.requests.length, 0);
  });

  test('whose function gives no string is refused', async (t) => {
    const service = await serve(t, () => taskBody());
    for (const key of [7, {}, ['key-1'], true, '\ud800']) {
      const error = await failureOf(queryTask(ID, { apiKey: () => /** @type {any} */ (key), baseUrl: service.url }));
      assert.equal(error.code, 'invalid_argument');
      assert.match(error.message, /apiKey/);
    }
    assert.equal(service.requests.length, 0);
  });

  test('gives way to an authorization header of the caller’s own', async (t) => {
    const service = await serve(t, () => taskBody());
    await queryTask(ID, { apiKey: 'key-1', baseUrl: service.url, headers: { Authorization: 'Basic abc' } });
    assert.deepEqual(keysSent(service), ['Basic abc']);
  });

  test('that is not there is named as what is missing, where the service wants one', async (t) => {
    const wanting = await serve(t, () => json({ error: { message: 'who are you?' } }, 401));
    const error = await failureOf(queryTask(ID, { apiKey: '', baseUrl: wanting.url }));
    const missing =
      'No API key was sent, and the service wants one: set VIDEO_TASK_API_KEY, or pass apiKey (HTTP 401).';
    assert.equal(error.message, `${missing} It says: who are you?`);
    // The region is blocked, or the endpoint holds a key of its own.
    const refusing = await serve(t, () => json({ error: { message: 'not from here' } }, 403));
    const refused = await failureOf(queryTask(ID, { baseUrl: refusing.url }));
    assert.equal(refused.message, 'The API key is not allowed to ask for this (HTTP 403). It says: not from here');
    for (const name of ['key', 'token', 'client_secret']) {
      const own = await failureOf(queryTask(ID, { baseUrl: wanting.url, endpoint: `/v1/videos/{id}?${name}=1` }));
      assert.equal(own.message, 'The service does not accept the API key (HTTP 401). It says: who are you?');
    }
  });

  test('of fewer than eight characters is no secret, and garbles no text', async (t) => {
    const said = { message: 'a test of the test_key', code: 'test_code' };
    const service = await serve(t, () => json({ error: said }, 401));
    const error = await failureOf(queryTask(ID, { apiKey: 'test', baseUrl: service.url }));
    assert.deepEqual([error.serviceMessage, error.serviceCode], [said.message, said.code]);
    const answering = await serve(t, () => json({ id: ID, status: 'processing', prompt: 'a test drive' }));
    assert.equal((await queryTask(ID, { apiKey: 'test', baseUrl: answering.url })).prompt, 'a test drive');
  });
});
