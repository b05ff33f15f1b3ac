// @ts-check
/** Why there is no answer, and what to do. */
import { isTaskQueryError } from 'video-task-query';
import { el, icon, shortened } from './dom.js';
import { row } from './facts.js';
import { inFormWords } from './fields.js';
import { spanOf } from './time.js';
import { ERRORS } from './words.js';

/** @typedef {import('video-task-query').TaskQueryError} TaskQueryError */

/** @param {TaskQueryError} error */
const wordsFor = ({ code }) => ERRORS[code] ?? [code, ''];

/** What happened, in short. @param {TaskQueryError} error */
export const titleOf = (error) => wordsFor(error)[0];

/** @param {unknown} error @returns {{ title: string, element: HTMLElement }} */
export function troubleOf(error) {
  if (!isTaskQueryError(error)) {
    const title = 'This page went wrong';
    return { title, element: card(title, [String(error)], []) };
  }
  const [title, hint] = wordsFor(error);
  // What was pasted came from no service that could be asked again.
  const advice = error.attempts === 0 && error.code !== 'invalid_argument' ? '' : hint;
  const wait = error.retryAfterMs === null ? '' : `The service asks to wait ${spanOf(error.retryAfterMs)}.`;
  const paragraphs = [inFormWords(error.message), `${advice} ${wait}`.trim()];
  const told = error.serviceMessage !== null && error.message.includes(error.serviceMessage);
  const facts = [
    row('The service says', told ? null : error.serviceMessage, 'wide'),
    row('Code', error.code),
    row('Service’s code', error.serviceCode),
    row('HTTP status', error.status),
    row('Requests made', error.attempts),
    row('Request id', error.requestId, 'wide'),
  ];
  return { title, element: card(title, paragraphs, facts) };
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
