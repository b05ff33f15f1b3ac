// @ts-check
/** `npm run test:litellm`: the built package against a proxy that others wrote. Not part of `npm test`: see README.md. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { failureOf, told } from '../node/failure.js';
import { queryTask, waitForTask } from '../node/packed.js';
import { idOf, KEY, prepareLiteLlm, startLiteLlm } from './proxy.js';

const litellm = await prepareLiteLlm();
const skip = 'why' in litellm ? litellm.why : false;

describe('LiteLLM in front of the practice relay', { skip }, () => {
  /** @type {Awaited<ReturnType<typeof startLiteLlm>>} */
  let proxy;
  before(async () => {
    if ('program' in litellm) proxy = await startLiteLlm(litellm.program);
  });
  after(() => proxy?.close());

  const options = (/** @type {object} */ more = {}) => ({
    baseUrl: proxy.baseUrl,
    apiKey: KEY,
    endpoint: 'openai',
    maxRetries: 0,
    ...more,
  });

  test('a task is waited for until it completes', async () => {
    const id = idOf('sora-2:task_completes');
    const task = await waitForTask(id, options({ intervalMs: 500 }));
    assert.deepEqual([task.id, task.status, task.progress, task.model], [id, 'completed', 1, 'sora-2']);
    // The id in the answer is written anew, without the model: it is the same video.
    assert.notEqual(task.responseId, id);
    assert.deepEqual([task.shape, task.videoUrl, task.warnings], ['openai', null, []]);
    assert.equal(task.contentPath, `/v1/videos/${encodeURIComponent(id)}/content`);
  });

  test('a task that fails says why', async () => {
    const error = await failureOf(waitForTask(idOf('sora-2:fails'), options({ intervalMs: 500 })));
    assert.deepEqual([error.code, error.task?.status], ['task_failed', 'failed']);
    const message = 'The model stopped half way and returned no frames';
    assert.deepEqual(error.task?.error, { code: 'video_generation_failed', message, reason: 'unknown' });
  });

  test('auto finds the route', async () => {
    assert.equal((await queryTask(idOf('sora-2:never_ends'), options({ endpoint: 'auto' }))).shape, 'openai');
  });

  for (const [name, id, more, expected] of /** @type {[string, string, object, unknown[]][]} */ ([
    ['an id that the upstream does not know', 'sora-2:nobody', {}, ['not_found', 400, 'task_not_exist', 'task', false]],
    ['an upstream that answers 429', 'sora-2:rate_limited', {}, ['rate_limited', 429, 'new_api_error', null, true]],
    ['an upstream that answers 502', 'sora-2:bad_gateway', {}, ['server', 502, '502', null, true]],
    // Without a database LiteLLM cannot look a key up, and says no more than that.
    ['a wrong key', 'sora-2:fails', { apiKey: 'sk-wrong' }, ['bad_request', 400, '400', null, false]],
    ['no key', 'sora-2:fails', { apiKey: undefined }, ['server', 500, null, null, true]],
  ])) {
    test(name, async () => {
      const error = told(await failureOf(queryTask(idOf(id), options(more))));
      assert.deepEqual([error.code, error.status, error.serviceCode, error.missing, error.retryable], expected);
    });
  }
});
