// @ts-check
/** One task, kept up to date. */
import { el, icon, part, shortened } from './dom.js';
import { factsOf, filesOf } from './facts.js';
import { mediaKey, mediaOf } from './media.js';
import { saveOf } from './save.js';
import { REASONS, STATUS, WARNINGS } from './words.js';

/** @typedef {import('video-task-query').Task} Task */

const MOST_RAW = 200_000;
const PERCENT = new Intl.NumberFormat('en', { style: 'percent' });

/** The status in words. @param {Task} task */
export function statusOf({ status, stage }) {
  return stage === null ? STATUS[status] : `${STATUS[status]} · ${stage.replaceAll('_', ' ')}`;
}

/** @param {string} id */
export function createCard(id) {
  const hosts = {
    media: el('div', { class: 'media' }),
    status: el('p', { class: 'status' }),
    progress: el('div', { class: 'progress' }),
    notices: el('div', { class: 'notices' }),
    facts: el('dl', { class: 'facts' }),
    files: el('ul', { class: 'files' }),
    save: el('p', { class: 'save' }),
    foot: el('p', { class: 'foot' }),
  };
  const parts = Object.fromEntries(Object.entries(hosts).map(([name, host]) => [name, part(host)]));
  const raw = rawBody();
  const { media, status, progress, notices, facts, files, save, foot: footer } = hosts;
  const head = el('div', { class: 'head' }, el('h2', { class: 'code' }, id), status);
  const body = el('div', { class: 'body' }, head, progress, notices, facts, files, save, raw.element, footer);
  const element = el('article', { class: 'card task' }, media, body);

  return {
    id,
    element,
    /**
     * @param {Task} task
     * @param {string} foot what the page did to get it
     * @param {import('video-task-query').QueryOptions} options how it asked
     */
    show(task, foot, options) {
      element.dataset.status = task.status;
      parts.media(mediaKey(task), () => mediaOf(task));
      parts.status(statusOf(task), () => [icon(task.status), statusOf(task)]);
      parts.progress(String([task.isDone, task.progress]), () => progressOf(task));
      parts.notices(JSON.stringify([task.status, task.rawStatus, task.error, task.warnings]), () => noticesOf(task));
      parts.facts(JSON.stringify({ ...task, progress: null }), () => factsOf(task));
      parts.files(JSON.stringify([task.videos, task.previewUrl]), () => filesOf(task));
      parts.save(String([task.videoUrl, task.contentPath]), () => saveOf(task, options));
      parts.foot(foot, () => [foot]);
      raw.show(task);
    },
  };
}

/** @param {Task} task */
function progressOf(task) {
  if (task.isDone && task.progress === null) return [];
  const words = task.progress === null ? 'no progress reported' : PERCENT.format(task.progress);
  return [el('progress', { 'aria-label': 'Progress', max: 1, value: task.progress }), el('span', {}, words)];
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

/** The body as it came; written out only while somebody looks. */
function rawBody() {
  const pre = el('pre', { tabindex: 0, role: 'region', 'aria-label': 'Raw body' });
  const element = el('details', { class: 'raw' }, el('summary', {}, 'Raw body'), pre);
  /** @type {Task | null} */
  let current = null;
  const write = () => {
    const text = element.open && current ? shortened(JSON.stringify(current.raw, null, 2) ?? '', MOST_RAW) : '';
    if (text !== pre.textContent) pre.textContent = text;
  };
  element.addEventListener('toggle', write);
  return {
    element,
    /** @param {Task} task */
    show(task) {
      current = task;
      write();
    },
  };
}
