// @ts-check
/** Which question a path asks. */

/** @typedef {{ form: 'unified' | 'openai' | 'new-api' | 'content', id: string }} Question */

/**
 * @param {string} path @param {URLSearchParams} query
 * @returns {Question | null} null: there is no such route
 */
export function questionOf(path, query) {
  if (path === '/v1/video/query' || path === '/v1/videos/video_id')
    return { form: 'unified', id: query.get('id') ?? '' };
  const openai = /^\/v1\/videos\/([^/]+)(\/content)?$/.exec(path);
  if (openai) return { form: openai[2] ? 'content' : 'openai', id: decoded(openai[1]) };
  const generations = /^\/v1\/video\/generations\/([^/]+)$/.exec(path);
  return generations ? { form: 'new-api', id: decoded(generations[1]) } : null;
}

/** @param {string} segment */
function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
