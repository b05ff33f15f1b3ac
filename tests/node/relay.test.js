// @ts-check
/** The forms in which the practice relay tells of a task: unified, of OpenAI, of new-api. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BORN, practiceRelay } from './practice-relay.js';

const relay = practiceRelay();

describe('the unified form', () => {
  test('of Sora waits in a queue, works with progress_pct, completes with every rendition', async () => {
    const waiting = await relay.unifiedAt('sora-2:task_completes-a', 0);
    assert.deepEqual(
      [waiting.id, waiting.status, waiting.status_update_time],
      ['sora-2:task_completes-a', 'pending', BORN],
    );
    assert.equal(waiting.detail.id, 'task_completes-a');
    const { pending_info: queue } = waiting.detail;
    assert.deepEqual(
      [
        queue.status,
        queue.progress_pct,
        queue.progress_pos_in_queue,
        queue.estimated_queue_wait_time,
        queue.failure_reason,
      ],
      ['queued', null, 3, 2, null],
    );
    assert.equal('video_url' in waiting, false);

    const working = await relay.unifiedAt('sora-2:task_completes-a', 5750);
    assert.equal(working.status, 'pending');
    assert.equal(working.detail.pending_info.status, 'processing');
    assert.equal(working.detail.pending_info.progress_pct.toFixed(6), '0.500000');
    assert.equal(working.status_update_time, BORN + 5750);

    const done = await relay.unifiedAt('sora-2:task_completes-a', 12_000);
    assert.deepEqual(
      [done.status, done.width, done.height, done.video_url, done.thumbnail_url, done.status_update_time],
      ['completed', 1280, 720, `${relay.url}/media/dunes-720.mp4`, `${relay.url}/media/dunes.jpg`, BORN + 10_000],
    );
    assert.equal(done.detail.gif_url, `${relay.url}/media/dunes.gif`);
    assert.equal(done.detail.draft_info.created_at, BORN / 1000);
    assert.deepEqual(done.detail.draft_info.encodings, {
      md: { path: `${relay.url}/media/dunes-360.mp4` },
      gif: { path: `${relay.url}/media/dunes.gif` },
      source: { path: `${relay.url}/media/dunes-720.mp4` },
      unfurl: null,
      source_wm: { path: `${relay.url}/media/dunes-720.mp4` },
      thumbnail: { path: `${relay.url}/media/dunes.jpg` },
    });
    assert.equal('error' in done, false);
  });

  test('of Veo makes the source first, then upscales it', async () => {
    const seen = [];
    for (const age of [0, 3000, 7000, 7800, 10_000]) {
      const body = await relay.unifiedAt('veo3.1-fast:task_completes', age);
      seen.push([
        body.status,
        body.video_url,
        body.detail.running,
        body.detail.video_url,
        body.detail.upsample_video_url,
      ]);
    }
    const source = `${relay.url}/media/dunes-360.mp4`;
    const upscaled = `${relay.url}/media/dunes-720.mp4`;
    assert.deepEqual(seen, [
      ['pending', null, true, undefined, undefined],
      ['video_generating', null, true, undefined, undefined],
      ['video_generation_completed', null, true, source, undefined],
      ['video_upsampling', null, true, source, undefined],
      ['completed', upscaled, false, source, upscaled],
    ]);
    const done = await relay.unifiedAt('veo3.1-fast:task_completes', 10_000);
    assert.deepEqual([done.detail.created_at, done.detail.completed_at], [BORN, BORN + 10_000]);
    assert.equal(done.detail.req.enable_upsample, true);
    assert.equal(done.detail.error_message, undefined);
  });

  test('of Grok is flat and answers with an id of its own, always the same', async () => {
    const [first, done] = [
      await relay.unifiedAt('grok:task_completes', 0),
      await relay.unifiedAt('grok:task_completes', 10_000),
    ];
    assert.match(first.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(Object.keys(first), ['id', 'status', 'video_url', 'enhanced_prompt', 'status_update_time']);
    assert.deepEqual([first.status, first.video_url, first.status_update_time], ['pending', null, BORN]);
    assert.deepEqual(
      [done.id, done.status, done.video_url],
      [first.id, 'completed', `${relay.url}/media/dunes-720.mp4`],
    );
    assert.equal((await relay.unifiedAt('grok:task_completes', 5000)).status, 'processing');
  });

  test('is what 22codex’s route answers too, for the same life', async () => {
    relay.clock = BORN;
    await (await relay.unified('sora-2:task_completes-22')).json();
    relay.clock = BORN + 10_000;
    const body = await (await relay.ask('/v1/videos/video_id?id=sora-2:task_completes-22')).json();
    assert.deepEqual(body, await (await relay.unified('sora-2:task_completes-22')).json());
    assert.equal(body.status, 'completed');
  });
});

test('the OpenAI form: whole per cents and seconds, an error object, no URL', async () => {
  const path = '/v1/videos/sora-2%3Atask_completes-o';
  const common = {
    id: 'sora-2:task_completes-o',
    object: 'video',
    model: 'sora-2',
    prompt: 'Dunes under a low sun',
    created_at: BORN / 1000,
    expires_at: null,
    seconds: '4',
    size: '1280x720',
    remixed_from_video_id: null,
    error: null,
  };
  assert.deepEqual(await relay.bodyAt(path, 0), { ...common, status: 'queued', progress: 0, completed_at: null });
  assert.deepEqual(await relay.bodyAt(path, 5760), {
    ...common,
    status: 'in_progress',
    progress: 50,
    completed_at: null,
  });
  assert.deepEqual(await relay.bodyAt(path, 10_000), {
    ...common,
    status: 'completed',
    progress: 100,
    completed_at: BORN / 1000 + 10,
  });
  const failed = await relay.bodyAt('/v1/videos/veo3.1-fast:moderated-o', 10_000);
  assert.deepEqual(
    [failed.status, failed.model, failed.completed_at, failed.error.code],
    ['failed', 'veo3.1-fast', null, 'moderation_blocked'],
  );
});

test('new-api’s task form: capitals, progress as text, the reason in result_url', async () => {
  const path = '/v1/video/generations/grok:task_completes-n';
  const { data: queued, ...envelope } = await relay.bodyAt(path, 0);
  assert.deepEqual(envelope, { code: 'success', message: '' });
  assert.deepEqual(
    [queued.task_id, queued.status, queued.progress, queued.start_time, queued.finish_time],
    ['grok:task_completes-n', 'QUEUED', '0%', 0, 0],
  );
  const { data: working } = await relay.bodyAt(path, 5760);
  assert.deepEqual([working.status, working.progress, working.result_url], ['IN_PROGRESS', '50%', '']);
  const { data: done } = await relay.bodyAt(path, 10_000);
  assert.deepEqual(
    [done.status, done.progress, done.fail_reason, done.result_url],
    ['SUCCESS', '100%', '', `${relay.url}/media/dunes-720.mp4`],
  );
  assert.deepEqual(
    [done.submit_time, done.start_time, done.finish_time],
    [BORN / 1000, BORN / 1000 + 1, BORN / 1000 + 10],
  );
  const { data: failed } = await relay.bodyAt('/v1/video/generations/grok:fails-n', 10_000);
  assert.deepEqual([failed.status, failed.progress, failed.result_url], ['FAILURE', '100%', failed.fail_reason]);
});
