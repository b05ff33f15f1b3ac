// @ts-check
/** `vtq <id>…`: asks once, or until the end, and tells. */
import { setMaxListeners } from 'node:events';
import { codeOfError, codeOfTask, EXIT, worst } from './exit.js';
import { fileHint, idsOf } from './ids.js';
import { Interrupted, onInterrupt } from './interrupt.js';
import { packageOptions } from './options.js';
import { Output } from './output.js';
import { createClient, isTaskQueryError } from './package.js';
import { brief } from './plain.js';
import { howToGoOn } from './resume.js';
import { saver } from './saver.js';
import { holdsKey } from '../ui/secrets.js';
import { UsageError } from './usage.js';
import { sentences } from './wrap.js';
import { wrongOption } from './wrong-option.js';

/**
 * @typedef {import('../index.js').Task} Task
 * @typedef {import('./arguments.js').Call} Call
 *
 * @typedef {object} Outcome
 * @property {string} id
 * @property {Task | null} task
 * @property {unknown} error
 */

const WARNING =
  'Warning: other users of this machine can read a key that stands in a command, and the shell keeps it in its history.\n' +
  'Better: set the environment variable VIDEO_TASK_API_KEY.';

/** @param {Call} call @returns {Promise<number>} the exit code */
export async function ask({ words, values }) {
  if (words.length === 0) {
    const taken = values.download ? `: ${brief(values.download, 200)} is what --download saves to` : '';
    throw new UsageError(`There is no id to ask for${taken}.`);
  }
  // An empty one says that there is none.
  if (values['api-key']) process.stderr.write(`${sentences(process.stderr, WARNING)}\n`);
  const options = packageOptions(values);
  const save = await saver(values, options);
  const ids = await idsOf(words);
  const keys = [values['api-key'], process.env.VIDEO_TASK_API_KEY];
  if (ids.some((id) => holdsKey(id, keys)))
    throw new UsageError('An id holds the API key. Give the id alone, such as sora-2:task_1.');
  save?.name(ids);
  const output = new Output({ json: values.json === true, live: values.wait === true || save !== null });
  const resume = (/** @type {readonly string[]} */ left) => howToGoOn(values, words, left, process.env);
  return follow(ids, { options, values, save, output, resume });
}

/**
 * @typedef {object} Plan
 * @property {import('../index.js').WatchManyOptions} options
 * @property {import('./options.js').Values} values
 * @property {import('./saver.js').Saver | null} save
 * @property {Output} output
 * @property {(left: readonly string[]) => string} resume how to go on with what is left
 */

/** @param {readonly string[]} ids @param {Plan} plan @returns {Promise<number>} */
export async function follow(ids, { options, values, save, output, resume }) {
  const { signal, end } = onInterrupt(output.live);
  setMaxListeners(0, signal);
  const pending = new Set(ids);
  /** @type {Promise<number>[]} */
  const codes = [];
  output.start(ids);
  try {
    for await (const { id, task, error } of values.wait ? watched(ids, options, signal) : asked(ids, options, signal)) {
      if (error || !task) codes.push(Promise.resolve(untold(id, error)));
      else if (values.wait && !task.isDone) output.change(id, task);
      else codes.push(handled(told(id, task)));
    }
    return worst(await Promise.all(codes));
  } catch (error) {
    if (!signal.aborted) {
      if (!values.json || !isTaskQueryError(error)) throw wrongOption(error, values, process.env) ?? error;
      // What is wrong with the options is an outcome of each id, for whoever reads lines.
      return worst([...pending].map((id) => untold(id, error)));
    }
    // What is being saved closes its files first.
    await Promise.allSettled(codes);
    const { code } = /** @type {Interrupted} */ (signal.reason);
    const left = ids.filter((id) => pending.has(id));
    if (left.length > 0) process.stderr.write(`Interrupted. ${resume(left)}\n`);
    return code;
  } finally {
    output.stop();
    end();
  }

  /** @param {string} id @param {unknown} error */
  function untold(id, error) {
    const wrong = values.json ? null : wrongOption(error, values, process.env);
    if (wrong) throw wrong;
    pending.delete(id);
    output.error(id, error, 'ask', fileHint(id, error));
    // The time that it was given is over, and the task goes on. What a request took too long for has other words.
    const { code, task, message } = /** @type {any} */ (error);
    return code === 'timeout' && task && /^deadlineMs\b/.test(message) ? EXIT.going : codeOfError(error);
  }

  /** @param {string} id @param {Task} task */
  async function told(id, task) {
    const { saved = null, note } = (await save?.save(id, task, { signal, output })) ?? {};
    pending.delete(id);
    output.task(id, task, saved, note);
    // Of another task there is no video to save.
    return task.status === 'completed' && saved?.error != null ? EXIT.unasked : codeOfTask(task);
  }
}

/** A promise that is awaited only when all is asked: until then nobody may take its rejection for a forgotten one. @param {Promise<number>} code */
function handled(code) {
  code.catch(() => {});
  return code;
}

/** @param {readonly string[]} ids @param {import('../index.js').WatchManyOptions} options @param {AbortSignal} signal */
function watched(ids, options, signal) {
  return createClient(options).watchTasks(ids, { signal });
}

/**
 * The answers in the order of the ids, while some questions are under way at once.
 *
 * @param {readonly string[]} ids
 * @param {import('../index.js').WatchManyOptions} options
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<Outcome>}
 */
async function* asked(ids, options, signal) {
  const client = createClient({ ...options, signal });
  const atOnce = options.concurrency ?? 6;
  /** @type {Promise<Outcome>[]} */
  const under = [];
  /** @param {string} id @returns {Promise<Outcome>} */
  const question = (id) =>
    client.queryTask(id).then(
      (task) => ({ id, task, error: null }),
      (error) => ({ id, task: null, error }),
    );
  let next = 0;
  for (let told = 0; told < ids.length; told++) {
    while (next < ids.length && next - told < atOnce) under.push(question(ids[next++] ?? ''));
    const outcome = await /** @type {Promise<Outcome>} */ (under.shift());
    if (signal.aborted) throw signal.reason;
    if (outcome.error && !isTaskQueryError(outcome.error)) throw outcome.error;
    yield outcome;
  }
}
