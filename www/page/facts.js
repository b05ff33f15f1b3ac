// @ts-check
/** The facts of a task, and its files. */
import { el, isWebUrl, link, shortened } from './dom.js';
import { spanOf, timeOf } from './time.js';

/** @typedef {import('video-task-query').Task} Task */

const MOST_FILES = 12;

/** @param {Task} task @returns {HTMLElement[]} */
export function factsOf(task) {
  const otherId = task.responseId !== null && task.responseId !== task.id ? task.responseId : null;
  return [
    row('Model', task.model),
    row('Provider', task.provider),
    row('Wire shape', task.shape),
    row('Service’s word', task.rawStatus, 'code'),
    row('Size', task.width !== null && task.height !== null ? `${task.width} × ${task.height}` : null),
    row('Duration', task.durationSeconds === null ? null : `${task.durationSeconds} s`),
    row('Place in the queue', task.queuePosition),
    row('Estimated wait', task.estimatedWaitMs === null ? null : spanOf(task.estimatedWaitMs)),
    row('Created', task.createdAt === null ? null : timeOf(task.createdAt)),
    row('Updated', task.updatedAt === null ? null : timeOf(task.updatedAt)),
    row('Completed', task.completedAt === null ? null : timeOf(task.completedAt)),
    row('Id in the answer', otherId, 'code wide'),
    row('Bytes at, with the key', task.contentPath, 'code wide'),
    row('Prompt', task.prompt, 'wide'),
    row('Enhanced prompt', task.enhancedPrompt, 'wide'),
  ].filter((fact) => fact !== null);
}

/** A fact; null where there is nothing to say. @param {string} label @param {string | number | Node | null} value */
export function row(label, value, className = '') {
  if (value === null || value === '') return null;
  const shown = value instanceof Node ? value : shortened(String(value));
  return el('div', { class: className || null }, el('dt', {}, label), el('dd', {}, shown));
}

/** Links to every rendition and to the moving preview. @param {Task} task @returns {HTMLElement[]} */
export function filesOf(task) {
  const videos = task.videos.filter(({ url }) => isWebUrl(url));
  const files = videos.slice(0, MOST_FILES).map(({ url, kind, width, height, needsAuth }) => {
    const size = width !== null && height !== null ? `${width} × ${height}` : null;
    return el('li', {}, link(url, `Video, ${kind}`), note([size, needsAuth ? 'needs the key' : null]));
  });
  if (videos.length > MOST_FILES) files.push(el('li', {}, `and ${videos.length - MOST_FILES} more`));
  if (isWebUrl(task.previewUrl)) files.push(el('li', {}, link(task.previewUrl, 'Moving preview')));
  return files;
}

/** @param {(string | null)[]} words */
function note(words) {
  const said = words.filter(Boolean).join(', ');
  return said === '' ? null : el('small', {}, said);
}
