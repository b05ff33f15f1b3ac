// @ts-check
/** What a service answers that knows some tasks by their ids, and no others. */
import { json } from './service.js';

/** Answers each id with a body of its own. @param {Record<string, import('./service.js').Reply>} answers */
export const byId =
  (answers) =>
  (/** @type {import('./service.js').Asked} */ { query }) =>
    answers[query.get('id') ?? ''] ?? json({ code: 'task_not_exist', message: 'task_not_exist', data: null }, 400);

export const done = (/** @type {string} */ id) =>
  json({ id, status: 'completed', video_url: `https://cdn.example/${id.slice(-1)}.mp4` });
export const broken = (/** @type {string} */ id) =>
  json({
    id,
    status: 'failed',
    error: { code: 'content_policy_violation', message: 'This content may violate our policy' },
  });
