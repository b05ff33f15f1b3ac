// @ts-check
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { failureOf, NOTHING_MORE, told } from './failure.js';
import { queryTask } from './packed.js';
import { serve, taskBody } from './service.js';

const service = await serve({ after }, () => taskBody());

/** What arrived, as the service would read it. @param {string} id @param {string} endpoint */
async function arrived(id, endpoint) {
  const task = await queryTask(id, { baseUrl: service.url, endpoint });
  assert.equal(task.id, id);
  const { target } = service.requests[service.requests.length - 1];
  assert.match(target, /^[\x21-\x7e]+$/);
  return target;
}

/** @param {any} id @param {object} [options] */
async function refusal(id, options) {
  const before = service.requests.length;
  const error = await failureOf(queryTask(id, { baseUrl: service.url, ...options }));
  assert.deepEqual(told(error), { ...NOTHING_MORE, code: 'invalid_argument', attempts: 0 });
  assert.match(error.message, /\bid\b/);
  assert.equal(service.requests.length, before);
  return error.message;
}

const ODD = [
  ...['sora-2:task_01k6', 'veo3.1-fast:1770350082-trii1OXZc3', '12345678901234567890', 'a/b', '/a', 'a/', 'a//b'],
  ...['../../admin', 'a/../b', 'a%2Fb', '%', '100%', '%2e%2e', 'a b', 'a+b', 'a&b=c', 'a=b', 'a#b', 'a?b', 'a;b,c'],
  ...['a\\b', "a'b", '"<>', 'a\nb', 'a\0b', '{id}', '$&', '视频:任务', 'é', 'e\u0301', '🎬', '...', 'a'.repeat(2000)],
];

describe('an id', () => {
  test('arrives as it is in a query, whatever is in it', async () => {
    for (const id of ODD) {
      const target = await arrived(id, '/v1/videos/video_id?id={id}');
      assert.equal(new URLSearchParams(target.slice(target.indexOf('?'))).get('id'), id);
      assert.equal(target.split('?')[0], '/v1/videos/video_id');
    }
  });

  test('arrives as it is in a path, whatever is in it', async () => {
    for (const id of ODD) {
      const target = await arrived(id, 'openai');
      const [, ...segments] = target.split('/');
      assert.deepEqual([segments.length, segments[0], segments[1]], [3, 'v1', 'videos']);
      assert.equal(decodeURIComponent(segments[2]), id);
    }
  });

  test('arrives as it is at every place of an own endpoint', async () => {
    const target = await arrived('a/b?c', '/tasks/{id}/state?of={id}&full=1');
    assert.equal(target, '/tasks/a%2Fb%3Fc/state?of=a%2Fb%3Fc&full=1');
  });

  test('keeps the colon behind the model, as the services’ documents write it', async () => {
    assert.equal(await arrived('grok:eee6', 'unified'), '/v1/video/query?id=grok:eee6');
  });

  test('that would lead elsewhere as a part of a path is refused there, and fine in a query', async () => {
    for (const id of ['.', '..']) {
      for (const endpoint of ['openai', 'generations', '/tasks/{id}', '/tasks/{id}/state'])
        await refusal(id, { endpoint });
      assert.equal(await arrived(id, 'unified'), `/v1/video/query?id=${id}`);
    }
  });

  test('that is empty is refused', async () => {
    for (const id of ['', ' ', '\t\n']) assert.match(await refusal(id), /empty/);
  });

  test('with white space around it is refused', async () => {
    for (const id of [' a', 'a ', 'a\n', '\ta', '\r\na']) assert.match(await refusal(id), /white space/);
  });

  test('with the white space around it that word processors and Chinese keyboards make is refused too', async () => {
    for (const id of ['a\u00a0', '\u3000a', '\ufeffa', '\u00a0', '\u3000']) await refusal(id);
  });

  test('that is no string is refused', async () => {
    for (const id of [
      undefined,
      null,
      7,
      123456789012345678901n,
      {},
      ['a'],
      true,
      Symbol('a'),
      () => 'a',
      new String('a'),
    ]) {
      assert.match(await refusal(id), /string/);
    }
  });

  test('with half a character is refused', async () => {
    for (const id of ['\ud800', 'a\udc00b', '🎬\ud83c']) await refusal(id);
  });
});
