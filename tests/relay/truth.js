// @ts-check
/** What is true of each task: how many looks it takes, and how it ends. Nothing that goes wrong on the way changes it. */
import { chance } from './random.js';

const LONGEST = 4;

/** @param {number} seed @param {string} id */
export function truthOf(seed, id) {
  const isGood = chance(seed, id, 'end') < 0.6;
  return {
    status: isGood ? 'completed' : 'failed',
    /** The look at which it has ended, from 1 on. */
    endsAt: 1 + Math.floor(chance(seed, id, 'length') * LONGEST),
    videoUrl: isGood ? `https://cdn.example/${encodeURIComponent(id)}.mp4` : null,
    error: isGood ? null : `No GPU was left for ${id}`,
  };
}

/**
 * The body that says so, as the unified relays write it, with letters that a wrong charset spoils.
 *
 * @param {number} seed
 * @param {string} id
 * @param {number} look the how many-eth it is
 * @param {{ as?: string, now?: number }} [more] another id in the body, and what the relay's clock says
 */
export function bodyOf(seed, id, look, { as = id, now = Date.now() } = {}) {
  const { endsAt, status, videoUrl, error } = truthOf(seed, id);
  const common = { id: as, prompt: 'Dünen unter der Sonne 沙丘 🎬', status_update_time: now };
  if (look < endsAt) return { ...common, status: 'processing', progress: Math.floor((100 * look) / endsAt) };
  return { ...common, status, ...(videoUrl ? { video_url: videoUrl } : { error: { message: error } }) };
}
