// @ts-check
/** The unified form as relays fill it for Veo: the video is made first and upscaled afterwards. */
import { FAILURES, RECOVERED, STORY, uuidFor } from './story.js';

/** @typedef {import('../tasks.js').Moment} Moment */

const WORDS = {
  queued: 'pending',
  processing: 'video_generating',
  generated: 'video_generation_completed',
  upscaling: 'video_upsampling',
  completed: 'completed',
  failed: 'failed',
};
const HAS_SOURCE = ['generated', 'upscaling', 'completed'];

/** @param {string} id @param {Moment} moment @param {string} origin */
export function veoForm(id, moment, origin) {
  const status = WORDS[moment.phase];
  const completed = moment.phase === 'completed';
  const failure = moment.failure && FAILURES[moment.failure];
  const upscaled = completed ? { upsample_video_url: origin + STORY.large.path } : {};
  return {
    id,
    detail: {
      id,
      req: {
        model: id.slice(0, id.indexOf(':')),
        images: [],
        prompt: STORY.prompt,
        aspect_ratio: '16:9',
        enhance_prompt: true,
        enable_upsample: true,
      },
      images: [],
      status: failure ? 'video_generation_failed' : status,
      running: moment.endedAt === null,
      ...(HAS_SOURCE.includes(moment.phase) ? { video_url: origin + STORY.small.path } : {}),
      created_at: moment.bornAt,
      max_retries: 3,
      retry_count: moment.recovered ? 2 : 0,
      ...(moment.endedAt === null ? {} : { completed_at: moment.endedAt }),
      ...errors(moment),
      enhanced_prompt: moment.phase === 'queued' ? null : STORY.enhancedPrompt,
      ...(completed ? { upsample_status: 'MEDIA_GENERATION_STATUS_SUCCESSFUL' } : {}),
      status_update_time: moment.changedAt,
      ...upscaled,
      video_generation_id: uuidFor(id).replaceAll('-', ''),
      ...mediaStatus(moment),
    },
    status,
    video_url: completed ? origin + STORY.large.path : null,
    enhanced_prompt: moment.phase === 'queued' ? null : STORY.enhancedPrompt,
    ...(failure ? { error: failure } : {}),
    status_update_time: moment.changedAt,
  };
}

/** @param {Moment} moment */
function errors(moment) {
  if (moment.failure) {
    const { message } = FAILURES[moment.failure];
    return { error_message: message, video_generation_error: message };
  }
  return moment.recovered ? { error_message: RECOVERED } : {};
}

/** @param {Moment} moment */
function mediaStatus({ phase }) {
  if (phase === 'failed') return { video_generation_status: 'MEDIA_GENERATION_STATUS_FAILED' };
  return HAS_SOURCE.includes(phase) ? { video_generation_status: 'MEDIA_GENERATION_STATUS_SUCCESSFUL' } : {};
}
