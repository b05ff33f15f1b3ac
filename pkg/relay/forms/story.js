// @ts-check
/** What every practice task is about, and in which words it fails. */

export const STORY = {
  prompt: 'Dunes under a low sun',
  enhancedPrompt:
    'Layered dunes in coral and violet drift slowly under a large pale sun. Flat shapes, soft gradients, ' +
    'calm, no people, no text. The last frame meets the first.',
  seconds: 4,
  large: { path: '/media/dunes-720.mp4', width: 1280, height: 720 },
  small: { path: '/media/dunes-360.mp4', width: 640, height: 360 },
  thumbnail: '/media/dunes.jpg',
  preview: '/media/dunes.gif',
};

export const FAILURES = {
  failed: { code: 'generation_failed', message: 'The model stopped half way and returned no frames' },
  moderated: {
    code: 'content_policy_violation',
    message: 'This content may violate our guardrails concerning similarity to third-party content',
  },
};

export const RECOVERED =
  '[503] Request failed with status code 503 | Message: the model is overloaded | Status: UNAVAILABLE';

/** A steady uuid for an id: services answer with an id of their own. @param {string} id */
export function uuidFor(id) {
  let hex = '';
  for (let part = 0; part < 4; part++) {
    let hash = 0x811c9dc5 ^ part;
    for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hex += ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0');
  }
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
