// @ts-check
/**
 * What a poll costs whose body is the one before: no task may be made of it. The engine counts the calls itself; the
 * bodies come from a fetch without a network.
 */
import { Session } from 'node:inspector/promises';
import { ours } from './lib/ours.js';
import { figure } from './lib/figures.js';
import { ratio, rounds, samplesOf } from './lib/rounds.js';
import { time } from './lib/rows.js';

/** @param {{ quick: boolean }} options @returns {Promise<import('./lib/rows.js').Row[]>} */
export async function bench({ quick }) {
  const { watchTask } = await ours();
  const polls = quick ? 50 : 500;
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const calls = async (/** @type {boolean} */ isSame) => {
    await session.post('Profiler.takePreciseCoverage');
    await watch(watchTask, polls, isSame);
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const made = result.flatMap(({ functions }) => functions).filter(({ functionName }) => functionName === 'taskOf');
    return made.reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0);
  };
  // Beside the first and the last body, which differ.
  const [same, other] = [(await calls(true)) - 2, (await calls(false)) - 2];
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  if (other !== polls) throw new Error(`Of ${polls} changed bodies ${other} tasks were made: the count is wrong.`);
  const all = await rounds({
    same: () => watch(watchTask, polls, true),
    other: () => watch(watchTask, polls, false),
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
 * Watches a task through so many polls, and gives the CPU of one in ms.
 *
 * @param {typeof import('../pkg/index.js').watchTask} watchTask
 * @param {number} polls
 * @param {boolean} isSame
 */
async function watch(watchTask, polls, isSame) {
  let asked = 0;
  const fetch = async () => {
    const progress = isSame ? 40 : 40 + asked / polls;
    const task = { id: 'sora-2:task_1', status: 'processing', progress, detail: { prompt: 'a calico cat playing a piano' } };
    asked += 1;
    return Response.json(asked > polls + 1 ? { ...task, status: 'completed', progress: 100 } : task);
  };
  const before = process.cpuUsage();
  for await (const task of watchTask('sora-2:task_1', { baseUrl: 'http://127.0.0.1', fetch, intervalMs: 1 })) {
    if (task.isDone) break;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / polls;
}
