// @ts-check
/** The practice relay: what the names of its tasks promise. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BORN, practiceRelay } from './practice-relay.js';

const relay = practiceRelay();

describe('what the names promise', () => {
  test('fails: a reason where each form carries it, and the instant it ended at', async () => {
    const reason = 'The model stopped half way and returned no frames';
    const sora = await relay.unifiedAt('sora-2:fails', 20_000);
    assert.deepEqual(
      [
        sora.status,
        sora.error,
        sora.detail.pending_info.failure_reason,
        sora.detail.pending_info.moderation_result.type,
      ],
      ['failed', reason, reason, 'passed'],
    );
    assert.equal(sora.status_update_time, BORN + 6000);
    const veo = await relay.unifiedAt('veo3.1-fast:fails', 20_000);
    assert.deepEqual(
      [veo.status, veo.error, veo.detail.status, veo.detail.error_message, veo.detail.video_generation_error],
      ['failed', { code: 'generation_failed', message: reason }, 'video_generation_failed', reason, reason],
    );
    const grok = await relay.unifiedAt('grok:fails', 20_000);
    assert.deepEqual([grok.status, grok.error.message, grok.video_url], ['failed', reason, null]);
    assert.equal((await relay.unifiedAt('grok:fails-later', 5900)).status, 'processing');
  });

  test('moderated: the filter’s verdict', async () => {
    const sora = await relay.unifiedAt('sora-2:moderated', 4000);
    assert.equal(sora.status, 'failed');
    assert.deepEqual(
      [sora.detail.pending_info.moderation_result.type, sora.detail.pending_info.moderation_result.code],
      ['content_violation', 'content_policy_violation'],
    );
    assert.equal((await relay.unifiedAt('veo3.1-fast:moderated', 4000)).error.code, 'content_policy_violation');
    assert.equal((await relay.unifiedAt('grok:moderated', 3900)).status, 'processing');
  });

  test('recovers: completed, with the error of an earlier try still in the body', async () => {
    const veo = await relay.unifiedAt('veo3.1-fast:recovers', 10_000);
    assert.deepEqual([veo.status, veo.detail.retry_count, veo.error], ['completed', 2, undefined]);
    assert.match(veo.detail.error_message, /^\[503\] /);
    assert.match((await relay.unifiedAt('sora-2:recovers', 10_000)).error, /^\[503\] /);
    assert.equal((await relay.unifiedAt('grok:recovers', 0)).error, undefined);
  });

  test('slow takes 7.5 lives, never_ends stops at 0.9', async () => {
    assert.equal((await relay.unifiedAt('sora-2:slow', 74_999)).status, 'pending');
    assert.equal((await relay.unifiedAt('sora-2:slow', 75_000)).status, 'completed');
    const stuck = await relay.unifiedAt('sora-2:never_ends', 1e9);
    assert.deepEqual([stuck.status, stuck.detail.pending_info.progress_pct], ['pending', 0.9]);
    assert.equal(stuck.status_update_time, BORN + 9150);
    assert.equal((await relay.unifiedAt('veo3.1-fast:never_ends', 1e9)).status, 'video_generating');
  });

  test('rate_limited: 429 with Retry-After and the service’s words; silent: neither', async () => {
    const loud = await relay.unified('veo3.1-fast:rate_limited');
    assert.deepEqual([loud.status, loud.headers.get('retry-after')], [429, '1']);
    const requestId = loud.headers.get('x-oneapi-request-id');
    assert.deepEqual(await loud.json(), {
      error: {
        message: `当前分组上游负载已饱和，请稍后再试 (request id: ${requestId})`,
        type: 'new_api_error',
        code: '',
      },
    });
    const silent = await relay.unified('veo3.1-fast:rate_limited_silent-1');
    assert.deepEqual([silent.status, silent.headers.get('retry-after'), await silent.text()], [429, null, '']);
  });

  test('errors_twice: 500, 500, then the task, one count for each id', async () => {
    relay.clock = BORN;
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await relay.unified('grok:errors_twice-x')).status);
    assert.deepEqual(statuses, [500, 500, 200, 200]);
    assert.equal((await relay.unified('grok:errors_twice-y')).status, 500);
  });

  test('bad_gateway: a proxy’s page, which repeats nothing of the request', async () => {
    const response = await relay.unified('sora-2:bad_gateway-<script>');
    assert.deepEqual([response.status, response.headers.get('content-type')], [502, 'text/html']);
    const html = await response.text();
    assert.match(html, /^<html>\r\n<head><title>502 Bad Gateway<\/title>/);
    assert.doesNotMatch(html, /script/);
  });

  test('cut_off: half of the declared length, then the line drops', async () => {
    const response = await relay.unified('sora-2:cut_off');
    assert.equal(response.status, 200);
    await assert.rejects(response.text(), { message: 'terminated' });
    const { declared, received } = await relay.rawGet('/v1/video/query?id=sora-2:cut_off');
    assert.equal(received, Math.floor(declared / 2));
  });

  test('truncated_json: a complete answer that is no JSON; empty_202: none at all', async () => {
    const broken = await relay.unified('sora-2:truncated_json');
    assert.equal(broken.status, 200);
    const text = await broken.text();
    assert.match(text, /^\{"id":"sora-2:truncated_json",/);
    assert.throws(() => JSON.parse(text), SyntaxError);
    const empty = await relay.unified('grok:empty_202');
    assert.deepEqual([empty.status, empty.headers.get('content-type'), await empty.text()], [202, null, '']);
  });
});
