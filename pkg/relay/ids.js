// @ts-check
/** The practice ids. Pure data, so that pages and tests can list them. */

/** What may stand before the colon; it decides the form in which the unified routes answer. */
export const MODELS = /** @type {const} */ (['sora-2', 'veo3.1-fast', 'grok']);

/** @typedef {typeof MODELS[number]} Model */
/** @typedef {typeof KINDS[number]['kind']} Kind */

export const KINDS = /** @type {const} */ ([
  { kind: 'task_completes', does: 'waits, works, completes with a video' },
  { kind: 'recovers', does: 'completes, but tells of errors that a retry got over' },
  { kind: 'fails', does: 'fails half way, with a reason' },
  { kind: 'moderated', does: 'is stopped by the content filter' },
  { kind: 'slow', does: 'completes too, but takes seven and a half times as long' },
  { kind: 'never_ends', does: 'gets to 90 % and stays there' },
  { kind: 'rate_limited', does: 'always answers 429, with Retry-After' },
  { kind: 'rate_limited_silent', does: 'always answers 429, without Retry-After and without a body' },
  { kind: 'errors_twice', does: 'answers 500 twice, then completes' },
  { kind: 'bad_gateway', does: 'always answers 502 with a proxy’s HTML page' },
  { kind: 'cut_off', does: 'sends half of the body, then drops the connection' },
  { kind: 'truncated_json', does: 'sends JSON that stops in the middle' },
  { kind: 'empty_202', does: 'answers 202 without a body' },
]);

const KNOWN = new Map(KINDS.map(({ kind }) => [kind.replace(/^task_/, ''), kind]));
const MAX_LENGTH = 128;

/**
 * `sora-2:fails`, `sora-2:fails-17` and `sora-2:task_fails-17` are three tasks of one kind.
 * @param {string} id
 * @returns {{ model: Model, kind: Kind } | null} null: no practice id
 */
export function parsePracticeId(id) {
  if (id.length > MAX_LENGTH) return null;
  const model = MODELS.find((prefix) => id.startsWith(`${prefix}:`));
  if (!model) return null;
  const name = id
    .slice(model.length + 1)
    .replace(/^task_/, '')
    .replace(/-.*$/s, '');
  const kind = KNOWN.get(name);
  return kind ? { model, kind } : null;
}
