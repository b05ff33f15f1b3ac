// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { explainTask, parseTask } from './packed.js';

const body = readFileSync(new URL('../fixtures/unified/quickrouter.veo3.1-fast.completed.json', import.meta.url));
const id = 'veo3.1-fast:1770350082-trii1OXZc3';

describe('explainTask', () => {
  const { shape, task, fields, ignored } = explainTask(body, { id });
  /** @param {string} name */
  const pathOf = (name) => fields.find(({ field }) => field === name)?.path;

  test('gives the very task that parseTask gives, raw body and all', () => {
    assert.deepEqual(task, parseTask(body, { id }));
    assert.deepEqual(task.raw, JSON.parse(body.toString()));
  });

  test('names the shape and what it was recognised by', () => {
    assert.equal(shape, 'unified');
    assert.deepEqual(
      fields.find(({ field }) => field === 'shape'),
      { field: 'shape', path: '', note: 'has status, has status_update_time' },
    );
  });

  test('tells the path behind each field', () => {
    assert.equal(pathOf('videoUrl'), 'detail.upsample_video_url');
    assert.equal(pathOf('videos[1].url'), 'detail.video_url');
    assert.equal(pathOf('completedAt'), 'detail.completed_at');
    assert.equal(pathOf('prompt'), 'detail.req.prompt');
  });

  test('tells what was passed over and why', () => {
    assert.deepEqual(ignored, [
      { path: 'video_url', why: 'the same URL again' },
      { path: 'detail.error_message', why: 'an error that did not end the task' },
      { path: 'detail.video_generation_error', why: 'an error that did not end the task' },
    ]);
  });

  test('throws what parseTask throws', () => {
    assert.throws(() => explainTask('{"error":{"message":"无效的令牌"}}'), { code: 'authentication' });
    assert.throws(() => explainTask('{}', /** @type {any} */ ({ key: 1 })), { code: 'invalid_argument' });
  });
});
