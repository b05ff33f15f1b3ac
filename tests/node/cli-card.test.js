// @ts-check
/** The cards of `vtq`, line for line: what a person is told of a task, and of an error. */
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { program } from './command.js';

/** @type {typeof import('../../pkg/cli/card.js')} */
const { card, errorCard } = await import(pathToFileURL(join(dirname(program), 'card.js')).href);

const NOW = Date.parse('2026-02-06T04:00:00Z');
const paint = (/** @type {string} */ _, /** @type {string} */ text) => text;

/** The lines below the first of a task that has only this. @param {object} task */
function below(task) {
  const nothing = Object.fromEntries(
    `rawStatus model stage progress queuePosition estimatedWaitMs thumbnailUrl previewUrl contentPath width height
    durationSeconds prompt error createdAt completedAt updatedAt`
      .split(/\s+/)
      .map((name) => [name, null]),
  );
  const whole = { id: 'a:1', status: 'completed', provider: 'unknown', videos: [], warnings: [], ...nothing, ...task };
  const [first, ...lines] = card(/** @type {any} */ (whole), { paint, now: NOW });
  assert.equal(first, `${whole.status}  a:1`);
  return lines;
}

/** @param {object} more */
const video = (more) => ({ kind: 'source', width: null, height: null, expiresAt: null, needsAuth: false, ...more });

describe('the card of a task', () => {
  for (const [what, task, lines] of /** @type {[string, object, string[]][]} */ ([
    ['nothing more', {}, []],
    [
      'how far it is, and what is before it',
      { status: 'queued', progress: 0.05, stage: 'upscaling', queuePosition: 4, estimatedWaitMs: 61_000 },
      ['  progress   5 %, upscaling, 4 in the queue before it, about 1 min 1 s left, says the service'],
    ],
    ['no progress once it has completed', { progress: 1 }, []],
    ['the progress at which it failed', { status: 'failed', progress: 0.4 }, ['  progress   40 %']],
    ['a word that nobody knows', { status: 'unknown', rawStatus: 'zap' }, ['  progress   the service says “zap”']],
    ['no other word of the service', { rawStatus: 'SUCCESS' }, []],
    ['model and provider', { model: 'sora-2', provider: 'sora' }, ['  model      sora-2 (sora)']],
    ['a provider alone', { provider: 'sora' }, ['  model      (sora)']],
    ['a model alone', { model: 'x-1' }, ['  model      x-1']],
    ['a model that is called as its provider', { model: 'kling', provider: 'kling' }, ['  model      kling']],
    ['its size', { width: 1280, height: 720, durationSeconds: 8 }, ['  size       1280 × 720, 8 s']],
    ['no half of a size', { width: 1280 }, []],
    [
      'a reason without a name',
      { status: 'failed', error: { reason: 'unknown', code: null, message: 'No frames' } },
      ['  reason     No frames'],
    ],
    [
      'a reason, its code, and warnings',
      {
        status: 'failed',
        error: { reason: 'moderation', code: 'E17', message: 'No' },
        warnings: [{ code: 'unsafe_url', message: 'left out' }],
      },
      ['  reason     moderation: No (E17)', '  warning    unsafe_url: left out'],
    ],
    [
      'when it was made and when it was seen last',
      { status: 'queued', createdAt: NOW - 60_000, updatedAt: NOW - 1000 },
      ['  created    1 min ago (2026-02-06 03:59:00 UTC)', '  updated    1 s ago (2026-02-06 03:59:59 UTC)'],
    ],
    [
      'when it ended, and how long it took',
      { createdAt: NOW - 60_000, completedAt: NOW - 5000, updatedAt: NOW },
      ['  created    1 min ago (2026-02-06 03:59:00 UTC)', '  ended      5 s ago (2026-02-06 03:59:55 UTC), took 55 s'],
    ],
    [
      'no time that it took where it ended before it was made',
      { createdAt: NOW - 5000, completedAt: NOW - 60_000 },
      ['  created    5 s ago (2026-02-06 03:59:55 UTC)', '  ended      1 min ago (2026-02-06 03:59:00 UTC)'],
    ],
    [
      'when it ended, though nobody knows when it was made',
      { completedAt: NOW - 5000 },
      ['  ended      5 s ago (2026-02-06 03:59:55 UTC)'],
    ],
    ['its prompt', { prompt: 'Dunes' }, ['  prompt     Dunes']],
  ])) {
    test(`has ${what}`, () => assert.deepEqual(below(task), lines));
  }

  test('is named as it was asked for', () => {
    const task = /** @type {any} */ ({ id: 'video_1', status: 'queued', videos: [], warnings: [] });
    const [first] = card({ ...task, progress: null, stage: null, model: null }, { paint, now: NOW, name: 'a:1' });
    assert.equal(first, 'queued  a:1');
  });
});

describe('the videos on a card', () => {
  const [up, plain] = ['https://cdn.example/up.mp4', 'https://cdn.example/v.mp4'];

  test('have their kinds where there are several, and what one has to know of each', () => {
    const videos = [
      video({ url: up, kind: 'upscaled', width: 3840, height: 2160, expiresAt: NOW + 3_600_000, needsAuth: true }),
      video({ url: plain, expiresAt: NOW - 60_000 }),
    ];
    assert.deepEqual(below({ videos }), [
      `  video      ${up}`,
      '             upscaled, 3840 × 2160, needs the key, expires in 1 h',
      `             ${plain}`,
      '             source, expired 1 min ago',
    ]);
    assert.deepEqual(below({ videos: [video({ url: plain })] }), [`  video      ${plain}`]);
  });

  test('are ten at most', () => {
    const videos = (/** @type {number} */ count) => Array.from({ length: count }, () => video({ url: plain }));
    assert.equal(below({ videos: videos(10) }).length, 20);
    assert.deepEqual(below({ videos: videos(12) }).slice(20), ['             and 2 more: see --json']);
  });

  test('that the service serves itself are told by their path, where there is no URL', () => {
    const contentPath = '/v1/videos/a/content';
    assert.deepEqual(below({ contentPath }), [`  video      at ${contentPath} on the service, with the key`]);
    assert.deepEqual(below({ contentPath, videos: [video({ url: plain })] }), [`  video      ${plain}`]);
  });

  test('come before still and preview', () => {
    const pictures = { thumbnailUrl: 'https://cdn.example/a.jpg', previewUrl: 'https://cdn.example/a.gif' };
    assert.deepEqual(below({ ...pictures, videos: [video({ url: plain })] }), [
      `  video      ${plain}`,
      `  still      ${pictures.thumbnailUrl}`,
      `  preview    ${pictures.previewUrl}`,
    ]);
  });

  test('whose URL is no line any more are told by its beginning', () => {
    const [data, long] = ['data:video/mp4;base64,'.padEnd(500, 'A'), 'https://cdn.example/'.padEnd(8001, 'x')];
    const whole = long.slice(0, 8000);
    const urls = [data, long, whole].map((url) => below({ videos: [video({ url })] })[0]);
    assert.deepEqual(urls, [
      `  video      ${data.slice(0, 39)}… (500 characters: --download saves it)`,
      `  video      ${long.slice(0, 39)}… (8001 characters: see --json)`,
      `  video      ${whole}`,
    ]);
  });
});

describe('the card of an error', () => {
  /** @param {object} error @param {'ask' | 'read'} [act] */
  const told = (error, act = 'ask') => errorCard('a:1', error, { paint, act });

  test('has the service’s code where the service said no more', () => {
    const lines = (/** @type {string | null} */ serviceMessage) =>
      told({ code: 'bad_request', message: 'The prompt is null.', serviceCode: 'E17', serviceMessage });
    const above = ['could not ask  a:1', '  reason     bad_request: The prompt is null.'];
    assert.deepEqual(lines(null), [...above, '  service    E17']);
    assert.deepEqual(lines('no prompt'), [...above, '  service    E17: no prompt']);
    // Its words are in the message already.
    assert.deepEqual(lines('prompt is null'), above);
  });

  test('has the status, the request’s id, how many requests there were, and when to ask again', () => {
    const error = { code: 'server', message: 'No.', status: 503, requestId: 'r-1', attempts: 3, retryAfterMs: 90_000 };
    assert.deepEqual(told(error), [
      'could not ask  a:1',
      '  reason     server: No.',
      '  answer     HTTP 503, request id r-1, 3 requests',
      '  again      in 1 min 30 s, says the service',
    ]);
    assert.deepEqual(told({ code: 'network', message: 'No.', status: null, attempts: 1, retryAfterMs: null }), [
      'could not ask  a:1',
      '  reason     network: No.',
    ]);
  });

  test('has the task as it was seen last', () => {
    const task = { status: 'processing', progress: 0.4 };
    assert.deepEqual(told({ code: 'server', message: 'No.', task }), [
      'could not go on asking  a:1',
      '  reason     server: No.',
      '  last seen  processing, 40 %',
    ]);
    const [, , last] = told({ code: 'server', message: 'No.', task: { status: 'queued', progress: null } });
    assert.equal(last, '  last seen  queued');
  });

  test('has the package’s words in the names of the command, and the service’s as they are', () => {
    const message = 'maxBodyBytes is over. It says: maxBodyBytes and It says: timeoutMs';
    assert.deepEqual(told({ code: 'bad_request', message }, 'read'), [
      'could not read  a:1',
      '  reason     bad_request: --max-body-bytes is over. It says: maxBodyBytes and It says: timeoutMs',
    ]);
    // A word that sentences have.
    assert.equal(told({ code: 'bad_request', message: 'The endpoint.' })[1], '  reason     bad_request: The endpoint.');
  });
});
