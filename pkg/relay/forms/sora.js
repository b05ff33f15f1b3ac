// @ts-check
/** The unified form as relays fill it for Sora: everything of interest sits in `detail`. */
import { FAILURES, RECOVERED, STORY } from './story.js';

/** @typedef {import('../tasks.js').Moment} Moment */

const INPUT = { size: 'small', model: 'sy_ore', images: [], prompt: STORY.prompt, orientation: 'landscape' };

/** @param {string} id @param {Moment} moment @param {string} origin */
export function soraForm(id, moment, origin) {
  const inner = id.slice(id.indexOf(':') + 1);
  const status_update_time = moment.changedAt;
  if (moment.phase === 'completed') {
    return {
      id,
      width: STORY.large.width,
      detail: finished(inner, moment, origin),
      height: STORY.large.height,
      status: 'completed',
      video_url: origin + STORY.large.path,
      thumbnail_url: origin + STORY.thumbnail,
      ...(moment.recovered ? { error: RECOVERED } : {}),
      status_update_time,
    };
  }
  const status = moment.phase === 'failed' ? 'failed' : 'pending';
  return {
    id,
    detail: { id: inner, input: INPUT, status, pending_info: pending(inner, moment) },
    status,
    ...(moment.failure ? { error: FAILURES[moment.failure].message } : {}),
    status_update_time,
  };
}

/** @param {string} inner @param {Moment} moment */
function pending(inner, moment) {
  const moderated = moment.failure === 'moderated';
  return {
    id: inner,
    seed: null,
    type: 'video_gen',
    model: 'sy_8',
    title: 'New Video',
    width: STORY.large.width,
    height: STORY.large.height,
    prompt: STORY.prompt,
    status: moment.phase,
    n_frames: 96,
    priority: 2,
    operation: 'simple_compose',
    created_at: new Date(moment.bornAt).toISOString(),
    generations: [],
    progress_pct: moment.phase === 'queued' ? null : moment.progress,
    failure_reason: moment.failure && FAILURES[moment.failure].message,
    moderation_result: {
      code: moderated ? FAILURES.moderated.code : null,
      type: moderated ? 'content_violation' : 'passed',
      task_id: inner,
      is_output_rejection: moderated,
      results_by_frame_index: {},
    },
    needs_user_review: false,
    queue_status_message: null,
    num_unsafe_generations: moderated ? 1 : 0,
    progress_pos_in_queue: moment.queuePosition,
    estimated_queue_wait_time: moment.queueLeftMs === null ? null : Math.ceil(moment.queueLeftMs / 1000),
  };
}

/** @param {string} inner @param {Moment} moment @param {string} origin */
function finished(inner, moment, origin) {
  const url = origin + STORY.large.path;
  const thumbnail = origin + STORY.thumbnail;
  const gif = origin + STORY.preview;
  return {
    id: inner,
    url,
    input: INPUT,
    status: 'completed',
    gif_url: gif,
    draft_info: {
      id: `gen_${inner}`,
      url,
      kind: 'sora_draft',
      tags: [],
      title: null,
      width: STORY.large.width,
      height: STORY.large.height,
      prompt: STORY.prompt,
      task_id: inner,
      encodings: {
        md: { path: origin + STORY.small.path },
        gif: { path: gif },
        source: { path: url },
        unfurl: null,
        source_wm: { path: url },
        thumbnail: { path: thumbnail },
      },
      created_at: moment.bornAt / 1000,
      generation_id: `gen_${inner}`,
      draft_reviewed: false,
      generation_type: '',
      downloadable_url: url,
    },
    thumbnail_url: thumbnail,
  };
}
