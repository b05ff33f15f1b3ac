// @ts-check
/** A query against a bare `fetch` and the services' own clients, on one server: time and CPU of one request. */
import { mapped } from './lib/by-hand.js';
import { ours } from './lib/ours.js';
import { peer } from './lib/peers.js';
import { ratio, rounds, samplesOf } from './lib/rounds.js';
import { time } from './lib/rows.js';
import { startServer } from './lib/server.js';

const ID = 'video_68f88d1e44988190b2614f6604afd3b80fb3f07d5e600d05';
const KEY = 'sk-0123456789abcdef';

const TARGETS = {
  'fetch + response.json()': { goal: 1.05, bar: 1.2 },
  'fetch + mapping': {},
  'openai videos.retrieve': { goal: 0.5, bar: 0.75 },
  '@runwayml/sdk tasks.retrieve': {},
  'replicate predictions.get': {},
  '@fal-ai/client queue.status': {},
};

/** @param {{ quick: boolean }} options @returns {Promise<import('./lib/rows.js').Row[]>} */
export async function bench({ quick }) {
  const { url, stop } = await startServer();
  const askers = await contestants(url);
  const requests = quick ? 20 : 100;
  /** @type {Record<string, number>[]} */
  const cpu = [];
  let round = /** @type {Record<string, number>} */ ({});
  const samplers = Object.entries(askers).map(([name, ask]) => [
    name,
    async () => {
      const [start, before] = [performance.now(), process.cpuUsage()];
      for (let request = 0; request < requests; request += 1) await ask();
      const { user, system } = process.cpuUsage(before);
      round[name] = (user + system) / 1000 / requests;
      if (Object.keys(round).length === Object.keys(askers).length) {
        cpu.push(round);
        round = {};
      }
      return (performance.now() - start) / requests;
    },
  ]);
  // Until the engine has compiled what is called often.
  for (let call = 0; call < requests * 10; call += 1) for (const ask of Object.values(askers)) await ask();
  const wall = await rounds(
    /** @type {Record<string, () => Promise<number>>} */ (Object.fromEntries(samplers)),
    quick ? 5 : 40,
  );
  stop();
  // The first round of the CPU is the one that warms up, as it is of the time.
  const measured = { 'time of a request': wall, 'CPU of a request': cpu.slice(1) };
  return Object.entries(measured).flatMap(([measure, all]) =>
    Object.entries(TARGETS).map(([name, targets]) => ({
      measure: `queryTask, ${measure}`,
      ours: time(samplesOf(all, 'queryTask').median),
      peer: name,
      theirs: time(samplesOf(all, name).median),
      value: ratio(all, 'queryTask', name),
      unit: /** @type {const} */ ('x'),
      ...targets,
    })),
  );
}

/** @param {string} url @returns {Promise<Record<string, () => Promise<unknown>>>} */
async function contestants(url) {
  const { queryTask } = await ours();
  const { default: OpenAI } = await peer('openai');
  const { default: Runway } = await peer('@runwayml/sdk');
  const { default: Replicate } = await peer('replicate');
  const { createFalClient } = await peer('@fal-ai/client');
  const openai = new OpenAI({ apiKey: KEY, baseURL: `${url}/v1` });
  const runway = new Runway({ apiKey: KEY, baseURL: url });
  const replicate = new Replicate({ auth: KEY, baseUrl: `${url}/v1` });
  // It has no base URL: what it asks for is sent elsewhere on its way.
  const requestMiddleware = async (/** @type {{ url: string }} */ request) => ({
    ...request,
    url: `${url}/fal${new URL(request.url).pathname}`,
  });
  const fal = createFalClient({ credentials: KEY, requestMiddleware });
  const get = async () =>
    (await fetch(`${url}/v1/videos/${ID}`, { headers: { authorization: `Bearer ${KEY}` } })).json();
  return {
    queryTask: () => queryTask(ID, { baseUrl: url, apiKey: KEY, endpoint: 'openai' }),
    'fetch + response.json()': get,
    'fetch + mapping': async () => mapped(await get()),
    'openai videos.retrieve': () => openai.videos.retrieve(ID),
    '@runwayml/sdk tasks.retrieve': () => runway.tasks.retrieve('17f20503-6c24-4c16-946b-35dbbce2af2f'),
    'replicate predictions.get': () => replicate.predictions.get('ufawqhfynnddngldkgtslldrkq'),
    '@fal-ai/client queue.status': () =>
      fal.queue.status('fal-ai/video', { requestId: '764cabcf-b745-4b3e-ae38-1200304cf45b' }),
  };
}
