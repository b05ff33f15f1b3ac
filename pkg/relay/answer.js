// @ts-check
/** What the practice relay answers to a question, as data: a server sends it, and so can a page that has none. */
import { errorBody, faultOf } from './faults.js';
import { grokForm } from './forms/grok.js';
import { newApiForm } from './forms/new-api.js';
import { openaiForm } from './forms/openai.js';
import { soraForm } from './forms/sora.js';
import { veoForm } from './forms/veo.js';
import { parsePracticeId } from './ids.js';
import { createRegister } from './register.js';
import { questionOf } from './routes.js';
import { momentOf } from './tasks.js';

export const KEY = 'demo-key';
export const LIFE_MS = 8000;
/** Where a task's bytes are that the service serves with the key. */
export const FILM = '/media/dunes-720.mp4';

const JSON_TYPE = 'application/json; charset=utf-8';
const UNIFIED = { 'sora-2': soraForm, 'veo3.1-fast': veoForm, grok: grokForm };

/**
 * @typedef {object} Call
 * @property {string} method
 * @property {string} url path and query
 * @property {string | null | undefined} authorization
 * @property {string} origin where the relay is, as the caller sees it
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {string} type content type; '' when there is no body
 * @property {string} body
 * @property {Record<string, string>} headers
 * @property {number} [sent] how many bytes of the body arrive before the line drops
 * @property {boolean} [isFilm] the bytes of the film take the body's place
 */

/**
 * @param {object} [options]
 * @param {() => number} [options.now] epoch ms
 * @param {number} [options.lifeMs] from the first question to the end of an ordinary task
 * @param {number} [options.maxIds] how many ids are remembered
 * @returns {(call: Call) => Answer}
 */
export function createAnswers({ now = Date.now, lifeMs = LIFE_MS, maxIds } = {}) {
  const register = createRegister(maxIds);

  return ({ method, url, authorization, origin }) => {
    const requestId = newRequestId(now());
    const headers = { 'x-oneapi-request-id': requestId };
    /** @param {number} status @param {string} body */
    const json = (status, body) => ({ status, type: JSON_TYPE, body, headers });

    const [path, search] = splitUrl(url);
    const question = method === 'GET' || method === 'HEAD' ? questionOf(path, new URLSearchParams(search)) : null;
    if (!question) {
      const message = `Invalid URL (${method} ${path})`;
      return json(404, JSON.stringify({ error: { message, type: 'invalid_request_error', param: '', code: '' } }));
    }
    if (authorization !== `Bearer ${KEY}`) {
      return json(401, errorBody(`无效的令牌 (request id: ${requestId})`, 'new_api_error', ''));
    }
    const task = parsePracticeId(question.id);
    if (!task) return json(400, JSON.stringify({ code: 'task_not_exist', message: 'task_not_exist', data: null }));

    const { bornAt, asked } = register.ask(question.id, now());
    const moment = momentOf(task, { bornAt, now: now(), lifeMs });
    const fault = faultOf(task.kind, asked, requestId);
    if (!fault && question.form === 'content') {
      if (moment.phase === 'completed') return { ...json(200, ''), isFilm: true };
      return json(400, errorBody('Video is not ready yet', 'invalid_request_error', 'video_not_ready'));
    }
    const body = JSON.stringify(bodyOf(question, task.model, moment, origin));
    return fault ? spoiled(fault, body, headers) : json(200, body);
  };
}

/** `URL` would throw on some of what a client can send. @param {string} url @returns {[path: string, search: string]} */
export function splitUrl(url) {
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

/**
 * @param {import('./faults.js').Fault} fault @param {string} taskBody @param {Record<string, string>} common
 * @returns {Answer}
 */
function spoiled({ status, type, body, headers, spoil }, taskBody, common) {
  const answer = { status, type, headers: { ...common, ...headers } };
  if (body !== null) return { ...answer, body };
  const half = Math.floor(taskBody.length / 2);
  return spoil === 'cut' ? { ...answer, body: taskBody, sent: half } : { ...answer, body: taskBody.slice(0, half) };
}

/** As new-api makes them: the time to the millisecond, then eight random characters. @param {number} now */
function newRequestId(now) {
  const random = crypto.getRandomValues(new Uint8Array(4));
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return new Date(now).toISOString().replace(/\D/g, '') + hex;
}
