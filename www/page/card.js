// @ts-check
/** One task, kept up to date. */
import { Estimate } from '../pkg/cli/estimate.js';
import { percent } from '../pkg/cli/percent.js';
import { actionsKey, actionsOf } from './actions.js';
import { el, fold, icon, part, shortened } from './dom.js';
import { createExplanation } from './explain.js';
import { factsOf, filesOf } from './facts.js';
import { mediaKey, mediaOf } from './media.js';
import { NOBODY_ASKED } from './network.js';
import { leftOf, leftUntil, spanOf } from './time.js';
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
    missed: el('p', { class: 'unanswered' }),
    trouble: el('div', {}),
    notices: el('div', { class: 'notices' }),
    facts: el('dl', { class: 'facts' }),
    files: el('ul', { class: 'files' }),
    actions: el('div', { class: 'actions' }),
    foot: el('p', { class: 'foot' }),
  };
  const parts = Object.fromEntries(Object.entries(hosts).map(([name, host]) => [name, part(host)]));
  const { media, status, progress, missed, trouble, notices, facts, files, actions, foot } = hosts;
  const details = fold('Facts', facts, files);
  const head = el('div', { class: 'head' }, el('h3', { class: 'code' }, shortened(id, 300)), status);
  const folds = [details, timeLine.element, explanation.element];
  const body = el(
    'div',
    { class: 'body' },
    head,
    progress,
    missed,
    trouble,
    notices,
    actions,
    el('div', { class: 'folds' }, ...folds),
    foot,
  );
  const element = el('article', { class: 'card task', 'data-status': 'unknown' }, media, body);
  for (const each of [...folds, ...Object.values(hosts)]) each.hidden = true;

  /** @param {string} words @param {string} symbol */
  const state = (words, symbol) => parts.status(words, () => [icon(symbol), words]);
  /** @param {...HTMLElement} words why there is no answer */
  const say = (...words) => {
    trouble.replaceChildren(...words);
    trouble.hidden = words.length === 0;
  };
  /** @type {Use} */
  let used = NOBODY_ASKED;
  let isAsking = false;
  /** @param {Use} use */
  const count = (use) => {
    used = use;
    const { requests, tookMs } = use;
    const times = requests === 1 ? 'Asked once' : `Asked ${requests} times`;
    const words = requests === 0 ? 'Nobody was asked' : `${times}, answered in ${spanOf(tookMs)}`;
    const left =
      isAsking || requests === 0 || task?.isDone !== false
        ? ''
        : '. Nobody is asking any more: Query or Watch asks again';
    parts.foot(words + left, () => [words, left]);
  };
  /** What is left counts down only while somebody asks: otherwise nobody would see that it was wrong. */
  const showProgress = () => {
    const seen = task;
    if (seen)
      parts.progress(String([seen.isDone, seen.progress, isAsking]), () => progressOf(seen, estimate, isAsking));
  };
  const rest = (use = used) => {
    isAsking = false;
    element.classList.add('resting');
    parts.missed('', () => []);
    showProgress();
    count(use);
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
      isAsking = true;
      element.classList.remove('resting');
      details.open ||= isAlone && task === null;
      timeLine.begin();
      say();
      if (task === null) state('Asking', 'queued');
    },
    /** It was asked for once, and nobody asks on. */
    rest,
    /** Nobody waits for an answer any more. */
    stop() {
      if (task === null && trouble.hidden) state('Stopped', 'cancelled');
      if (isAsking && !task?.isDone) timeLine.add('Stopped', used.requests, 'end');
      rest();
    },
    /** @param {Task} seen @param {Use} use */
    show(seen, use) {
      task = seen;
      if (task.progress !== null) estimate.see(task.progress, Date.now());
      element.dataset.status = task.status;
      for (const each of folds) each.hidden = false;
      say();
      parts.missed('', () => []);
      parts.media(mediaKey(task), () => mediaOf(seen));
      state(statusOf(task), task.status);
      showProgress();
      parts.notices(JSON.stringify([task.status, task.rawStatus, task.error, task.warnings]), () => noticesOf(seen));
      parts.facts(JSON.stringify({ ...task, progress: null, raw: null }), () => factsOf(seen));
      parts.files(JSON.stringify([task.videos, task.previewUrl]), () => filesOf(seen));
      const asked = { options, url: use.url };
      parts.actions(actionsKey(task, asked), () => actionsOf(() => task ?? seen, asked));
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
      rest(use);
      return title;
    },
    /** @param {import('video-task-query').TaskQueryError} error @param {Use} use */
    showMissed(error, use) {
      timeLine.element.hidden = false;
      if (task === null) state('No answer yet', 'warning');
      timeLine.add(`Missed poll: ${error.message}`, use.requests, 'missed');
      const wait = error.retryAfterMs === null ? '' : ` in ${spanOf(error.retryAfterMs)}`;
      const words = `${error.message} Asking again${wait}.`;
      parts.missed(words, () => [icon('warning'), shortened(words, 600)]);
      count(use);
    },
  };
}

/** @param {Task} task @param {Estimate} estimate @param {boolean} isAsking */
function progressOf(task, estimate, isAsking) {
  if (task.isDone && task.progress === null) return [];
  const words = task.progress === null ? 'no progress reported' : percent(task.progress, '%');
  const left = task.isDone ? null : (task.estimatedWaitMs ?? estimate.left(Date.now()));
  return [
    el('progress', { 'aria-label': 'Progress', max: 1, value: task.progress }),
    el('span', {}, words),
    left !== null && (isAsking ? leftUntil(Date.now() + left) : el('span', {}, leftOf(Date.now() + left))),
  ];
}

/** @param {Task} task */
function noticesOf(task) {
  const { error, warnings } = task;
  const unknown =
    task.status === 'unknown' && `The service says “${shortened(task.rawStatus ?? '')}”. It counts as not ended.`;
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
