// @ts-check
/** The practice film and its stills, from memory, whole or in ranges. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ bytes: Buffer, type: string, etag: string }} MediaFile */
/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

const TYPES = {
  'dunes-720.mp4': 'video/mp4',
  'dunes-360.mp4': 'video/mp4',
  'dunes.jpg': 'image/jpeg',
  'dunes.gif': 'image/gif',
};

// The npm package brings the small film alone: the large one would weigh more than all the rest of the package.
const STAND_IN = 'dunes-360.mp4';

/** @returns {Map<string, MediaFile>} by path on the server */
export function loadMedia() {
  return new Map(
    Object.entries(TYPES).flatMap(([name, type]) => {
      const here = [name, ...(type === 'video/mp4' ? [STAND_IN] : [])].map(
        (each) => new URL(`./media/${each}`, import.meta.url),
      );
      const file = here.find((each) => existsSync(each));
      if (!file) return [];
      const bytes = readFileSync(file);
      const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`;
      return [[`/media/${name}`, { bytes, type, etag }]];
    }),
  );
}

/**
 * @param {Request} req @param {Response} res @param {MediaFile} file
 * @param {string} cacheControl
 */
export function sendMedia(req, res, { bytes, type, etag }, cacheControl) {
  res.setHeader('accept-ranges', 'bytes');
  res.setHeader('cache-control', cacheControl);
  res.setHeader('etag', etag);
  if (req.headers['if-none-match'] === etag) return void res.writeHead(304).end();

  const wanted = req.headers.range;
  const fresh = req.headers['if-range'] === undefined || req.headers['if-range'] === etag;
  const range = wanted && fresh ? parseRange(wanted, bytes.length) : null;
  if (range === 'unsatisfiable') {
    return void res.writeHead(416, { 'content-range': `bytes */${bytes.length}`, 'content-length': 0 }).end();
  }
  const { first, last } = range ?? { first: 0, last: bytes.length - 1 };
  res.writeHead(range ? 206 : 200, {
    'content-type': type,
    'content-length': last - first + 1,
    ...(range ? { 'content-range': `bytes ${first}-${last}/${bytes.length}` } : {}),
  });
  res.end(req.method === 'HEAD' ? undefined : bytes.subarray(first, last + 1));
}

/**
 * One range of RFC 9110; what is not understood is ignored, as the RFC allows.
 * @param {string} header @param {number} size
 * @returns {{ first: number, last: number } | 'unsatisfiable' | null}
 */
function parseRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const length = Math.min(Number(match[2]), size);
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 };
  }
  const first = Number(match[1]);
  const last = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== '' && Number(match[2]) < first) return null;
  return first >= size ? 'unsatisfiable' : { first, last };
}
