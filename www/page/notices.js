// @ts-check
/** What is to be known about a task besides where it stands: why it failed, and what is odd about its answer. */
import { el, icon, shortened } from './dom.js';
import { REASONS, WARNINGS } from './words.js';

/** @typedef {import('video-task-query').Task} Task */

/** A body can hold any number of refused URLs. */
const MOST_WARNINGS = 20;

/** Two tasks of one key have the same notices. @param {Task} task */
export const noticesKey = ({ status, rawStatus, error, warnings }) =>
  JSON.stringify([status, rawStatus, error, warnings]);

/** @param {Task} task */
export function noticesOf(task) {
  const { error, warnings } = task;
  const unknown =
    task.status === 'unknown' && `The service says “${shortened(task.rawStatus ?? '')}”. It counts as not ended.`;
  // Whoever cancelled it may have said why; the status itself stands above already.
  const isSaid = error?.message === REASONS.cancelled;
  return [
    error && !isSaid && notice('failed', REASONS[error.reason] ?? error.reason, error.message, error.code),
    unknown && notice('warning', 'A status that this version does not know.', unknown),
    ...warnings.slice(0, MOST_WARNINGS).map(({ code, message }) => notice('warning', WARNINGS[code] ?? code, message)),
  ];
}

/** @param {'warning' | 'failed'} kind @param {string} title @param {string} message @param {string | null} [code] */
function notice(kind, title, message, code = null) {
  const said = [el('p', {}, shortened(message)), code !== null && el('p', { class: 'code' }, shortened(code))];
  return el('div', { class: `notice ${kind}` }, icon(kind), el('div', {}, el('strong', {}, title), ...said));
}
