// @ts-check
/** One task, kept up to date. */
import { Estimate } from '../pkg/cli/estimate.js';
import { percent } from '../pkg/cli/percent.js';
import { actionsOf } from './actions.js';
import { el, fold, icon, part, shortened } from './dom.js';
import { createExplanation } from './explain.js';
import { factsOf, filesOf } from './facts.js';
import { mediaKey, mediaOf } from './media.js';
import { leftUntil, spanOf } from './time.js';
import { createTimeLine } from './time-line.js';
import { troubleOf } from './trouble.js';
import { REASONS, statusOf, WARNINGS } from './words.js';

/** @typedef {import('video-task-query').Task} Task */
/** @typedef {import('./actions.js').Asking['options']} Options */
/** @typedef {import('./network.js').Use} Use */

/** @param {string} id */
export function createCard(id) {
  /** @type {Options} */
  let options = {};
  /** @type {Task | null} */
  let task = null;
  const estimate = new Estimate();
  const timeLine = createTimeLine();
  const explanation = createExplanation(() => options.baseUrl);
  const hosts = {
    media: el('div', { class: 'media' }),
    status: el('p', { class: 'status' }),
    progress: el('div', { class: 'progress' }),
    trouble: el('div', {}),
    notices: el('div', { class: 'notices' }),
    facts: el('dl', { class: 'facts' }),
    files: el('ul', { class: 'files' }),
    actions: el('div', { class: 'actions' }),
    foot: el('p', { class: 'foot' }),
  };
  const parts = Object.fromEntries(Object.entries(hosts).map(([name, host]) => [name, part(host)]));
  const { media, status, progress, trouble, notices, facts, files, actions, foot } = hosts;
  const details = fold('Facts', facts, files);
  const head = el('div', { class: 'head' }, el('h3', { class: 'code' }, shortened(id, 300)), status);
  const folds = [details, timeLine.element, explanation.element];
  const body = el('div', { class: 'body' }, head, progress, trouble, notices, actions, el('div', { class: 'folds' }, ...folds), foot);
  const element = el('article', { class: 'card task', 'data-status': 'unknown' }, media, body);
  for (const each of [...folds, ...Object.values(hosts)]) each.hidden = true;

  /** @param {string} words @param {string} symbol */
  const state = (words, symbol) => parts.status(words, () => [icon(symbol), words]);
  /** @param {...HTMLElement} words why there is no answer */
  const say = (...words) => {
    trouble.replaceChildren(...words);
    trouble.hidden = words.length === 0;
  };
  /** @param {Use} use */
  const count = ({ requests, tookMs }) => {
    const times = requests === 1 ? 'Asked once' : `Asked ${requests} times`;
    const words = requests === 0 ? 'Nobody was asked' : `${times}, answered in ${spanOf(tookMs)}`;
    parts.foot(words, () => [words]);
  };

  return {
    id,
    element,
    get task() {
      return task;
    },
    /** A new asking begins. @param {Options} asking @param {boolean} isAlone it need not share the page */
    begin(asking, isAlone) {
      options = asking;
      details.open ||= isAlone && task === null;
      timeLine.begin();
      say();
      if (task === null) state('Asking', 'queued');
    },
    /** Nobody waits for an answer any more. */
    stop() {
      if (task === null && trouble.hidden) state('Stopped', 'cancelled');
    },
    /** @param {Task} seen @param {Use} use */
    show(seen, use) {
      task = seen;
      if (task.progress !== null) estimate.see(task.progress, Date.now());
      element.dataset.status = task.status;
      for (const each of folds) each.hidden = false;
      say();
      parts.media(mediaKey(task), () => mediaOf(seen));
      state(statusOf(task), task.status);
      parts.progress(String([task.isDone, task.progress]), () => progressOf(seen, estimate));
      parts.notices(JSON.stringify([task.status, task.rawStatus, task.error, task.warnings]), () => noticesOf(seen));
      parts.facts(JSON.stringify({ ...task, progress: null, raw: null }), () => factsOf(seen));
      parts.files(JSON.stringify([task.videos, task.previewUrl]), () => filesOf(seen));
      parts.actions(JSON.stringify([{ ...task, raw: null }, options, use.url]), () => actionsOf(seen, { options, url: use.url }));
      explanation.show(task);
      const words = task.progress === null || task.isDone ? '' : ` · ${percent(task.progress, '%')}`;
      timeLine.add(`${statusOf(task)}${words}`, use.requests, task.isDone ? 'end' : 'change');
      count(use);
    },
    /** The last task that was seen stays. @param {unknown} error @param {Use} use @returns {string} what happened, in short */
    showTrouble(error, use) {
      const { title, element: words } = troubleOf(error);
      say(words);
      if (task === null) state('No answer', 'warning');
      timeLine.element.hidden = false;
      timeLine.add(title, use.requests, 'end');
      count(use);
      return title;
    },
    /** @param {import('video-task-query').TaskQueryError} error @param {Use} use */
    showMissed(error, use) {
      timeLine.element.hidden = false;
      if (task === null) state('No answer yet', 'warning');
      timeLine.add(`Missed poll: ${error.message}`, use.requests, 'missed');
      count(use);
    },
  };
}

/** @param {Task} task @param {Estimate} estimate */
function progressOf(task, estimate) {
  if (task.isDone && task.progress === null) return [];
  const words = task.progress === null ? 'no progress reported' : percent(task.progress, '%');
  const left = task.isDone ? null : task.estimatedWaitMs ?? estimate.left(Date.now());
  return [
    el('progress', { 'aria-label': 'Progress', max: 1, value: task.progress }),
    el('span', {}, words),
    left !== null && leftUntil(Date.now() + left),
  ];
}

/** @param {Task} task */
function noticesOf(task) {
  const { error, warnings } = task;
  const unknown = task.status === 'unknown' && `The service says “${task.rawStatus ?? ''}”. It counts as not ended.`;
  return [
    error && notice('failed', REASONS[error.reason] ?? error.reason, error.message, error.code),
    unknown && notice('warning', 'A status that this version does not know.', unknown),
    ...warnings.slice(0, 20).map(({ code, message }) => notice('warning', WARNINGS[code] ?? code, message)),
  ];
}

/** @param {'warning' | 'failed'} kind @param {string} title @param {string} message @param {string | null} [code] */
function notice(kind, title, message, code = null) {
  const said = [el('p', {}, shortened(message)), code !== null && el('p', { class: 'code' }, shortened(code))];
  return el('div', { class: `notice ${kind}` }, icon(kind), el('div', {}, el('strong', {}, title), ...said));
}
