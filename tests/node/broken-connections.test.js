// @ts-check
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureOf, NOTHING_MORE, told } from './failure.js';
import { queryTask } from './packed.js';
import { deserted, serve } from './service.js';

/** @param {import('node:http').ServerResponse} res */
function breakOff(res) {
  const body = '{"id":"sora-2:task_1","status":"completed","detail":{';
  res.writeHead(200, { 'content-type': 'application/json', 'content-length': 500 });
  res.write(body, () => res.destroy());
}

describe('a connection that breaks', { concurrency: true }, () => {
  test('is refused: code network, with what fetch threw as the cause, after three attempts', async () => {
    const baseUrl = await deserted();
    const error = await failureOf(queryTask('sora-2:task_1', { apiKey: 'key-1', baseUrl }));
    assert.deepEqual(told(error), { ...NOTHING_MORE, code: 'network', retryable: true, attempts: 3 });
    assert(error.message.includes('ECONNREFUSED'), error.message);
    assert(error.message.includes(new URL(baseUrl).host), error.message);
    assert(error.cause instanceof TypeError);
    assert.equal(/** @type {any} */ (error.cause.cause).code, 'ECONNREFUSED');
  });

  test('before any answer: code network, after three attempts', async (t) => {
    const service = await serve(t, (_, res) => void res.destroy());
    const error = await failureOf(queryTask('sora-2:task_1', { apiKey: 'key-1', baseUrl: service.url }));
    assert.deepEqual(told(error), { ...NOTHING_MORE, code: 'network', retryable: true, attempts: 3 });
    assert.equal(service.requests.length, 3);
    assert(error.cause instanceof Error);
  });

  test('in the middle of a body: code invalid_response, after three attempts', async (t) => {
    const service = await serve(t, (_, res) => breakOff(res));
    const error = await failureOf(queryTask('sora-2:task_1', { apiKey: 'key-1', baseUrl: service.url }));
    const expected = { ...NOTHING_MORE, code: 'invalid_response', status: 200, retryable: true, attempts: 3 };
    assert.deepEqual(told(error), expected);
    assert.equal(service.requests.length, 3);
    assert(error.message.includes('cut off'), error.message);
    assert(error.cause instanceof Error);
  });

  test('in the middle of the body of a 404: the error still tells the HTTP status', async (t) => {
    const service = await serve(t, (_, res) => {
      res.writeHead(404, { 'content-length': 500 });
      res.write('{"error":{"mess', () => res.destroy());
    });
    const error = await failureOf(queryTask('sora-2:task_1', { baseUrl: service.url, maxRetries: 0 }));
    assert.equal(error.status, 404);
    assert.equal(error.attempts, 1);
  });
});
