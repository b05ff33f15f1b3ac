// @ts-check
/** What is refused before anything is asked: what would send a key where it must not be, or could get no answer. */
import { TaskQueryError } from 'video-task-query';
import { pastedInstead } from '../pkg/ui/pasted.js';
import { holdsKey } from '../pkg/ui/secrets.js';
import { isOfThisMachine } from './hosts.js';

/** @param {import('./form.js').Question} question */
export function check({ ids, options: { baseUrl = '', endpoint = '', apiKey = '' } }) {
  const keys = [apiKey];
  if (baseUrl === '') refuse('baseUrl is empty. Type the base URL of the service.');
  if (ids.length === 0) refuse('The id is empty. Type the id that the service gave when the task was made.');
  for (const id of ids) {
    // Not the line itself: it may hold a key.
    const instead = holdsKey(id, keys) ? 'the API key' : pastedInstead(id);
    if (instead) refuse(`What stands in the place of a task id is ${instead}. Put only ids there, one a line.`);
  }
  for (const [name, text] of Object.entries({ baseUrl, endpoint }))
    if (holdsKey(text, keys)) refuse(`${name} holds the API key, which would stand in a URL: leave it out.`);
  checkPolicy(baseUrl);
}

/** What the page's own policy would refuse, which looks as if the service were not there. @param {string} baseUrl */
function checkPolicy(baseUrl) {
  if (!URL.canParse(baseUrl, location.href)) return;
  const url = new URL(baseUrl, location.href);
  if (url.protocol !== 'http:' || isOfThisMachine(url) || url.origin === location.origin) return;
  refuse(
    `baseUrl is plain http. This page asks over https, and over http only localhost and 127.0.0.1, not ${url.origin}.`,
  );
}

/** The message begins with the name of what it is about, as the package's do. @param {string} message @returns {never} */
function refuse(message) {
  throw new TaskQueryError({ code: 'invalid_argument', message });
}
