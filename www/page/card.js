// @ts-check
/** One task, kept up to date. */
import { isTaskQueryError } from 'video-task-query';
import { Estimate } from '../pkg/ui/estimate.js';
import { percent } from '../pkg/ui/percent.js';
import { createActions } from './actions.js';
import { adviceOn, messageOf, stateOf, titleOf } from './advice.js';
import { createParts, pillOf, progressOf, usedOf } from './card-parts.js';
import { icon, shortened } from './dom.js';
import { createExplanation } from './explain.js';
import { factsOf, filesOf } from './facts.js';
import { mediaKey, mediaOf } from './media.js';
import { NOBODY_ASKED } from './network.js';
import { noticesKey, noticesOf } from './notices.js';
import { spanOf } from './time.js';
import { createTimeLine } from './time-line.js';
import { troubleOf } from './trouble.js';
import { sentence, statusOf } from './words.js';

/** @typedef {import('video-task-query').Task} Task */
/** @typedef {import('./form.js').Question} Question */
/** @typedef {import('./network.js').Use} Use */

export class Card {
  /** @type {Question} */
  #question = { ids: [], options: {}, isPractice: false };
  /** @type {Task | null} */
  #task = null;
  /** @type {Use} */
  #used = NOBODY_ASKED;
  #isAsking = false;
  #estimate = new Estimate();
  #timeLine = createTimeLine();
  #explanation = createExplanation(() => this.#question.options.baseUrl);
  #actions = createActions(() => this.#task);
  #parts;

  /** @param {string} id */
  constructor(id) {
    this.id = id;
    this.#parts = createParts(id, this.#actions.element, this.#timeLine.element, this.#explanation.element);
    this.element = this.#parts.element;
  }

  get task() {
    return this.#task;
  }

  /** A new asking begins. @param {Question} question @param {boolean} isAlone it need not share the page */
  begin(question, isAlone) {
    this.#question = question;
    this.#isAsking = true;
    this.element.classList.remove('resting');
    this.#parts.details.open ||= isAlone && this.#task === null;
    this.#timeLine.begin();
    this.#say();
    if (this.#task === null) this.#state('Asking', 'queued');
  }

  /** It was asked for, and nobody asks on. */
  rest(use = this.#used) {
    this.#isAsking = false;
    this.element.classList.add('resting');
    this.#parts.fill.missed('', () => []);
    this.#showProgress();
    this.count(use);
  }

  /** Nobody waits for an answer any more. */
  stop() {
    if (this.#task === null && this.#parts.trouble.hidden) this.#state('Stopped', 'cancelled');
    if (this.#isAsking && !this.#task?.isDone) this.#timeLine.add('Stopped', this.#used.requests, 'end');
    this.rest();
  }

  /** @param {Task} task @param {Use} use */
  show(task, use) {
    this.#task = task;
    if (task.progress !== null) this.#estimate.see(task.progress, Date.now());
    this.element.dataset.status = task.status;
    for (const each of this.#parts.folds) each.hidden = false;
    this.#say();
    this.#state(statusOf(task), task.status);
    this.#showProgress();
    this.#fill(task, use);
    this.#explanation.show(task);
    const words = task.progress === null || task.isDone ? '' : ` · ${percent(task.progress, '%')}`;
    this.#timeLine.add(`${statusOf(task)}${words}`, use.requests, task.isDone ? 'end' : 'change');
    this.count(use);
  }

  /** The last task that was seen stays. @param {unknown} error @param {Use} use @returns {string} what happened, in short */
  showTrouble(error, use) {
    const { title, element } = troubleOf(error, this.#question);
    this.#say(element);
    if (this.#task === null) this.#state(isTaskQueryError(error) ? stateOf(error) : 'No answer', 'warning');
    this.#timeLine.element.hidden = false;
    this.#timeLine.add(title, use.requests, 'end');
    this.#offerActions(use);
    this.rest(use);
    return title;
  }

  /** @param {import('video-task-query').TaskQueryError} error @param {Use} use @returns {string} what happened, in short */
  showMissed(error, use) {
    const message = sentence(messageOf(error, this.#question));
    this.#timeLine.element.hidden = false;
    if (this.#task === null) this.#state(`${error.status === null ? 'No answer' : 'No task'} yet`, 'warning');
    this.#timeLine.add(`Missed poll: ${message}`, use.requests, 'missed');
    const wait = error.retryAfterMs === null ? '' : ` in ${spanOf(error.retryAfterMs)}`;
    // Else it might be asked for ever, and nobody would hear why there is no answer.
    const advice = error.code === 'network' ? ` ${adviceOn(error, this.#question)}` : '';
    const words = `${message}${advice} Asking again${wait}.`;
    this.#parts.fill.missed(words, () => [icon('warning'), shortened(words, 600)]);
    this.count(use);
    return titleOf(error, this.#question);
  }

  /** The parts that only an answer changes. @param {Task} task @param {Use} use */
  #fill(task, use) {
    const { fill } = this.#parts;
    fill.missed('', () => []);
    const { baseUrl } = this.#question.options;
    fill.media(mediaKey(task), () => mediaOf(task, baseUrl));
    fill.notices(noticesKey(task), () => noticesOf(task));
    fill.facts(JSON.stringify({ ...task, progress: null, raw: null }), () => factsOf(task));
    fill.files(JSON.stringify([task.videos, task.previewUrl]), () => filesOf(task));
    this.#offerActions(use);
  }

  /** @param {Use} use */
  #offerActions({ url }) {
    this.#actions.offer({ id: this.id, options: this.#question.options, url });
  }

  /** @param {string} words @param {string} symbol */
  #state(words, symbol) {
    this.#parts.fill.status(words, () => pillOf(words, symbol));
  }

  /** @param {...HTMLElement} words why there is no answer */
  #say(...words) {
    const { trouble } = this.#parts;
    trouble.replaceChildren(...words);
    trouble.hidden = words.length === 0;
  }

  /** What is left counts down only while somebody asks: otherwise nobody would see that it was wrong. */
  #showProgress() {
    const [seen, isAsking] = [this.#task, this.#isAsking];
    if (!seen) return;
    const key = String([seen.isDone, seen.progress, isAsking]);
    this.#parts.fill.progress(key, () => progressOf(seen, this.#estimate, isAsking));
  }

  /** How often it was asked for, which changes with each answer. @param {Use} use */
  count(use) {
    this.#used = use;
    const words = usedOf(use);
    const isLeft = !this.#isAsking && use.requests > 0 && this.#task?.isDone === false;
    const left = isLeft ? '. Nobody is asking any more: Query or Watch asks again.' : '';
    this.#parts.fill.foot(words + left, () => [words, left]);
  }
}
