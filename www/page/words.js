// @ts-check
/** What the package's words mean to a person, and what to do about it. */

/** @type {Record<string, string>} */
const STATUS = {
  queued: 'Queued',
  processing: 'Processing',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  expired: 'Expired',
  unknown: 'Unknown',
};

/** The status in words. @param {import('video-task-query').Task} task */
export function statusOf({ status, stage }) {
  return stage === null ? STATUS[status] : `${STATUS[status]} · ${stage.replaceAll('_', ' ')}`;
}

/** @type {Record<string, string>} */
export const REASONS = {
  moderation: 'The content filter stopped it. Change the prompt or the images.',
  invalid_input: 'The service could not work with the input.',
  quota: 'The account behind the key has run out of quota.',
  timeout: 'The service ran out of time.',
  no_output: 'The service finished without a video.',
  expired: 'The task is too old: the service has dropped it.',
  cancelled: 'The task was cancelled.',
  upstream: 'The model behind the service went wrong. Trying anew may help.',
  unknown: 'It ended without a video.',
};

/** @type {Record<string, string>} */
export const WARNINGS = {
  recovered_error: 'An error came up on the way, and a retry got over it.',
  unsafe_url: 'A URL was refused.',
  no_output: 'Completed, but without a video.',
  id_mismatch: 'The answer carries another id.',
};

/** What a pill says where there was an answer, and it was no task. @type {Record<string, string>} */
export const NO_TASK = {
  authentication: 'Refused',
  permission: 'Refused',
  insufficient_quota: 'Refused',
  rate_limited: 'Refused',
  bad_request: 'Refused',
  not_found: 'Not found',
};

/** The advice is what the package's own sentence does not say. @type {Record<string, [title: string, advice: string]>} */
export const ERRORS = {
  invalid_argument: ['This cannot be asked', 'Nothing was sent. Correct the form and ask again.'],
  authentication: ['The key was refused', 'Is it a key of this service?'],
  permission: ['The key may not ask this', 'Use a key that has access to this task’s model.'],
  insufficient_quota: ['The account has no balance left', 'Top it up, then ask again.'],
  rate_limited: ['Too many questions', 'Wait a moment, then ask again.'],
  not_found: [
    'There is no such task',
    'An id goes with its prefix. A task that was just submitted may need a few seconds.',
  ],
  bad_request: ['The service did not accept the question', 'Check the id and the endpoint.'],
  server: ['The service is in trouble', 'The task itself may be fine.'],
  network: ['No answer', ''],
  timeout: ['No answer in time', 'The task itself may be fine. Ask again in a while.'],
  invalid_response: ['The answer is not a task', 'If it is the same next time, check the base URL and the endpoint.'],
};

/** With its full stop, where more follows. @param {string} words */
export const sentence = (words) => (/[.!?…。！？]$/.test(words) ? words : `${words}.`);
