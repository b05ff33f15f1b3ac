// @ts-check
/** The life of a task as a pure function of its age. */

/**
 * @typedef {object} Moment
 * @property {'queued' | 'processing' | 'generated' | 'upscaling' | 'completed' | 'failed'} phase
 *   `generated` and `upscaling` belong to Veo: the source is there, the larger rendition is not yet.
 * @property {number} progress 0 to 1
 * @property {number | null} queuePosition
 * @property {number | null} queueLeftMs
 * @property {number} bornAt epoch ms, as are the next three
 * @property {number} startedAt
 * @property {number} changedAt
 * @property {number | null} endedAt
 * @property {'failed' | 'moderated' | null} failure
 * @property {boolean} recovered errors came up on the way, and did no harm
 */

// Shares of the whole life.
const STARTS = 0.15;
const GENERATED = 0.7;
const UPSCALES = 0.78;
const STUCK = 0.9;
const SLOWER = 7.5;
const QUEUE_LENGTH = 3;
/** @type {Record<string, { endsAt: number, failure: 'failed' | 'moderated' }>} */
const FAILURES = { fails: { endsAt: 0.6, failure: 'failed' }, moderated: { endsAt: 0.4, failure: 'moderated' } };

/**
 * @param {{ model: string, kind: string }} task
 * @param {{ bornAt: number, now: number, lifeMs: number }} clock
 * @returns {Moment}
 */
export function momentOf({ model, kind }, { bornAt, now, lifeMs }) {
  const whole = kind === 'slow' ? lifeMs * SLOWER : lifeMs;
  const share = whole > 0 ? Math.max(0, now - bornAt) / whole : 1;
  const startedAt = Math.round(bornAt + STARTS * whole);
  const progress = Math.min(1, Math.max(0, (share - STARTS) / (1 - STARTS)));
  /** @type {Moment} */
  const moment = {
    phase: 'processing',
    progress,
    queuePosition: null,
    queueLeftMs: null,
    bornAt,
    startedAt,
    changedAt: now,
    endedAt: null,
    failure: null,
    recovered: kind === 'recovers',
  };
  const end = (/** @type {number} */ at) => Math.round(bornAt + at * whole);

  if (share < STARTS) {
    const queuePosition = Math.max(1, Math.ceil(QUEUE_LENGTH * (1 - share / STARTS)));
    return { ...moment, phase: 'queued', progress: 0, queuePosition, queueLeftMs: startedAt - now, changedAt: bornAt };
  }
  const bad = FAILURES[kind];
  if (bad && share >= bad.endsAt) {
    const endedAt = end(bad.endsAt);
    const reached = (bad.endsAt - STARTS) / (1 - STARTS);
    return { ...moment, phase: 'failed', progress: reached, failure: bad.failure, endedAt, changedAt: endedAt };
  }
  if (kind === 'never_ends') {
    return progress < STUCK ? moment : { ...moment, progress: STUCK, changedAt: end(STARTS + STUCK * (1 - STARTS)) };
  }
  if (share >= 1) return { ...moment, phase: 'completed', endedAt: end(1), changedAt: end(1) };
  if (model.startsWith('veo') && share >= GENERATED) {
    return { ...moment, phase: share < UPSCALES ? 'generated' : 'upscaling' };
  }
  return moment;
}
