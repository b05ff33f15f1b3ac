// @ts-check

const TYPES = /** @type {const} */ ({
  'video/webm': '.webm',
  'video/quicktime': '.mov',
  'image/gif': '.gif',
  'video/x-matroska': '.mkv',
});

/** The ending that a video's URL names, or its own type in a data URL; mp4 is what nearly all of them are. @param {string} url */
export function endingOf(url) {
  const type = /^data:([^;,]*)/i.exec(url)?.[1]?.toLowerCase();
  if (type !== undefined) return TYPES[/** @type {keyof typeof TYPES} */ (type)] ?? '.mp4';
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  return /\.(?:mp4|m4v|mov|webm|mkv|gif)$/i.exec(path)?.[0].toLowerCase() ?? '.mp4';
}
