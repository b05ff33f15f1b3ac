// @ts-check
/** What a card is made of; when which part shows what is up to the card. */
import { percent } from '../pkg/ui/percent.js';
import { el, fold, icon, part, shortened } from './dom.js';
import { leftOf, leftUntil, spanOf } from './time.js';

/** @typedef {import('video-task-query').Task} Task */
/** @typedef {import('../pkg/ui/estimate.js').Estimate} Estimate */
/** @typedef {import('./network.js').Use} Use */

/** All is hidden until there is something in it. @param {string} id @param {HTMLElement} actions @param {...HTMLElement} more folds beside the facts */
export function createParts(id, actions, ...more) {
  const hosts = createHosts();
  const { media, status, progress, missed, trouble, notices, facts, files, foot } = hosts;
  const details = fold('Facts', facts, files);
  const folds = [details, ...more];
  const name = shortened(id, 300);
  const head = el('div', { class: 'head' }, el('h3', { class: 'code' }, name), status);
  const folded = el('div', { class: 'folds' }, ...folds);
  const body = el('div', { class: 'body' }, head, progress, missed, trouble, notices, actions, folded, foot);
  const element = el('article', { class: 'card task', 'aria-label': name, 'data-status': 'unknown' }, media, body);
  for (const each of [...folds, ...Object.values(hosts)]) each.hidden = true;
  const fill = Object.fromEntries(Object.entries(hosts).map(([name, host]) => [name, part(host)]));
  return { element, details, folds, trouble, fill };
}

/** The places that are filled, each by itself. */
const createHosts = () => ({
  media: el('div', { class: 'media' }),
  status: el('p', { class: 'status' }),
  progress: el('div', { class: 'progress' }),
  missed: el('p', { class: 'unanswered' }),
  trouble: el('div', {}),
  notices: el('div', { class: 'notices' }),
  facts: el('dl', { class: 'facts' }),
  files: el('ul', { class: 'files' }),
  foot: el('p', { class: 'foot' }),
});

/** @param {string} words @param {string} symbol */
export const pillOf = (words, symbol) => [icon(symbol), words];

/** @param {Task} task @param {Estimate} estimate @param {boolean} isAsking */
export function progressOf(task, estimate, isAsking) {
  if (task.isDone && task.progress === null) return [];
  const words = task.progress === null ? 'no progress reported' : percent(task.progress, '%');
  const left = task.isDone ? null : (task.estimatedWaitMs ?? estimate.left(Date.now()));
  return [
    el('progress', { 'aria-label': 'Progress', max: 1, value: task.progress }),
    el('span', {}, words),
    left !== null && (isAsking ? leftUntil(Date.now() + left) : el('span', {}, leftOf(Date.now() + left))),
  ];
}

/** What the asking took. @param {Use} use */
export function usedOf({ requests, tookMs, isAnswered }) {
  if (requests === 0) return 'Nobody was asked';
  const end = isAnswered ? `answered in ${spanOf(tookMs)}` : 'no answer';
  return `${requests === 1 ? 'Asked once' : `Asked ${requests} times`}, ${end}`;
}
