// @ts-check

/**
 * @typedef {object} Validator what tells that the bytes are still the same
 * @property {string | null} etag
 * @property {string | null} modified
 * @property {number | null} total
 */

/** @param {Response} response @returns {Validator} */
export function validatorOf({ headers }) {
  const range = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  const isPlain = ['', 'identity'].includes(headers.get('content-encoding') ?? '');
  const length = range ?? (isPlain ? headers.get('content-length') : null);
  return {
    etag: headers.get('etag'),
    modified: headers.get('last-modified'),
    total: length !== null && /^\d+$/.test(length) ? Number(length) : null,
  };
}
