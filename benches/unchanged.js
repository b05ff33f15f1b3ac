// @ts-check
/**
 * What a poll costs whose body is the one before: no task may be made of it. The engine counts the calls itself; the
 * bodies come from a fetch without a network.
 */
import { Session } from 'node:inspector/promises';
import { figure } from './lib/figures.js';
import { core, ours } from './lib/ours.js';
import { ratio, rounds, samplesOf } from './lib/rounds.js';
import { time } from './lib/rows.js';

/** @param {{ quick: boolean }} options @returns {Promise<import('./lib/rows.js').Row[]>} */
export async function bench({ quick }) {
  await (await ours()).init();
  const { Session: Asking } = await core();
  const polls = quick ? 200 : 2000;
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const calls = async (/** @type {boolean} */ isSame) => {
    await session.post('Profiler.takePreciseCoverage');
    await poll(Asking, polls, isSame);
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const made = result.flatMap(({ functions }) => functions).filter(({ functionName }) => functionName === 'taskOf');
    return made.reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
  };
  // Beside the first body.
  const [same, other] = [(await calls(true)) - 1, (await calls(false)) - 1];
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  if (other !== polls) throw new Error(`Of ${polls} changed bodies ${other} tasks were made: the count is wrong.`);
  const all = await rounds({
    same: () => poll(Asking, polls, true),
    other: () => poll(Asking, polls, false),
  }, quick ? 3 : 15);
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
 * @param {any} Asking the core's class for what one client asks
 * @param {number} polls
 * @param {boolean} isSame
 */
async function poll(Asking, polls, isSame) {
  let asked = 0;
  const fetch = async () => {
    asked += 1;
    const progress = isSame ? 40 : 40 + asked / polls;
    return Response.json({ id: 'sora-2:task_1', status: 'processing', progress, detail: { prompt: 'a calico cat playing a piano' } });
  };
  const asker = new Asking().asker({ baseUrl: 'http://127.0.0.1', fetch }, '');
  let { body } = await asker.queryTask('sora-2:task_1');
  const before = process.cpuUsage();
  for (let turn = 0; turn < polls; turn += 1) ({ body } = await asker.queryTask('sora-2:task_1', undefined, body));
  const { user, system } = process.cpuUsage(before);
  asker.free();
  return (user + system) / 1000 / polls;
}
