// @ts-check
/** What the waits of one client have in common: its defaults, its limiter, and the polls that they share. */
import { inCore, perInstance } from '../core.js';
import { Pace } from '../dist/video_task_query.js';
import { listed, merged, without } from '../given.js';
import { Limiter } from './limiter.js';
import { MANY, limits, split } from './options.js';
import { PollRegistry } from './poll-registry.js';
import { Schedule } from './schedule.js';

/** @typedef {import('../index.d.ts').WatchManyOptions} WatchManyOptions */

/**
 * @param {{ load: () => Promise<void>, onSignal: (signal: unknown) => void, isApart?: boolean }} loading
 * @param {WatchManyOptions | undefined} defaults
 * @param {() => import('../dist/video_task_query.js').Session} session
 */
export function plannerOf(loading, defaults, session) {
  /** @type {PollRegistry | undefined} */
  let shared;

  /**
   * @param {() => readonly string[]} ids
   * @param {WatchManyOptions | undefined} given
   * @param {readonly string[]} names the options of waiting that the function has
   * @returns {import('./follow.js').Plan}
   */
  return (ids, given, names) => {
    const others = MANY.filter((name) => !names.includes(name));
    const known = merged(without(defaults, others), given);
    const { asking, waiting, signal } = split(known, names);
    // Only watchTasks takes limits of its own, which bind that call; all others of a client share one limiter an origin.
    const isOwn = names === MANY && (given?.concurrency ?? given?.requestsPerSecond ?? undefined) !== undefined;
    const rates = limits(merged(defaults, isOwn ? given : undefined) ?? {});
    loading.onSignal(signal);
    return {
      ids: [...new Set(ids())],
      signal,
      waiting,
      load: () => loading.load(),
      open() {
        const registry = isOwn || loading.isApart ? registryOf(rates) : (shared ??= registryOf(rates));
        const asker = perInstance(() => session().asker(asking, listed(names)));
        const group = registry.group(asking, asker);
        const origin = inCore(() => group.asker().origin());
        return { poll: (id) => registry.poll(group, id), schedule: () => new Schedule(session, waiting, origin) };
      },
    };
  };
}

/** @param {ReturnType<typeof limits>} rates */
function registryOf({ concurrency, requestsPerSecond }) {
  const pace = () => perInstance(() => new Pace(requestsPerSecond));
  return new PollRegistry(() => new Limiter(concurrency, pace()));
}
