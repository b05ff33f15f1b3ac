// @ts-check
import { askedFor, noteAsked } from './asked.js';
import { bytesOf } from './body.js';
import { inCore, outcomeOf, perInstance } from './core.js';
import { guard, reasonOf } from './cancel-scope.js';
import { Session, explainTask, parseTask } from './dist/video_task_query.js';
import { traced, tracedAtOnce } from './traced.js';
import { checkedSignal, idsOf, listed, merged, plain, taken, without } from './given.js';
import { noteHint } from './watch/next-poll.js';
import { videoUrlOf } from './video.js';
import { waited, watched, watchedMany } from './watch/api.js';
import { MANY, WAIT } from './watch/options.js';
import { plannerOf } from './watch/plan.js';

/**
 * @typedef {import('./dist/video_task_query.js').Asker} Asker
 * @typedef {import('./index.d.ts').Task} Task
 * @typedef {import('./index.d.ts').QueryOptions} QueryOptions
 * @typedef {import('./index.d.ts').WaitOptions} WaitOptions
 * @typedef {import('./index.d.ts').WatchManyOptions} WatchManyOptions
 *
 * @typedef {object} Ready How the WebAssembly comes to be there.
 * @property {() => Promise<void>} load
 * @property {(name: string) => void} loadFor At once, for a function that cannot wait, or with an error that says what to do.
 *
 * @typedef {Ready & Required<Pick<import('./api.js').Loader, 'onSignal'>> & Pick<import('./api.js').Loader, 'isApart'>} Loading
 */

/**
 * The functions of the package with defaults, one limiter, and one memory of routes and durations.
 *
 * @param {Loading} loading
 * @param {WatchManyOptions} [given]
 */
export function clientOf(loading, given) {
  const defaults = plain(given);
  const session = perInstance(() => new Session());
  const plan = plannerOf(loading, defaults, session);
  /** @type {{ id?: string | undefined, baseUrl?: string | undefined } | undefined} */
  const base = defaults?.baseUrl === undefined ? undefined : { baseUrl: defaults.baseUrl };

  return {
    /** @type {typeof import('./index.d.ts').queryTask} */
    queryTask: traced(async (id, options) => {
      const known = merged(without(defaults, MANY), options);
      await loaded(loading, checkedSignal(known?.signal));
      const { task, hintMs } = await once(session, known, '', (asker, number) => asker.queryTask(number, id));
      noteAsked(task, known);
      return noteHint(task, hintMs);
    }),
    /** @type {typeof import('./index.d.ts').waitForTask} */
    waitForTask: traced(async (id, options) => waited(plan(() => [id], options, WAIT))),
    /** @param {string} id @param {WaitOptions} [options] */
    watchTask(id, options) {
      const given = taken(() => plain(options));
      return watched(() => plan(() => [id], given(), WAIT));
    },
    /** @param {Iterable<string>} ids @param {WatchManyOptions} [options] */
    watchTasks(ids, options) {
      const [all, given] = [taken(() => idsOf(ids)), taken(() => plain(options))];
      return watchedMany(() => plan(all, given(), MANY));
    },
    /** @type {typeof import('./index.d.ts').parseTask} */
    parseTask: tracedAtOnce((body, options) => {
      loading.loadFor('parseTask');
      return inCore(() => parseTask(bytesOf(body), merged(base, options)));
    }),
    /** @type {typeof import('./index.d.ts').explainTask} */
    explainTask: tracedAtOnce((body, options) => {
      loading.loadFor('explainTask');
      return inCore(() => explainTask(bytesOf(body), merged(base, options)));
    }),
    /** @type {typeof import('./index.d.ts').videoRequest} */
    videoRequest: traced(async (task, options) => {
      const given = plain(options);
      const own = without(defaults, MANY);
      // Where it was asked for goes before what the client says of others, and none of that may go along.
      const asked = given?.baseUrl ? undefined : askedFor(task);
      const known = /** @type {import('./index.d.ts').VideoRequestOptions | undefined} */ (
        merged(asked ? { ...own, ...asked } : own, given)
      );
      await loaded(loading, checkedSignal(known?.signal));
      const url = videoUrlOf(task, known?.kind);
      return once(session, known, listed(['kind']), (asker, number) => asker.videoRequest(number, url));
    }),
  };
}

/**
 * The WebAssembly is there, unless the caller gives it up before.
 *
 * @param {Loading} loading
 * @param {AbortSignal | undefined} signal
 */
async function loaded(loading, signal) {
  loading.onSignal(signal);
  if (!signal) return loading.load();
  if (signal.aborted) throw reasonOf(signal);
  return new Promise((resolve, reject) => {
    const takeOff = guard(signal, Infinity, { onAbort: reject, onOverdue() {} });
    loading.load().then(resolve, reject).finally(takeOff);
  });
}

/**
 * The outcome of what is asked once.
 *
 * @param {() => Session} session
 * @param {QueryOptions | undefined} options
 * @param {string} also the names of those that the core does not know
 * @param {(asker: Asker, number: number) => import('./dist/video_task_query.js').Run} start
 */
function once(session, options, also, start) {
  return outcomeOf((number) => {
    const asker = session().asker(options, also);
    const run = start(asker, number);
    asker.free();
    return run;
  });
}
