// @ts-check
/** The practice relay inside the page, where a host only serves files: for its own routes it takes the place of `fetch`. */
import { createAnswers, FILM } from '../relay/answer.js';

/** Where the page is; the file itself is a folder below. */
const HOME = new URL('..', import.meta.url).href;
const answerTo = createAnswers();
const network = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  if (!request.url.startsWith(`${HOME}v1/`)) return network(input, init);
  request.signal.throwIfAborted();
  const answer = answerTo({
    method: request.method,
    url: request.url.slice(HOME.length - 1),
    authorization: request.headers.get('authorization'),
    origin: HOME.replace(/\/$/, ''),
  });
  if (answer.isFilm) return network(HOME + FILM.slice(1), { signal: request.signal });
  const { status, type, headers } = answer;
  return new Response(bodyOf(answer), { status, headers: { ...headers, ...(type ? { 'content-type': type } : {}) } });
};

/** @param {import('../relay/answer.js').Answer} answer */
function bodyOf({ body, sent }) {
  if (sent === undefined) return body;
  return new ReadableStream(
    {
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body).subarray(0, sent));
      },
      // Only when the beginning has been taken: an error drops what is still waiting.
      pull: (controller) => controller.error(new TypeError('The connection was lost.')),
    },
    { highWaterMark: 1 },
  );
}
