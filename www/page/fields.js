// @ts-check
/** The package's names for what it refuses, in the words of the form, and the field that each is about. */
import { isTaskQueryError } from 'video-task-query';
import { byId } from './dom.js';
import { isTouched } from './touch.js';

/** How messages about an argument begin, and the field that it comes from. @type {[beginning: RegExp, field: string][]} */
const FIELDS = [
  [/^baseUrl\b/, 'base'],
  [/^apiKey\b/, 'key'],
  [/^endpoint\b/, 'template'],
  [/^(?:The id|What stands in the place of a task id)\b/, 'ids'],
];

/** The service's own words, where a message holds some, stay what they are. @param {string} message */
export function inFormWords(message) {
  const [own = ''] = message.split('. It says: ', 1);
  const said = message.slice(own.length);
  return (
    own
      .replaceAll(/\bbaseUrl\b/g, 'Base URL')
      .replaceAll(/\bapiKey\b/g, 'API key')
      .replace(/^endpoint\b/, 'Endpoint') + said
  );
}

/** What is wrong, at the field that has to be corrected, and leads there. @param {unknown} error */
export function markRefused(error) {
  if (!isTaskQueryError(error) || error.code !== 'invalid_argument') return;
  const name = FIELDS.find(([beginning]) => beginning.test(error.message))?.[1];
  if (name === undefined) return;
  const field = byId(name, HTMLElement);
  field.setAttribute('aria-invalid', 'true');
  wordsAt(field).textContent = inFormWords(error.message);
  // A keyboard on the screen would cover the words, and scrolling to the field would lose them.
  if (!isTouched()) field.focus({ preventScroll: true });
}

/** Until the next asking, or until somebody corrects it. */
export function clearMarks() {
  for (const field of document.querySelectorAll('[aria-invalid]')) clearMark(field);
}

/** @param {Element} field */
function clearMark(field) {
  field.removeAttribute('aria-invalid');
  wordsAt(field).textContent = '';
}

/** Where it is said at a field what is wrong with it. @param {Element} field */
const wordsAt = (field) => byId(`${field.id}-refused`, HTMLElement);

byId('ask', HTMLFormElement).addEventListener('input', ({ target }) => {
  if (target instanceof Element && target.hasAttribute('aria-invalid')) clearMark(target);
});
