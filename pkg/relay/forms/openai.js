// @ts-check
/** The OpenAI form: whole per cents, whole seconds, and no URL: the bytes are at `/v1/videos/{id}/content`. */
import { FAILURES, STORY } from './story.js';

/** @typedef {import('../tasks.js').Moment} Moment */

const WORDS = {
  queued: 'queued',
  processing: 'in_progress',
  generated: 'in_progress',
  upscaling: 'in_progress',
  completed: 'completed',
  failed: 'failed',
};
const CODES = { failed: 'video_generation_failed', moderated: 'moderation_blocked' };

/** @param {string} id @param {Moment} moment */
export function openaiForm(id, moment) {
  return {
    id,
    object: 'video',
    model: id.slice(0, id.indexOf(':')),
    status: WORDS[moment.phase],
    progress: Math.floor(moment.progress * 100),
    prompt: STORY.prompt,
    created_at: Math.floor(moment.bornAt / 1000),
    completed_at: moment.phase === 'completed' && moment.endedAt !== null ? Math.floor(moment.endedAt / 1000) : null,
    expires_at: null,
    seconds: String(STORY.seconds),
    size: `${STORY.large.width}x${STORY.large.height}`,
    remixed_from_video_id: null,
    error: moment.failure && { code: CODES[moment.failure], message: FAILURES[moment.failure].message },
  };
}
