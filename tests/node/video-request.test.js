// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureOf } from './failure.js';
import { parseTask, videoRequest } from './packed.js';
import { body } from './script.js';
import { serve } from './service.js';

const KEY = 'sk-secret-key-1';
const video = Buffer.from('not really a video');

/** @param {import('node:test').TestContext} t */
const media = (t) => serve(t, () => ({ headers: { 'content-type': 'video/mp4' }, body: video }));

/** @param {string} url */
const done = (url) => parseTask(body('completed', { video_url: url }));

test('the key goes along to the own origin', async (t) => {
  const own = await media(t);
  const request = await videoRequest(done(`${own.url}/v.mp4`), { baseUrl: own.url, apiKey: KEY });
  assert.deepEqual(Buffer.from(await (await fetch(request)).arrayBuffer()), video);
  assert.equal(own.requests[0]?.headers.authorization, `Bearer ${KEY}`);
});

test('neither the key nor own headers go to any other origin', async (t) => {
  const [own, other] = [await media(t), await media(t)];
  const options = { baseUrl: own.url, apiKey: KEY, headers: { 'x-api-key': KEY } };
  await (await fetch(await videoRequest(done(`${other.url}/v.mp4`), options))).arrayBuffer();
  assert.equal(JSON.stringify(other.requests).includes(KEY), false);
  assert.equal(other.requests.length, 1);
});

test('the accept and content-type of a question do not go along, those of the caller’s own do', async () => {
  const task = done('https://own.example/v.mp4');
  const asked = async (/** @type {Record<string, string> | undefined} */ headers) => {
    const request = await videoRequest(task, { baseUrl: 'https://own.example', apiKey: KEY, headers });
    return ['accept', 'content-type'].map((name) => request.headers.get(name));
  };
  assert.deepEqual(await asked(undefined), [null, null]);
  assert.deepEqual(await asked({ Accept: 'video/mp4' }), ['video/mp4', null]);
});

test('no own headers, be they an empty object, keep a redirection from being followed', async () => {
  for (const headers of [undefined, {}, [], new Headers()]) {
    const options = /** @type {any} */ ({ baseUrl: 'https://own.example', apiKey: KEY, headers });
    assert.equal((await videoRequest(done('https://own.example/v.mp4'), options)).redirect, 'follow');
  }
});

test('a redirection takes neither to another origin', async (t) => {
  const other = await media(t);
  const own = await serve(t, () => ({ status: 302, headers: { location: `${other.url}/v.mp4` } }));
  const task = done(`${own.url}/v.mp4`);
  await (await fetch(await videoRequest(task, { baseUrl: own.url, apiKey: KEY }))).arrayBuffer();
  assert.equal(other.requests.length, 1);
  await assert.rejects(fetch(await videoRequest(task, { baseUrl: own.url, headers: { 'x-api-key': KEY } })));
  assert.equal(other.requests.length, 1);
  assert.equal(JSON.stringify(other.requests).includes(KEY), false);
});

test('a path on the service is asked there, behind its own prefix', async (t) => {
  const own = await media(t);
  const task = { ...done(''), videos: [], videoUrl: null, contentPath: '/v1/videos/video_1/content' };
  for (const [prefix, path] of [
    ['', '/v1/videos/video_1/content'],
    ['/relay', '/relay/v1/videos/video_1/content'],
    ['/v1', '/v1/videos/video_1/content'],
  ]) {
    await (
      await fetch(await videoRequest(/** @type {any} */ (task), { baseUrl: own.url + prefix, apiKey: KEY }))
    ).arrayBuffer();
    const asked = own.requests.at(-1);
    assert.deepEqual([asked?.path, asked?.headers.authorization], [path, `Bearer ${KEY}`]);
  }
});

test('a video in the answer itself needs nobody', async () => {
  const request = await videoRequest(done(`data:video/mp4;base64,${video.toString('base64')}`), { apiKey: KEY });
  assert.equal(request.headers.has('authorization'), false);
  assert.deepEqual(Buffer.from(await (await fetch(request)).arrayBuffer()), video);
});

test('a kind can be chosen, and what is not there is named', async () => {
  const task = parseTask(
    body('completed', { video_url: 'https://cdn.example/s.mp4', upsample_video_url: 'https://cdn.example/u.mp4' }),
  );
  assert.equal((await videoRequest(task)).url, 'https://cdn.example/u.mp4');
  assert.equal((await videoRequest(task, { kind: 'source' })).url, 'https://cdn.example/s.mp4');
  assert.equal(
    (await failureOf(videoRequest(task, { kind: 'medium' }))).message,
    "The task has no video of the kind 'medium': there is upscaled, source.",
  );
  const { videos } = task;
  const sources = /** @type {any} */ ({ ...task, videos: [videos[1], videos[1]], contentPath: '/content' });
  for (const [kind, words] of [
    ['medium', 'there is source'],
    ['upscaled', 'there is source'],
  ]) {
    assert.equal(
      (await failureOf(videoRequest(sources, { kind: /** @type {any} */ (kind) }))).message,
      `The task has no video of the kind '${kind}': ${words}.`,
    );
  }
  assert.equal(
    (await failureOf(videoRequest({ ...task, videos: [] }, { kind: 'source' }))).message,
    "The task has no video of the kind 'source': there is none at all.",
  );
  assert.equal((await videoRequest(sources, { kind: /** @type {any} */ (null) })).url, 'https://cdn.example/u.mp4');
  const none = /** @type {any} */ ({ videos: [], status: 'expired' });
  assert.equal((await failureOf(videoRequest(none))).message, 'The task has no video: it is expired.');
  const waiting = await failureOf(videoRequest(parseTask(body('processing'))));
  assert.deepEqual([waiting.code, waiting.message], ['invalid_argument', 'The task has no video: it is processing.']);
});

test('nothing but a video’s URL is asked for', async () => {
  for (const videoUrl of [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,hi',
    '//host/v.mp4',
    'ftp://host/v',
  ]) {
    const error = await failureOf(videoRequest(/** @type {any} */ ({ ...done(''), videoUrl })));
    assert.equal(error.message, "A video's URL must begin with https://, http:// or data:video/.", videoUrl);
  }
});

test('whatever a service gives for a URL or a path, the key goes along to no other origin', async (t) => {
  const [own, other] = [await media(t), await media(t)];
  const { host } = new URL(other.url);
  const places = [
    other.url,
    `//${host}/v.mp4`,
    `/\\${host}/v.mp4`,
    `\\\\${host}\\v.mp4`,
    `http:/${host}/v.mp4`,
    `http:${host}/v.mp4`,
    `http:///${host}/v.mp4`,
    `\t${other.url}`,
    ` ${other.url}`,
    `HTTP://${host}/v.mp4`,
    `${own.url}@${host}/v.mp4`,
    `${own.url}.${host}/v.mp4`,
    `${own.url.replace('http://', 'http://x:y@')}@${host}/`,
    `@${host}/v.mp4`,
    `.${host}/v.mp4`,
    `:80@${host}/v.mp4`,
    `/v1/..//${host}/v.mp4`,
    `/%2f${host}/v.mp4`,
    `http://localhost:${new URL(own.url).port}/v.mp4`,
  ];
  for (const place of places) {
    for (const task of [
      { ...done(''), videoUrl: place },
      { ...done(''), videoUrl: null, contentPath: place },
      done(place),
    ]) {
      const made = videoRequest(/** @type {any} */ (task), {
        baseUrl: own.url,
        apiKey: KEY,
        headers: { 'x-api-key': KEY },
      });
      const request = await made.catch((error) => assert.equal(error.code, 'invalid_argument', place));
      if (!request) continue;
      const isOwn = new URL(request.url).origin === own.url;
      assert.deepEqual([request.headers.has('authorization'), request.headers.has('x-api-key')], [isOwn, isOwn], place);
      assert.equal(request.url.includes(KEY), false);
      await fetch(request).then(
        (response) => response.arrayBuffer(),
        () => {},
      );
    }
  }
  assert.equal(JSON.stringify(other.requests).includes(KEY), false);
});

test('the key does not follow a URL of a shape that wants one to another origin', async (t) => {
  const [own, other] = [await media(t), await media(t)];
  const operation = {
    name: 'operations/1',
    done: true,
    response: {
      generateVideoResponse: { generatedSamples: [{ video: { uri: `${other.url}/v:download?alt=media` } }] },
    },
  };
  const task = parseTask(operation, { baseUrl: own.url });
  assert.equal(task.videoUrl, `${other.url}/v:download?alt=media`);
  const request = await videoRequest(task, { baseUrl: own.url, apiKey: KEY });
  assert.equal(request.headers.has('authorization'), false);
  await (await fetch(request)).arrayBuffer();
  assert.deepEqual([other.requests.length, JSON.stringify(other.requests).includes(KEY)], [1, false]);
});

test('a key function that is waited for ends with timeoutMs, and with the signal', async () => {
  const task = done('https://own.example/v.mp4');
  const options = { baseUrl: 'https://own.example', apiKey: () => new Promise(() => {}) };
  const late = await failureOf(videoRequest(task, /** @type {any} */ ({ ...options, timeoutMs: 20 })));
  assert.deepEqual([late.code, late.message], ['timeout', 'The apiKey function gave no key within timeoutMs.']);
  const controller = new AbortController();
  const waiting = videoRequest(task, /** @type {any} */ ({ ...options, signal: controller.signal }));
  const soon = setTimeout(() => controller.abort('enough'), 20);
  await assert.rejects(waiting, (reason) => reason === 'enough');
  clearTimeout(soon);
});

test('what a key function throws is told without any secret', async () => {
  const apiKey = () => {
    throw new Error(`refused: ${KEY}`);
  };
  const options = { baseUrl: 'https://own.example', apiKey, headers: { 'x-api-key': KEY } };
  const { cause } = await failureOf(videoRequest(done('https://own.example/v.mp4'), options));
  assert.equal(/** @type {Error} */ (cause).message, 'refused: [key]');
});

test('a signal goes along with the request', async () => {
  for (const url of ['https://own.example/v.mp4', 'https://cdn.example/v.mp4']) {
    const controller = new AbortController();
    const request = await videoRequest(done(url), { baseUrl: 'https://own.example', signal: controller.signal });
    assert.equal(request.signal.aborted, false);
    controller.abort('enough');
    assert.deepEqual([request.signal.aborted, request.signal.reason], [true, 'enough']);
  }
});

test('a key over plain http is refused, and an abort is', async () => {
  const task = done('https://cdn.example/v.mp4');
  assert.match(
    (await failureOf(videoRequest(task, { baseUrl: 'http://relay.example', apiKey: KEY }))).message,
    /plain http/,
  );
  await assert.rejects(videoRequest(task, { signal: AbortSignal.abort('no') }), (reason) => reason === 'no');
});
