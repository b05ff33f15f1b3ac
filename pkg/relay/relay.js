// @ts-check
/** The practice relay: a request handler that answers as the relays do, well and badly. */
import { createAnswers, FILM, splitUrl } from './answer.js';
import { loadMedia, sendMedia } from './media.js';

export { KEY, LIFE_MS } from './answer.js';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'x-oneapi-request-id, retry-after, content-length, content-range, accept-ranges, etag',
  // A page under `Cross-Origin-Embedder-Policy` may show the media too.
  'cross-origin-resource-policy': 'cross-origin',
};
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD, OPTIONS',
  // `*` stands for every header but this one.
  'access-control-allow-headers': 'authorization, *',
  'access-control-max-age': '600',
};

/**
 * @param {Parameters<typeof createAnswers>[0]} [options]
 * @returns {(req: Request, res: Response) => void}
 */
export function createRelay(options) {
  const media = loadMedia();
  const answerTo = createAnswers(options);

  return (req, res) => {
    const { method = 'GET', url = '/' } = req;
    for (const [name, value] of Object.entries(CORS)) res.setHeader(name, value);
    res.setHeader('x-content-type-options', 'nosniff');
    if (method === 'OPTIONS') return void res.writeHead(204, PREFLIGHT).end();

    const file = method === 'GET' || method === 'HEAD' ? media.get(splitUrl(url)[0]) : undefined;
    if (file) return sendMedia(req, res, file, 'public, max-age=3600');

    const answer = answerTo({ method, url, authorization: req.headers.authorization, origin: originOf(req) });
    for (const [name, value] of Object.entries(answer.headers)) res.setHeader(name, value);
    const film = answer.isFilm && media.get(FILM);
    if (film) return sendMedia(req, res, film, 'private, no-store');
    send(res, answer);
  };
}

/** @param {Response} res @param {import('./answer.js').Answer} answer */
function send(res, { status, type, body, sent }) {
  const bytes = Buffer.from(body);
  res.writeHead(status, {
    'cache-control': 'no-store',
    'content-length': bytes.length,
    ...(type ? { 'content-type': type } : {}),
  });
  if (sent === undefined) res.end(bytes);
  else res.write(bytes.subarray(0, sent), () => res.destroy());
}

/**
 * Where this server is, as the caller sees it. A Host that is no plain host and port is not repeated.
 * @param {Request} req
 */
function originOf(req) {
  const host = req.headers.host ?? '';
  const plain = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?$/i.test(host);
  return `http://${plain ? host : `localhost:${req.socket.localPort}`}`;
}
