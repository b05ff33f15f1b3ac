// @ts-check
/**
 * What a poll costs whose body is the one before: no task may be made of it. The engine counts the calls itself, by their
 * names, so these are the sources that the package's one file is made of. The bodies come from a fetch without a network.
 */
import { readFileSync } from 'node:fs';
import { Session as Inspector } from 'node:inspector/promises';
import { inCore, outcomeOf } from '../pkg/core.js';
import { Session } from '../pkg/dist/video_task_query.js';
import { loadNow } from '../pkg/load.js';
import { figure } from './lib/figures.js';
import { ratio, rounds, samplesOf } from './lib/rounds.js';
import { time } from './lib/rows.js';

/** @param {{ quick: boolean }} options @returns {Promise<import('./lib/rows.js').Row[]>} */
export async function bench({ quick }) {
  loadNow(readFileSync(new URL('../pkg/dist/video_task_query_bg.wasm', import.meta.url)));
  const polls = quick ? 200 : 2000;
  const inspector = new Inspector();
  inspector.connect();
  await inspector.post('Profiler.enable');
  await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const calls = async (/** @type {boolean} */ isSame) => {
    await inspector.post('Profiler.takePreciseCoverage');
    await poll(polls, isSame);
    const { result } = await inspector.post('Profiler.takePreciseCoverage');
    const made = result.flatMap(({ functions }) => functions).filter(({ functionName }) => functionName === 'taskOf');
    return made.reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
  };
  // Beside the first body.
  const [same, other] = [(await calls(true)) - 1, (await calls(false)) - 1];
  await inspector.post('Profiler.stopPreciseCoverage');
  inspector.disconnect();
  if (other !== polls) throw new Error(`Of ${polls} changed bodies ${other} tasks were made: the count is wrong.`);
  const all = await rounds(
    {
      same: () => poll(polls, true),
      other: () => poll(polls, false),
    },
    quick ? 3 : 15,
  );
  return [
    {
      measure: `tasks made of ${polls} bodies that did not change`,
      ours: String(same),
      peer: 'bodies that did',
      theirs: String(other),
      value: figure([same]),
      unit: 'calls',
      goal: 0,
      bar: 0,
    },
    {
      measure: 'CPU of a poll whose body did not change',
      ours: time(samplesOf(all, 'same').median),
      peer: 'one that did',
      theirs: time(samplesOf(all, 'other').median),
      value: ratio(all, 'same', 'other'),
      unit: 'x',
    },
  ];
}

/**
 * Polls a task so many times, as watching does it but without its pauses, and gives the CPU of one poll in ms.
 *
 * @param {number} polls
 * @param {boolean} isSame
 */
async function poll(polls, isSame) {
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    const progress = isSame ? 40 : 40 + asked / polls;
    return Response.json({
      id: 'sora-2:task_1',
      status: 'processing',
      progress,
      detail: { prompt: 'a calico cat playing a piano' },
    });
  };
  const asker = inCore(() => new Session().asker({ baseUrl: 'http://127.0.0.1', fetch }, ''));
  const ask = (/** @type {Uint8Array[] | undefined} */ last) =>
    outcomeOf((number) => asker.queryTask(number, 'sora-2:task_1', undefined, last));
  let { body } = await ask(undefined);
  const before = process.cpuUsage();
  for (let turn = 0; turn < polls; turn += 1) ({ body } = await ask(body));
  const { user, system } = process.cpuUsage(before);
  asker.free();
  return (user + system) / 1000 / polls;
}
