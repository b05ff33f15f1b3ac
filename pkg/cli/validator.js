// @ts-check

/**
 * @typedef {object} Validator what tells that the bytes are still the same
 * @property {string | null} etag
 * @property {string | null} modified
 * @property {number | null} total
 */

/** @param {Response} response @returns {Validator} */
export function validatorOf({ status, headers }) {
  const range = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  // Of an answer with a part it is the length of that part.
  const isWhole = status === 200 && ['', 'identity'].includes(headers.get('content-encoding') ?? '');
  const length = range ?? (isWhole ? headers.get('content-length') : null);
  return {
    etag: headers.get('etag'),
    modified: headers.get('last-modified'),
    total: length !== null && /^\d+$/.test(length) ? Number(length) : null,
  };
}
