// @ts-check
/** What went wrong, in words, and what to do: by the error, and by what the page knows besides. */
import { inFormWords } from './fields.js';
import { mayBeCors } from './network.js';
import { ERRORS, NO_TASK } from './words.js';

const NO_KEY = 'No API key was sent';
/** What the titles say too. */
const AS_THE_TITLE = /^The service (?:is in trouble|does not know this task|has no such route): (.)/;

/** @typedef {import('./form.js').Question} Question */
/** @typedef {import('video-task-query').TaskQueryError} TaskQueryError */

/** What was asked; null for a body that somebody saved, which came from no service that could be asked again. @typedef {Question | null} About */

/** What happened, in short. @param {TaskQueryError} error @param {About} about */
export function titleOf({ code, missing }, about) {
  if (about === null && code === 'invalid_response') return 'This is not a task';
  if (isKeyless(code, about)) return 'A key is needed';
  if (missing === 'route') return 'There is no such route';
  return ERRORS[code]?.[0] ?? code;
}

/** In a word or two: that there was no answer, or that there was one. @param {TaskQueryError} error */
export function stateOf({ code, status }) {
  if (code === 'invalid_argument') return 'Not asked';
  return status === null ? 'No answer' : (NO_TASK[code] ?? 'No task');
}

/** The package's sentence, as far as it is about this page. @param {TaskQueryError} error @param {About} about */
export function messageOf({ code, message }, about) {
  if (about === null) return message.replace(/^The answer\b/, 'What was pasted');
  // Whether CORS can be the reason is known here better.
  if (code === 'network') return message.replace(/ A browser says no more;[^]*$/, '');
  const words = isKeyless(code, about) ? message.replace(/^The service does not accept the API key/, NO_KEY) : message;
  return inFormWords(words);
}

/** The same below its title, which need not be said twice. @param {TaskQueryError} error @param {About} about */
export const messageBelowTitle = (error, about) =>
  messageOf(error, about).replace(AS_THE_TITLE, (_, first) => first.toUpperCase());

/** @param {TaskQueryError} error @param {About} about */
export function adviceOn({ code, missing }, about) {
  if (about === null || missing === 'route') return '';
  if (code === 'network') return adviceWithoutAnswer(about);
  const advice = isKeyless(code, about) ? 'Type the API key of this service.' : (ERRORS[code]?.[1] ?? '');
  return code === 'authentication' && about.isPractice ? 'The practice relay takes demo-key.' : advice;
}

/** The package cannot tell: a route of one's own server adds the key. @param {string} code @param {About} about */
function isKeyless(code, about) {
  const { apiKey, baseUrl = '' } = about?.options ?? {};
  return code === 'authentication' && about !== null && apiKey === undefined && !baseUrl.startsWith('/');
}

/** A browser does not tell a page why there was no answer. @param {Question} question */
function adviceWithoutAnswer({ options }) {
  if (!navigator.onLine) return 'The browser is offline. Ask again when it is back.';
  if (!mayBeCors(options)) return 'Is the service still up? Ask again in a while.';
  return (
    'Is the base URL right, and the service up? Then it is CORS: the relays do not let pages send the Authorization ' +
    'header. Ask from Node, or through a route of your own server (a relative base URL such as /api/video).'
  );
}
