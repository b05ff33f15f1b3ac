// @ts-check
/** Which service `videoRequest` goes to, and what it sends there: that of the call that gave the task. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient, queryTask, videoRequest, waitForTask, watchTask, watchTasks } from './packed.js';
import { body } from './script.js';

const KEY = 'sk-secret-key-1';
const RELAY = 'https://relay.example';

/** Options for a relay that has nothing but a path to the video. @param {string} baseUrl @param {object} [more] */
const at = (baseUrl, more) => ({
  baseUrl,
  endpoint: 'openai',
  fetch: async () =>
    Response.json({ id: 'video_1', object: 'video', model: 'sora-2', status: 'completed', progress: 100 }),
  ...more,
});

/** The key of the environment, until the test is over. @param {import('node:test').TestContext} t */
function keyInEnvironment(t) {
  process.env.VIDEO_TASK_API_KEY = 'key-of-environment';
  t.after(() => delete process.env.VIDEO_TASK_API_KEY);
}

/** @param {Request} request */
const whereAndWith = ({ url, headers }) => [url, headers.get('authorization'), headers.get('x-team')];

test('a task is fetched where it was asked for, however it came', async (t) => {
  keyInEnvironment(t);
  const options = at(RELAY);
  const expected = [`${RELAY}/v1/videos/video_1/content`, 'Bearer key-of-environment', null];
  const tasks = [await queryTask('video_1', options), await waitForTask('video_1', options)];
  for await (const task of watchTask('video_1', options)) tasks.push(task);
  for await (const { task } of watchTasks(['video_1'], options)) if (task) tasks.push(task);
  await waitForTask('video_1', { ...options, onUpdate: (task) => void tasks.push(task) });
  tasks.push(await createClient(options).queryTask('video_1'));
  assert.equal(tasks.length, 6);
  for (const task of tasks) assert.deepEqual(whereAndWith(await videoRequest(task)), expected);
});

test('a URL within the site where the task was asked for gets the key', async (t) => {
  keyInEnvironment(t);
  const fetch = async () => Response.json(body('completed', { video_url: '/files/v.mp4' }));
  const request = await videoRequest(await queryTask('sora-2:task_1', { baseUrl: RELAY, fetch }));
  assert.deepEqual(whereAndWith(request), [`${RELAY}/files/v.mp4`, 'Bearer key-of-environment', null]);
});

test('the service of a task gets the key and the headers that it has had, and none that belong to another', async (t) => {
  keyInEnvironment(t);
  const client = createClient({
    baseUrl: 'https://other.example',
    apiKey: 'key-of-other',
    headers: { 'x-team': 'of other' },
  });
  const path = '/v1/videos/video_1/content';
  const own = await queryTask('video_1', at(RELAY, { apiKey: KEY, headers: { 'x-team': '7' } }));
  for (const videoRequestOf of [videoRequest, client.videoRequest]) {
    assert.deepEqual(whereAndWith(await videoRequestOf(own)), [RELAY + path, `Bearer ${KEY}`, '7']);
  }
  assert.deepEqual(whereAndWith(await client.videoRequest(own, { apiKey: 'new' })), [RELAY + path, 'Bearer new', '7']);
  const none = await queryTask('video_1', at(RELAY, { apiKey: '' }));
  assert.deepEqual(whereAndWith(await client.videoRequest(none)), [RELAY + path, null, null]);
  const unsaid = await queryTask('video_1', at(RELAY));
  assert.deepEqual(whereAndWith(await client.videoRequest(unsaid)), [RELAY + path, 'Bearer key-of-environment', null]);
});

test('a baseUrl of the call goes before that of the task, and a copy of a task has none', async (t) => {
  keyInEnvironment(t);
  const client = createClient({ baseUrl: 'https://other.example', apiKey: 'key-of-other' });
  const path = '/v1/videos/video_1/content';
  const task = await queryTask('video_1', at(RELAY, { apiKey: KEY }));
  const third = { baseUrl: 'https://third.example' };
  assert.deepEqual(whereAndWith(await videoRequest(task, third)), [
    `https://third.example${path}`,
    'Bearer key-of-environment',
    null,
  ]);
  assert.deepEqual(whereAndWith(await client.videoRequest(task, third)), [
    `https://third.example${path}`,
    'Bearer key-of-other',
    null,
  ]);
  for (const copy of [{ ...task }, JSON.parse(JSON.stringify(task))]) {
    assert.deepEqual(whereAndWith(await client.videoRequest(copy)), [
      `https://other.example${path}`,
      'Bearer key-of-other',
      null,
    ]);
  }
  // Asked for where nothing was said, it was asked for at the default service, with the key of the environment.
  const unsaid = await queryTask('video_1', { ...at(''), baseUrl: undefined });
  for (const asking of [client.videoRequest, videoRequest]) {
    assert.deepEqual(whereAndWith(await asking(unsaid)), [
      `https://api.quickrouter.ai${path}`,
      'Bearer key-of-environment',
      null,
    ]);
  }
});

test('the key and headers of a task that was asked for without a baseUrl go along too', async () => {
  const fetch = async () => new Response('{"id":"video_1","object":"video","model":"sora-2","status":"completed"}');
  const options = { apiKey: KEY, headers: { 'x-team': '7' }, endpoint: 'openai', fetch };
  const other = createClient({ baseUrl: 'https://other.example', apiKey: 'sk-of-the-other' });
  const request = await other.videoRequest(await queryTask('video_1', options));
  assert.deepEqual(
    [request.url, request.headers.get('authorization'), request.headers.get('x-team')],
    ['https://api.quickrouter.ai/v1/videos/video_1/content', `Bearer ${KEY}`, '7'],
  );
});
