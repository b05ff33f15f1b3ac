// @ts-check
import { DownloadError } from './download-error.js';

const MOST_JSON = 100_000;
/** What errors and log-in pages are, and no video is: what the service adds to it is not repeated. */
const NO_VIDEO = /^(?:text\/(?:html|plain|xml)?|application\/(?:json|problem\+json|xml|xhtml))/i;

/**
 * The answer to a request for a video, from a byte on where some are there.
 *
 * @param {Request} request
 * @param {{ from: number, ifRange: string } | null} resume
 * @param {AbortSignal} [signal]
 */
export async function fetchFrom(request, resume, signal) {
  const headers = new Headers(request.headers);
  if (resume) {
    headers.set('range', `bytes=${resume.from}-`);
    headers.set('if-range', resume.ifRange);
  } else {
    // Lengths and ranges are those of the bytes as they travel. With a range fetch says so by itself.
    headers.set('accept-encoding', 'identity');
  }
  // Told as an error, a redirection that is not to be followed would look like a broken connection.
  const redirect = request.redirect === 'error' ? 'manual' : request.redirect;
  const response = await fetch(request, { headers, signal, redirect });
  const trouble = troubleOf(response);
  if (!trouble) return response;
  await response.body?.cancel();
  throw trouble;
}

/** @param {Response} response */
function troubleOf(response) {
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    return new DownloadError(
      'The video’s URL redirects, and headers of your own do not go along: leave --header away if the key alone will do.',
    );
  }
  // 416: the video has fewer bytes than before, which is seen to where the bytes are.
  if (status !== 200 && status !== 206 && status !== 416) {
    const hint = [401, 403, 404, 410].includes(status) ? ' The URL may have expired: ask again for a new one.' : '';
    const message = `The video’s URL was answered with HTTP ${status}.${hint}`;
    return new DownloadError(message, { isPassing: isPassing(status), waitMs: wishIn(headers) });
  }
  return null;
}

/** As for the task itself. @param {number} status */
function isPassing(status) {
  return [408, 425, 429].includes(status) || (status >= 500 && status !== 501);
}

/** How many ms a service wishes to be left alone, told as seconds or as a date, of its own clock. @param {Headers} headers */
function wishIn(headers) {
  const told = headers.get('retry-after') ?? '';
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  const ms = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - now;
  return ms > 0 ? ms : 0;
}

/**
 * Where an answer in JSON says that the video is. MiniMax's `/v1/files/retrieve`, to which its tasks lead, has it at
 * `file.download_url`.
 *
 * @param {Response} response
 * @returns {Promise<string | null>}
 */
export async function addressIn(response) {
  if (!/^application\/json/i.test(response.headers.get('content-type') ?? '')) return null;
  const url = await jsonOf(response).then(
    (body) => body?.file?.download_url,
    () => null,
  );
  if (typeof url !== 'string' || !/^https?:/i.test(url)) return null;
  await response.body?.cancel();
  return url;
}

/** What an answer says, of which all can be read once more. Nothing where it is too long. @param {Response} response */
async function jsonOf(response) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.clone().body).getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let left = MOST_JSON; left >= 0;) {
    const { done, value } = await reader.read();
    if (done) return JSON.parse(text + decoder.decode());
    text += decoder.decode(value, { stream: true });
    left -= value.length;
  }
  // Not awaited: it lasts until the answer itself has been read or given up.
  reader.cancel().catch(() => {});
  return null;
}

/** @param {Response} response */
export async function checkVideo(response) {
  const type = response.headers.get('content-type') ?? '';
  const [kind] = NO_VIDEO.exec(type) ?? [];
  if (response.status === 416 || !kind) return;
  await response.body?.cancel();
  throw new DownloadError(`What was sent is no video but ${kind.replace(/\/$/, '')}.`);
}
