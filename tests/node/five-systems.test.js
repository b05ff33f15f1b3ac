// @ts-check
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pair } from './fixture-pairs.js';
import { queryTask } from './packed.js';
import { serve } from './service.js';

const SORA = 'sora-2:task_01k6x15vhrff09dkkqjrzwhm60';
const VEO = 'veo3.1-fast:1770350082-trii1OXZc3';
const GROK = 'grok:eee6faa8-9dee-455c-aa82-02ac623adf3a';
const RELAYED = 'sora-2:task_01k74ynm13exf9ha36zz7820hv';
const CODEX = 'sora-2:task_01kbfq03gpe0wr9ge11z09xqrj';

const VIDEO_ID = '/v1/videos/video_id?id={id}';

/** @param {string} asked */
const otherThan = (asked) => [{ code: 'id_mismatch', message: `Asked for ${asked}, answered about ${SORA}.` }];

/**
 * `differs`: the fields in which the Task differs from the one that was written for the body's own id.
 *
 * @typedef {{ id: string, target: string, body: string, differs?: object }} Query
 * @type {(Query & { system: string, path?: string, endpoint?: string })[]}
 */
const QUERIES = [
  {
    system: 'QuickRouter, OpenAI form, its own id',
    endpoint: 'openai',
    id: SORA,
    target: `/v1/videos/${SORA}`,
    body: 'unified/quickrouter.sora-2.pending',
  },
  {
    system: 'QuickRouter, Veo in OpenAI form',
    endpoint: 'openai',
    id: VEO,
    target: `/v1/videos/${VEO}`,
    body: 'unified/quickrouter.sora-2.pending',
    differs: { id: VEO, provider: 'veo', model: 'veo3.1-fast', warnings: otherThan(VEO) },
  },
  {
    system: 'QuickRouter, Veo unified',
    endpoint: 'unified',
    id: VEO,
    target: `/v1/video/query?id=${VEO}`,
    body: 'unified/quickrouter.veo3.1-fast.completed',
  },
  {
    system: 'any relay with the unified query',
    path: '/some/relay/',
    endpoint: 'unified',
    id: RELAYED,
    target: `/some/relay/v1/video/query?id=${RELAYED}`,
    body: 'unified/quickrouter.sora-2.pending',
    differs: { id: RELAYED, warnings: otherThan(RELAYED) },
  },
  {
    system: 'any relay, no endpoint given',
    id: RELAYED,
    target: `/v1/video/query?id=${RELAYED}`,
    body: 'unified/relay.sora-2.other-id',
  },
  {
    system: 'QuickRouter, Grok',
    endpoint: 'unified',
    id: GROK,
    target: `/v1/video/query?id=${GROK}`,
    body: 'unified/quickrouter.grok.pending',
  },
  {
    system: '22codex, pending',
    endpoint: VIDEO_ID,
    id: CODEX,
    target: `/v1/videos/video_id?id=${CODEX}`,
    body: 'unified/22codex.sora-2.pending',
    differs: { id: CODEX, warnings: otherThan(CODEX) },
  },
  {
    system: '22codex, completed',
    endpoint: VIDEO_ID,
    id: CODEX,
    target: `/v1/videos/video_id?id=${CODEX}`,
    body: 'unified/22codex.sora-2.completed',
    differs: { id: CODEX, warnings: otherThan(CODEX) },
  },
  {
    system: '22codex, completed, its own id',
    endpoint: VIDEO_ID,
    id: SORA,
    target: `/v1/videos/video_id?id=${SORA}`,
    body: 'unified/22codex.sora-2.completed',
  },
];

/** Every field that a Task has, and no other. */
const FIELDS = [
  ...['completedAt', 'contentPath', 'createdAt', 'durationSeconds', 'enhancedPrompt', 'error', 'estimatedWaitMs'],
  ...['height', 'id', 'isDone', 'model', 'previewUrl', 'progress', 'prompt', 'provider', 'queuePosition', 'rawStatus'],
  ...['responseId', 'shape', 'stage', 'status', 'thumbnailUrl', 'updatedAt', 'videoUrl', 'videos', 'warnings', 'width'],
];

for (const { system, path = '', endpoint, id, target, body, differs } of QUERIES) {
  describe(system, () => {
    const { body: bytes, expected } = pair(body);

    test('is asked as its documents say', async (t) => {
      const service = await serve(t, () => ({ body: bytes }));
      const headers = { 'X-Forwarded-Host': 'localhost:5173' };
      await queryTask(id, { apiKey: 'key-1', baseUrl: service.url + path, endpoint, headers });
      assert.equal(service.requests.length, 1);
      const [asked] = service.requests;
      assert.equal(asked.method, 'GET');
      assert.equal(asked.target, target);
      assert.equal(asked.query.get('id') ?? decodeURIComponent(asked.path.slice('/v1/videos/'.length)), id);
      assert.equal(asked.headers.accept, 'application/json');
      assert.equal(asked.headers['content-type'], 'application/json');
      assert.equal(asked.headers.authorization, 'Bearer key-1');
      assert.equal(asked.headers['x-forwarded-host'], 'localhost:5173');
      assert.equal(asked.body, '');
      assert.equal(asked.headers['content-length'], undefined);
      assert.equal(asked.headers['transfer-encoding'], undefined);
    });

    test('becomes the Task that was written by hand, whole', async (t) => {
      const service = await serve(t, () => ({ body: bytes }));
      const task = await queryTask(id, { apiKey: 'key-1', baseUrl: service.url + path, endpoint });
      assert.deepEqual(task, { ...expected.task, ...differs });
      assert.deepEqual(Object.keys(task).sort(), FIELDS);
    });

    test('gives its whole body as raw, which is no part of copies', async (t) => {
      const service = await serve(t, () => ({ body: bytes }));
      const task = await queryTask(id, { apiKey: 'key-1', baseUrl: service.url + path, endpoint });
      assert.deepEqual(task.raw, JSON.parse(bytes.toString('utf8')));
      assert.equal(task.raw, task.raw);
      assert.equal(Object.getOwnPropertyDescriptor(task, 'raw')?.enumerable ?? false, false);
      assert.equal('raw' in JSON.parse(JSON.stringify(task)), false);
      assert.equal('raw' in { ...task }, false);
    });
  });
}
