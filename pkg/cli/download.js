// @ts-check
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkName, fromDisk } from './disk.js';
import { Part } from './part.js';
import { withStallLimit } from './stall.js';
import { validatorOf } from './validator.js';
import { addressIn, checkVideo, fetchFrom } from '../ui/response.js';
import { DownloadError } from '../ui/download-error.js';

/**
 * @typedef {object} Order
 * @property {string} file
 * @property {boolean} force
 * @property {string} what which task, and which of its videos
 * @property {(url: string | null) => Promise<Request>} request made anew for each attempt; for another URL where an answer leads there
 * @property {AbortSignal} signal
 * @property {number} stallMs how long no byte may come
 * @property {(done: number, total: number | null) => void} onBytes
 * @property {(remark: string) => void} onTrouble
 */

/** Attempts in a row that may bring nothing. */
const TRIES = 5;
/** Of a service that wishes to be left alone for longer, its wish does not count beyond this. */
const LONGEST_WISH_MS = 60_000;

/**
 * Saves a video. What has come stays in `<file>.part` where it ends early, and the next time goes on from there.
 *
 * @param {Order} order
 * @returns {Promise<{ file: string, bytes: number }>}
 */
export async function download(order) {
  try {
    return await saved(order);
  } catch (error) {
    throw fromDisk(error, `${order.file}.part`);
  }
}

/** @param {Order} order */
async function saved(order) {
  const { file, force, signal } = order;
  await checkName(file, force);
  const part = await Part.open(file, force);
  let most = part.bytes;
  try {
    for (let tries = 1; ; tries++) {
      try {
        await attempt(part, order);
        break;
      } catch (error) {
        if (signal.aborted || !(error instanceof DownloadError) || !error.isPassing) throw error;
        if (part.bytes > most) tries = 0;
        most = Math.max(most, part.bytes);
        if (tries >= TRIES) throw error;
        order.onTrouble(error.message);
        const pauseMs = Math.max(Math.min(LONGEST_WISH_MS, error.waitMs), 250 * 2 ** tries);
        await sleep(pauseMs, undefined, { signal });
      }
    }
    await part.finish(force);
  } finally {
    await part.close().catch(() => {});
  }
  return { file, bytes: part.bytes };
}

/** @param {Part} part @param {Order} order */
async function attempt(part, order) {
  const { stallMs, onBytes } = order;
  const stall = withStallLimit(order.signal, stallMs);
  try {
    const request = await order.request(null);
    const of = originOf(order.what, request.url);
    const resume = part.resume(of);
    let response = await fetchFrom(request, resume, stall.signal);
    const elsewhere = await addressIn(response);
    if (elsewhere) response = await fetchFrom(await order.request(elsewhere), resume, stall.signal);
    await checkVideo(response);
    const total = await place(part, response, { of, from: resume?.from ?? 0 });
    onBytes(part.bytes, total);
    for await (const chunk of /** @type {AsyncIterable<Uint8Array>} */ (response.body ?? [])) {
      stall.alive();
      await part.write(chunk);
      onBytes(part.bytes, total);
    }
    check(part.bytes, total);
  } catch (error) {
    if (order.signal.aborted) throw order.signal.reason;
    if (error instanceof DownloadError) throw error;
    if (stall.signal.aborted) throw new DownloadError(`No byte came for ${stallMs / 1000} s.`, { isPassing: true });
    throw translated(error, part);
  } finally {
    stall.end();
  }
}

/** Of a URL all but the query: signatures change from poll to poll. A hash, since a path may be a secret too. @param {string} what @param {string} url */
function originOf(what, url) {
  const address = url.replace(/^(https?:[^?#]*).*$/s, '$1');
  return createHash('sha256')
    .update(JSON.stringify([what, address]))
    .digest('hex');
}

/**
 * Makes the file ready for the bytes that come: behind those that are there, or from the beginning.
 *
 * @param {Part} part
 * @param {Response} response
 * @param {{ of: string, from: number }} asked which video, and from which byte on
 * @returns {Promise<number | null>} how many bytes there will be in all
 */
async function place(part, response, { of, from }) {
  const now = validatorOf(response);
  if (response.status === 200) {
    await part.begin({ of, ...now });
    return now.total;
  }
  const known = part.origin;
  const isSame = known?.etag ? known.etag === now.etag : known?.modified != null && known.modified === now.modified;
  const start = Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? NaN);
  if (
    from > 0 &&
    isSame &&
    start === from &&
    (now.total === null || known?.total == null || known.total === now.total)
  ) {
    await part.cut(from);
    return now.total ?? known?.total ?? null;
  }
  await response.body?.cancel();
  await part.cut(0);
  throw new DownloadError('The video is not what it was, or another part came: starting over.', { isPassing: true });
}

/** @param {number} bytes @param {number | null} total */
function check(bytes, total) {
  if (bytes === 0) throw new DownloadError('The service sent an empty video.');
  if (total !== null && bytes !== total)
    throw new DownloadError(`${bytes} of ${total} bytes came.`, { isPassing: true });
}

/** What fetch said. @param {any} error @param {Part} part */
function translated(error, part) {
  // Both what has not begun and what broke off are TypeErrors with the true reason in their cause.
  if (!(error instanceof TypeError)) return error;
  const { code, message } = /** @type {any} */ (error.cause ?? error);
  // Other words repeat the address, and a service may lead to one that holds the key.
  const why = code && code !== 'UND_ERR_SOCKET' ? code : message;
  return new DownloadError(`The connection broke after ${part.bytes} bytes (${why}).`, {
    isPassing: true,
    cause: error,
  });
}
