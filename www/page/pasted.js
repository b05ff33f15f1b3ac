// @ts-check
/** What a pasted curl command or URL asks for, so that nobody has to cut the id out of it. */

import { pastedInstead } from '../pkg/ui/pasted.js';

/** @typedef {{ ids: string[], base: string }} Found */

/** Where the id is a part of the path, unless it is where videos are ordered. */
const ROUTE =
  /\/v1\/(?:videos|video\/generations)\/(?!(?:generations|edits|remix|video_id)\/?$)([^/]+)(?:\/content)?\/?$/;
/** Where it is the parameter `id`. */
const QUERY = /\/v1\/(?:video\/query|videos\/video_id)\/?$/;

/** Nothing where that is neither, or asks more services than one. @param {string} text @returns {Found | null} */
export function taskIn(text) {
  const lines = text.trim().split(/\s*\n\s*/);
  if (pastedInstead(text) !== 'a curl command' && !lines.every((line) => /^https?:\/\/\S+$/i.test(line))) return null;
  const urls = text.match(/https?:\/\/[^\s'"\\]+/gi) ?? [];
  // A command can name other URLs too, as a browser's own copies do: where its page came from.
  const found = urls.map(taskAt).filter((task) => task !== null);
  const bases = new Set(found.map(({ base }) => base));
  const [base] = bases;
  return base !== undefined && bases.size === 1 ? { ids: found.map(({ id }) => id), base } : null;
}

/** @param {string} text */
function taskAt(text) {
  if (!URL.canParse(text)) return null;
  const { origin, pathname, searchParams } = new URL(text);
  const [folder = '', ...rest] = pathname.split('/v1/');
  if (rest.length === 0) return null;
  const asked = QUERY.test(pathname) ? searchParams.get('id') : null;
  const last = ROUTE.exec(pathname)?.[1] ?? '';
  // Unlike decodeURIComponent this reads whatever stands there.
  const id = asked ?? new URLSearchParams(`id=${last.replaceAll('+', '%2B')}`).get('id');
  return id ? { id, base: origin + folder } : null;
}
