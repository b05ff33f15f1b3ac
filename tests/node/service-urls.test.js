// @ts-check
/** What a service gives for a URL ends in pages and in downloads: none but http, https and data:video/ comes through. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTask, videoRequest } from './packed.js';

const HOSTILE = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript://a.example/%0aalert(1)',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://a.example/1',
  'filesystem:https://a.example/1',
  'ftp://a.example/v.mp4',
  'ws://a.example/v',
  'about:blank',
  'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml,<svg onload=alert(1)>',
  'data:,x',
  'data:video',
  'DATA:TEXT/HTML,x',
  'data:video/mp4\n,x',
  'mailto:a@a.example',
  'intent://a#Intent;end',
  '//a.example/v.mp4',
  '/\\a.example/v.mp4',
  '\\\\a.example\\v.mp4',
  'https:a.example/v.mp4',
  'https:/a.example/v.mp4',
  'https://',
  'http:///v.mp4',
  'https://a b.example/',
  'https://a.example/\u0000',
  'https://a.example/\nX: y',
  'view-source:https://a.example',
  'No video was made.',
];

/** Bodies with a URL wherever one can stand. @type {Record<string, (url: string) => object>} */
const BODIES = {
  unified: (url) => ({
    id: 'sora-2:1',
    status: 'completed',
    video_url: url,
    upsample_video_url: url,
    thumbnail_url: url,
    url,
    detail: {
      url,
      gif_url: url,
      thumbnail_url: url,
      draft_info: {
        downloadable_url: url,
        encodings: { source: { path: url }, md: { path: url }, gif: { path: url }, thumbnail: { path: url } },
      },
    },
  }),
  openai: (url) => ({
    id: 'video_1',
    object: 'video',
    model: 'sora-2',
    status: 'completed',
    video_url: url,
    url,
    metadata: { url },
    video: { url },
  }),
  'new-api': (url) => ({
    code: 'success',
    data: { task_id: '1', status: 'SUCCESS', progress: '100%', result_url: url, fail_reason: url },
  }),
  kling: (url) => ({
    code: 0,
    data: { task_id: '1', task_status: 'succeed', task_result: { videos: [{ url, watermark_url: url }] } },
  }),
  google: (url) => ({
    name: 'operations/1',
    done: true,
    response: { generateVideoResponse: { generatedSamples: [{ video: { uri: url } }] } },
  }),
  luma: (url) => ({ id: '1', state: 'completed', assets: { video: url, image: url }, failure_reason: null }),
  minimax: (url) => ({
    task_id: '1',
    status: 'Success',
    file_id: url,
    base_resp: { status_code: 0, status_msg: 'success' },
  }),
};

/** Every URL that a task shows. @param {import('../../pkg/index.js').Task} task */
const shown = ({ videoUrl, videos, thumbnailUrl, previewUrl }) =>
  [videoUrl, thumbnailUrl, previewUrl, ...videos.map(({ url }) => url)].filter((url) => url !== null);

for (const [name, body] of Object.entries(BODIES)) {
  test(`in a body of ${name}`, async () => {
    for (const url of HOSTILE) {
      for (const options of [{}, { baseUrl: 'https://relay.example/v1' }]) {
        const task = parseTask(body(url), options);
        for (const each of shown(task)) {
          assert.match(each, /^https?:\/\/[^/\s\\]+\/|^data:video\//, url);
          assert.equal(new URL(each).host.endsWith('a.example'), false, url);
        }
        assert(task.contentPath === null || /^\/[^/\\]/.test(task.contentPath), `${url}: ${task.contentPath}`);
        const request = await videoRequest(task, options).catch(({ code }) =>
          assert.equal(code, 'invalid_argument', url),
        );
        if (request) assert.match(request.url, /^https:\/\/(relay\.example|api\.quickrouter\.ai)\//, url);
      }
    }
  });
}
