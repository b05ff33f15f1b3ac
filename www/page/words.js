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

/** @type {Record<string, [title: string, advice: string]>} */
export const ERRORS = {
  invalid_argument: ['This cannot be asked', 'Nothing was sent. Correct the form and ask again.'],
  authentication: ['The key was refused', 'Check the API key. The practice relay takes demo-key.'],
  permission: ['The key may not ask this', 'Use a key that has access to this task’s model.'],
  insufficient_quota: ['The account has no balance left', 'Top up the account behind the key, then ask again.'],
  rate_limited: ['Too many questions', 'Wait a moment, then ask again.'],
  not_found: [
    'There is no such task',
    'Check the id, with its prefix, and the endpoint. A task that was just submitted may need a few seconds.',
  ],
  bad_request: ['The service did not accept the question', 'Check the id and the endpoint.'],
  server: ['The service is in trouble', 'The task itself may be fine. Ask again in a while.'],
  // A browser does not tell a page why there was no answer.
  network: [
    'No answer',
    'Is the base URL right, and the service up? Then it is CORS: the relays do not let pages send the Authorization ' +
      'header. Ask from Node, or through a route of your own server (a relative base URL such as /api/video).',
  ],
  timeout: ['No answer in time', 'The task itself may be fine. Ask again in a while.'],
  invalid_response: ['The answer is not a task', 'If it is the same next time, check the base URL and the endpoint.'],
};
