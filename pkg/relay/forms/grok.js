// @ts-check
/** The unified form as relays fill it for Grok: five flat fields, no progress, and an id of the service's own. */
import { FAILURES, RECOVERED, STORY, uuidFor } from './story.js';

/** @typedef {import('../tasks.js').Moment} Moment */

const WORDS = {
  queued: 'pending',
  processing: 'processing',
  generated: 'processing',
  upscaling: 'processing',
  completed: 'completed',
  failed: 'failed',
};

/** @param {string} id @param {Moment} moment @param {string} origin */
export function grokForm(id, moment, origin) {
  return {
    id: uuidFor(id),
    status: WORDS[moment.phase],
    video_url: moment.phase === 'completed' ? origin + STORY.large.path : null,
    enhanced_prompt: STORY.enhancedPrompt,
    ...(moment.failure ? { error: FAILURES[moment.failure] } : {}),
    ...(moment.recovered && moment.phase === 'completed' ? { error: RECOVERED } : {}),
    status_update_time: moment.changedAt,
  };
}
