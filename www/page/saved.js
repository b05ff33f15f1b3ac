// @ts-check
/** Reads a body that somebody saved. What is wrong with it is said of what was pasted: there is no service to speak of. */
import { TaskQueryError, isTaskQueryError, parseTask } from 'video-task-query';

/** What stands before a body where the headers were copied too. */
const HEADERS = /^(?:HTTP\/\d|[\w-]+:\s)[^]*\n[ \t]*[[{]/;

/** @param {string} body */
export function readSaved(body) {
  const start = body.trimStart();
  if (start === '') refuse('Nothing was pasted. Paste what a service answered, as JSON.');
  if (start.startsWith('<')) refuse('It is a web page, no JSON.');
  if (HEADERS.test(start)) refuse('HTTP headers stand in front of the JSON: leave them out.');
  try {
    return parseTask(body);
  } catch (error) {
    if (hasMore(body, error)) refuse('More stands behind the first JSON value: paste one value alone.');
    throw error;
  }
}

/** Whether all before the byte that cannot stand there is a value. @param {string} body @param {unknown} error */
function hasMore(body, error) {
  const offset = isTaskQueryError(error) ? / byte (\d+) cannot stand there\.$/.exec(error.message)?.[1] : undefined;
  if (offset === undefined) return false;
  const before = new TextEncoder().encode(body).subarray(0, Number(offset));
  try {
    JSON.parse(new TextDecoder().decode(before));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} message @returns {never} */
function refuse(message) {
  throw new TaskQueryError({ code: 'invalid_response', message });
}
