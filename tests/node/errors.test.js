// @ts-check
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureOf, NOTHING_MORE, told } from './failure.js';
import { queryTask, TaskQueryError } from './packed.js';
import { json, serve } from './service.js';

const REQUEST_ID = '20250929161430123456789Ab3dEf9H';
const PAGE = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n';

/**
 * What services answer, what becomes of it, and how often they are asked.
 *
 * @type {{ answer: string, reply: import('./service.js').Reply, expected: object, says: string[], options?: object }[]}
 */
const ANSWERS = [
  {
    answer: '401, the relays’ bad key',
    reply: json({ error: { message: `无效的令牌 (request id: ${REQUEST_ID})`, type: 'new_api_error', code: '' } }, 401),
    expected: {
      code: 'authentication',
      status: 401,
      serviceCode: 'new_api_error',
      serviceMessage: `无效的令牌 (request id: ${REQUEST_ID})`,
      requestId: REQUEST_ID,
      attempts: 1,
    },
    says: ['API key', '401', '无效的令牌'],
  },
  {
    answer: '402, no credits',
    reply: json({ error: { message: 'Insufficient credits. Add more.', code: 402 } }, 402, { 'x-request-id': 'req_7' }),
    expected: {
      code: 'insufficient_quota',
      status: 402,
      serviceCode: '402',
      serviceMessage: 'Insufficient credits. Add more.',
      requestId: 'req_7',
      attempts: 1,
    },
    says: ['balance', '402', 'Insufficient credits. Add more.'],
  },
  {
    answer: '403 with quota words',
    reply: json({ error: { message: '用户额度不足, 剩余额度: ＄0.003120', code: 'insufficient_user_quota' } }, 403),
    expected: {
      code: 'insufficient_quota',
      status: 403,
      serviceCode: 'insufficient_user_quota',
      serviceMessage: '用户额度不足, 剩余额度: ＄0.003120',
      attempts: 1,
    },
    says: ['balance', '403', '用户额度不足'],
  },
  {
    answer: '403 without them',
    reply: json({ error: { message: 'This key may not use this model.', type: 'forbidden' } }, 403),
    expected: {
      code: 'permission',
      status: 403,
      serviceCode: 'forbidden',
      serviceMessage: 'This key may not use this model.',
      attempts: 1,
    },
    says: ['403', 'This key may not use this model.'],
  },
  {
    answer: '404, no such video',
    reply: json({ error: { message: "Video with id 'video_1' not found.", code: 'video_not_found' } }, 404),
    expected: {
      code: 'not_found',
      status: 404,
      serviceCode: 'video_not_found',
      serviceMessage: "Video with id 'video_1' not found.",
      missing: 'task',
      attempts: 1,
    },
    says: ['does not know this task', '404', "Video with id 'video_1' not found."],
  },
  {
    answer: '400, new-api’s missing task',
    reply: json({ code: 'task_not_exist', message: 'task_not_exist', data: null }, 400),
    expected: {
      code: 'not_found',
      status: 400,
      serviceCode: 'task_not_exist',
      serviceMessage: 'task_not_exist',
      missing: 'task',
      attempts: 1,
    },
    says: ['does not know this task', '400', 'task_not_exist'],
  },
  {
    answer: '400 otherwise',
    reply: json({ error: { message: 'id is required', type: 'invalid_request_error' } }, 400),
    expected: {
      code: 'bad_request',
      status: 400,
      serviceCode: 'invalid_request_error',
      serviceMessage: 'id is required',
      attempts: 1,
    },
    says: ['400', 'id is required'],
  },
  {
    answer: '429 with Retry-After',
    reply: json({ error: { message: '当前分组上游负载已饱和，请稍后再试' } }, 429, { 'retry-after': '1' }),
    expected: {
      code: 'rate_limited',
      status: 429,
      serviceMessage: '当前分组上游负载已饱和，请稍后再试',
      retryable: true,
      retryAfterMs: 1000,
      attempts: 3,
    },
    says: ['429', '当前分组上游负载已饱和'],
  },
  {
    answer: '429 without Retry-After and without words',
    reply: { status: 429 },
    expected: { code: 'rate_limited', status: 429, retryable: true, attempts: 3 },
    says: ['429', 'asked too often'],
  },
  {
    answer: '500',
    reply: json({ error: { message: 'The server had an error.', type: 'server_error', code: null } }, 500),
    expected: {
      code: 'server',
      status: 500,
      serviceCode: 'server_error',
      serviceMessage: 'The server had an error.',
      retryable: true,
      attempts: 3,
    },
    says: ['500', 'later', 'The server had an error.'],
  },
  {
    answer: '501',
    reply: json({ code: 'not_implemented', message: 'not_implemented:45', data: null }, 501),
    expected: {
      code: 'server',
      status: 501,
      serviceCode: 'not_implemented',
      serviceMessage: 'not_implemented:45',
      attempts: 1,
    },
    says: ['501', 'not_implemented:45'],
  },
  {
    answer: '408',
    reply: json({ error: { message: 'Request timed out', type: 'timeout' } }, 408),
    expected: {
      code: 'bad_request',
      status: 408,
      serviceCode: 'timeout',
      serviceMessage: 'Request timed out',
      retryable: true,
      attempts: 3,
    },
    says: ['408', 'Request timed out'],
  },
  {
    answer: '425',
    reply: json({ message: 'Too early' }, 425),
    expected: { code: 'bad_request', status: 425, serviceMessage: 'Too early', retryable: true, attempts: 3 },
    says: ['425', 'Too early'],
  },
  {
    answer: '503',
    reply: json({ message: 'Service temporarily unavailable' }, 503),
    expected: {
      code: 'server',
      status: 503,
      serviceMessage: 'Service temporarily unavailable',
      retryable: true,
      attempts: 3,
    },
    says: ['503', 'Service temporarily unavailable'],
  },
  {
    answer: '502 with a proxy’s page',
    reply: { status: 502, headers: { 'content-type': 'text/html' }, body: PAGE },
    expected: { code: 'server', status: 502, retryable: true, attempts: 3 },
    says: ['502', 'web page'],
  },
  {
    answer: '200 with a web page',
    reply: { headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html>\n<title>Sign in</title>' },
    expected: { code: 'invalid_response', status: 200, attempts: 1 },
    says: ['web page'],
  },
  {
    answer: '200 without a body',
    reply: { body: '' },
    options: { maxRetries: 0 },
    expected: { code: 'invalid_response', status: 200, retryable: true, attempts: 1 },
    says: ['empty'],
  },
  {
    answer: '200 with JSON that ends in the middle',
    reply: { body: '{"id":"sora-2:task_1","status":"comp' },
    options: { maxRetries: 0 },
    expected: { code: 'invalid_response', status: 200, retryable: true, attempts: 1 },
    says: ['cut off'],
  },
  {
    answer: '200 with something after its JSON',
    reply: { body: '{"id":"sora-2:task_1","status":"completed"} OK' },
    expected: { code: 'invalid_response', status: 200, attempts: 1 },
    says: ['not JSON'],
  },
  {
    answer: '200 with {}',
    reply: { body: '{}' },
    expected: { code: 'invalid_response', status: 200, attempts: 1 },
    says: ['no task'],
  },
  {
    answer: '200 with success: false',
    reply: json({ success: false, message: '任务不存在' }),
    expected: { code: 'not_found', status: 200, serviceMessage: '任务不存在', missing: 'task', attempts: 1 },
    says: ['does not know this task', '任务不存在'],
  },
];

describe('an answer that is no task becomes an error that says what it was', { concurrency: true }, () => {
  for (const { answer, reply, expected, says, options } of ANSWERS) {
    test(answer, async (t) => {
      const service = await serve(t, () => reply);
      const error = await failureOf(queryTask('sora-2:task_1', { apiKey: 'key-1', baseUrl: service.url, ...options }));
      assert.deepEqual(told(error), { ...NOTHING_MORE, ...expected });
      assert.equal(service.requests.length, error.attempts);
      for (const word of says) assert(error.message.includes(word), `'${word}' is not in: ${error.message}`);
      assert.equal(error.name, 'TaskQueryError');
      assert(error instanceof Error);
      assert(error instanceof TaskQueryError);
      assert.match(error.stack ?? '', /^TaskQueryError: /);
      assert.equal('cause' in error, false);
    });
  }
});
