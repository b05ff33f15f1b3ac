// @ts-check
import * as util from 'node:util';

/**
 * @typedef {'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'} Look
 * @typedef {(look: Look, text: string) => string} Paint
 */

/**
 * Whether colours go to a stream: FORCE_COLOR decides first, then NO_COLOR, then what the stream is.
 *
 * @param {{ isTTY?: boolean }} stream
 * @param {NodeJS.ProcessEnv} env
 */
function hasColour(stream, env) {
  if (env.FORCE_COLOR !== undefined) return !['0', 'false'].includes(env.FORCE_COLOR);
  if (env.NO_COLOR) return false;
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/**
 * @param {{ isTTY?: boolean }} stream
 * @param {NodeJS.ProcessEnv} env
 * @returns {Paint}
 */
export function painter(stream, env) {
  // Missing before Node 20.12.
  const { styleText } = /** @type {{ styleText?: (look: string, text: string, options?: object) => string }} */ (util);
  if (!styleText || !hasColour(stream, env)) return (_, text) => text;
  // Whether the stream takes colours was decided above.
  return (look, text) => styleText(look, text, { validateStream: false });
}

/** @type {Record<import('../index.js').TaskStatus, Look>} */
export const STATUS_LOOKS = {
  completed: 'green',
  failed: 'red',
  cancelled: 'red',
  expired: 'red',
  queued: 'dim',
  processing: 'cyan',
  unknown: 'yellow',
};
