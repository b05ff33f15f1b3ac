// @ts-check
/** The row of new-api's task table in its envelope: words in capitals, progress as text, 0 for an unset instant. */
import { FAILURES, STORY } from './story.js';

/** @typedef {import('../tasks.js').Moment} Moment */

const WORDS = {
  queued: 'QUEUED',
  processing: 'IN_PROGRESS',
  generated: 'IN_PROGRESS',
  upscaling: 'IN_PROGRESS',
  completed: 'SUCCESS',
  failed: 'FAILURE',
};

/** @param {string} id @param {Moment} moment @param {string} origin */
export function newApiForm(id, moment, origin) {
  const seconds = (/** @type {number | null} */ at) => (at === null ? 0 : Math.floor(at / 1000));
  const reason = moment.failure ? FAILURES[moment.failure].message : '';
  const ended = moment.endedAt !== null;
  return {
    code: 'success',
    message: '',
    data: {
      task_id: id,
      action: 'textGenerate',
      status: WORDS[moment.phase],
      fail_reason: reason,
      // On a failed row new-api answers with the reason where the URL should be.
      result_url: moment.phase === 'completed' ? origin + STORY.large.path : reason,
      submit_time: seconds(moment.bornAt),
      start_time: moment.phase === 'queued' ? 0 : seconds(moment.startedAt),
      finish_time: seconds(moment.endedAt),
      progress: `${ended ? 100 : Math.floor(moment.progress * 100)}%`,
      properties: { input: STORY.prompt, origin_model_name: id.slice(0, id.indexOf(':')) },
      data: null,
    },
  };
}
