// @ts-check
/** Why there is no answer, and what to do. */
import { isTaskQueryError } from 'video-task-query';
import { adviceOn, messageBelowTitle, titleOf } from './advice.js';
import { el, icon, shortened } from './dom.js';
import { row } from './facts.js';
import { spanOf } from './time.js';

/** @param {unknown} error @param {import('./advice.js').About} about @returns {{ title: string, message: string, element: HTMLElement }} */
export function troubleOf(error, about) {
  if (!isTaskQueryError(error)) {
    const title = 'This page went wrong';
    return { title, message: String(error), element: card(title, [String(error)], []) };
  }
  const [title, message] = [titleOf(error, about), messageBelowTitle(error, about)];
  const wait = error.retryAfterMs === null ? '' : `The service asks to wait ${spanOf(error.retryAfterMs)}.`;
  // Nobody needs to be told what they pasted.
  const told = about === null || (error.serviceMessage !== null && error.message.includes(error.serviceMessage));
  const facts = [
    row('The service says', told ? null : error.serviceMessage, 'wide'),
    row('Code', error.code),
    row('Service’s code', error.serviceCode),
    row('HTTP status', error.status),
    row('Request id', error.requestId),
  ];
  return { title, message, element: card(title, [message, `${adviceOn(error, about)} ${wait}`.trim()], facts) };
}

/** @param {string} title @param {string[]} paragraphs @param {(HTMLElement | null)[]} facts */
function card(title, paragraphs, facts) {
  const text = paragraphs.filter((words) => words !== '').map((words) => el('p', {}, shortened(words)));
  return el(
    'section',
    { class: 'trouble' },
    el('h4', {}, icon('warning'), title),
    ...text,
    facts.length > 0 && el('dl', { class: 'facts' }, ...facts),
  );
}
