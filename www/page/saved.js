// @ts-check
/** Reads a body that somebody saved. What is wrong with it is said of what was pasted: there is no service to speak of. */
import { TaskQueryError, isTaskQueryError, parseTask } from 'video-task-query';
import { insteadOfAnswer } from '../pkg/ui/instead.js';

/** @param {string} body */
export function readSaved(body) {
  if (body.trim() === '') refuse('Nothing was pasted. Paste what a service answered, as JSON.');
  try {
    return parseTask(body);
  } catch (error) {
    const instead = isTaskQueryError(error) ? insteadOfAnswer(body, error) : null;
    if (instead) refuse(instead);
    throw error;
  }
}

/** @param {string} message @returns {never} */
function refuse(message) {
  throw new TaskQueryError({ code: 'invalid_response', message });
}
