// @ts-check
/** What every runtime and every bundled page does with the package. No imports: it is copied into all of them. */

/** What `smoke` says where all is well. */
export const EXPECTED = [
  'query: sora queued',
  'parse: processing 0.4',
  'abort: the reason of the signal',
  'wait: completed with a video',
];

/**
 * @param {any} api the package
 * @param {string} baseUrl of the practice relay
 * @returns {Promise<string[]>}
 */
export async function smoke(api, baseUrl) {
  const run = Math.random().toString(36).slice(2);
  const options = { baseUrl, apiKey: 'demo-key' };
  const { provider, status } = await api.queryTask(`sora-2:task_completes-${run}`, options);
  const body = '{"id":"video_1","object":"video","model":"sora-2","status":"in_progress","progress":40}';
  const parsed = api.parseTask(body);
  return [
    `query: ${provider} ${status}`,
    `parse: ${parsed.status} ${parsed.progress}`,
    `abort: ${await abort(api, `sora-2:never_ends-${run}`, options)}`,
    `wait: ${await wait(api, `sora-2:task_completes-w${run}`, options)}`,
  ];
}

/** @param {any} api @param {string} id @param {object} options */
async function abort(api, id, options) {
  const controller = new AbortController();
  const reason = new Error('Enough.');
  const asked = api.queryTask(id, { ...options, signal: controller.signal });
  controller.abort(reason);
  return asked.then(
    () => 'it was answered',
    (/** @type {unknown} */ error) => (error === reason ? 'the reason of the signal' : String(error)),
  );
}

/** @param {any} api @param {string} id @param {object} options */
async function wait(api, id, options) {
  const task = await api.waitForTask(id, { ...options, intervalMs: 100 });
  return `${task.status} with ${task.videoUrl ? 'a' : 'no'} video`;
}
