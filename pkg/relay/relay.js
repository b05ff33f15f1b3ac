// @ts-check
/** The practice relay: a request handler that answers as the relays do, well and badly. */
import { randomBytes } from 'node:crypto';
import { errorBody, faultOf } from './faults.js';
import { grokForm } from './forms/grok.js';
import { newApiForm } from './forms/new-api.js';
import { openaiForm } from './forms/openai.js';
import { soraForm } from './forms/sora.js';
import { veoForm } from './forms/veo.js';
import { parsePracticeId } from './ids.js';
import { loadMedia, sendMedia } from './media.js';
import { createRegister } from './register.js';
import { questionOf } from './routes.js';
import { momentOf } from './tasks.js';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

export const KEY = 'demo-key';
export const LIFE_MS = 8000;

const JSON_TYPE = 'application/json; charset=utf-8';
const UNIFIED = { 'sora-2': soraForm, 'veo3.1-fast': veoForm, grok: grokForm };
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
 * @param {object} [options]
 * @param {() => number} [options.now] epoch ms
 * @param {number} [options.lifeMs] from the first question to the end of an ordinary task
 * @param {number} [options.maxIds] how many ids are remembered
 * @returns {(req: Request, res: Response) => void}
 */
export function createRelay({ now = Date.now, lifeMs = LIFE_MS, maxIds } = {}) {
  const media = loadMedia();
  const register = createRegister(maxIds);

  return (req, res) => {
    const [path, search] = splitUrl(req.url ?? '/');
    for (const [name, value] of Object.entries(CORS)) res.setHeader(name, value);
    res.setHeader('x-content-type-options', 'nosniff');
    if (req.method === 'OPTIONS') return void res.writeHead(204, PREFLIGHT).end();

    const reading = req.method === 'GET' || req.method === 'HEAD';
    const file = reading ? media.get(path) : undefined;
    if (file) return sendMedia(req, res, file, 'public, max-age=3600');

    const requestId = newRequestId(now());
    res.setHeader('x-oneapi-request-id', requestId);
    const question = reading ? questionOf(path, new URLSearchParams(search)) : null;
    if (!question) {
      const message = `Invalid URL (${req.method} ${path})`;
      return send(res, 404, JSON.stringify({ error: { message, type: 'invalid_request_error', param: '', code: '' } }));
    }
    if (req.headers.authorization !== `Bearer ${KEY}`) {
      return send(res, 401, errorBody(`无效的令牌 (request id: ${requestId})`, 'new_api_error', ''));
    }
    const task = parsePracticeId(question.id);
    if (!task) {
      return send(res, 400, JSON.stringify({ code: 'task_not_exist', message: 'task_not_exist', data: null }));
    }

    const { bornAt, asked } = register.ask(question.id, now());
    const moment = momentOf(task, { bornAt, now: now(), lifeMs });
    const fault = faultOf(task.kind, asked, requestId);
    if (!fault && question.form === 'content') return sendContent(req, res, moment);
    const body = JSON.stringify(bodyOf(question, task.model, moment, originOf(req)));
    if (fault) return sendFault(res, fault, body);
    send(res, 200, body);
  };

  /** @param {Request} req @param {Response} res @param {import('./tasks.js').Moment} moment */
  function sendContent(req, res, moment) {
    const film = media.get('/media/dunes-720.mp4');
    if (moment.phase === 'completed' && film) return sendMedia(req, res, film, 'private, no-store');
    send(res, 400, errorBody('Video is not ready yet', 'invalid_request_error', 'video_not_ready'));
  }
}

/** `URL` would throw on some of what a client can send. @param {string} url */
function splitUrl(url) {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

/**
 * @param {import('./routes.js').Question} question @param {import('./ids.js').Model} model
 * @param {import('./tasks.js').Moment} moment @param {string} origin
 */
function bodyOf({ form, id }, model, moment, origin) {
  if (form === 'openai') return openaiForm(id, moment);
  if (form === 'new-api') return newApiForm(id, moment, origin);
  return UNIFIED[model](id, moment, origin);
}

/** @param {Response} res @param {number} status @param {string} body @param {string} [type] */
function send(res, status, body, type = JSON_TYPE) {
  const bytes = Buffer.from(body);
  res.writeHead(status, {
    'cache-control': 'no-store',
    'content-length': bytes.length,
    ...(type ? { 'content-type': type } : {}),
  });
  res.end(bytes);
}

/** @param {Response} res @param {import('./faults.js').Fault} fault @param {string} taskBody */
function sendFault(res, { status, type, body, headers, spoil }, taskBody) {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (body !== null) return send(res, status, body, type);
  const half = taskBody.slice(0, taskBody.length / 2);
  if (spoil !== 'cut') return send(res, status, half, type);
  res.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(taskBody) });
  res.write(half, () => res.destroy());
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

/** As new-api makes them: the time to the millisecond, then eight random characters. @param {number} now */
function newRequestId(now) {
  return new Date(now).toISOString().replace(/\D/g, '') + randomBytes(4).toString('hex');
}
