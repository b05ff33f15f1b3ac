// @ts-check

/**
 * @typedef {(string | null)[]} Texts
 * @typedef {(number | null)[]} Numbers
 */

/**
 * A task from the rows that the core hands over: the task's own texts and numbers first, then a row a video and a row
 * a warning. The order within a row is that of `src/wasm/convert.rs`.
 *
 * @param {[Texts, Numbers][]} rows
 * @param {Uint8Array[]} body in pieces, as everywhere here
 */
export function taskOf(rows, body) {
  const [[texts, numbers], ...others] = rows;
  const [id, responseId, provider, model, shape, status, rawStatus, stage, ...more] = texts;
  const [thumbnailUrl, previewUrl, contentPath, prompt, enhancedPrompt, code, message, reason] = more;
  const [isDone, progress, queuePosition, estimatedWaitMs, width, height, durationSeconds, ...instants] = numbers;
  const [createdAt, completedAt, updatedAt] = instants;
  // Videos have numbers, warnings have none.
  const videos = others.filter(([, numbers]) => numbers.length > 0).map(videoOf);
  const warnings = others.filter(([, numbers]) => numbers.length === 0).map(([[code, message]]) => ({ code, message }));
  const task = {
    id,
    responseId,
    provider,
    model,
    shape,
    status,
    rawStatus,
    stage,
    isDone: isDone === 1,
    progress,
    queuePosition,
    estimatedWaitMs,
    videoUrl: videos.length > 0 ? videos[0].url : null,
    videos,
    thumbnailUrl,
    previewUrl,
    contentPath,
    width,
    height,
    durationSeconds,
    prompt,
    enhancedPrompt,
    error: reason === null ? null : { code, message, reason },
    warnings,
    createdAt,
    completedAt,
    updatedAt,
  };
  return withRaw(task, body);
}

/**
 * What one answer told.
 *
 * @param {import('./index.d.ts').Task | null} task nothing where the body is the one before
 * @param {Uint8Array[]} body to compare the next one with
 * @param {number | undefined} hintMs when the service wants to be asked again
 * @param {number} attempts
 */
export function answerOf(task, body, hintMs, attempts) {
  return { task, body, hintMs: hintMs ?? null, attempts };
}

/**
 * Whether two bodies have the same bytes, wherever they are cut. No piece is empty.
 *
 * @param {Uint8Array[]} body
 * @param {Uint8Array[]} other
 */
export function hasSameBytes(body, other) {
  if (lengthOf(body) !== lengthOf(other)) return false;
  let [piece, at] = [0, 0];
  for (const bytes of body) {
    for (let here = 0; here < bytes.length; here += 1, at += 1) {
      if (at === other[piece].length) [piece, at] = [piece + 1, 0];
      if (bytes[here] !== other[piece][at]) return false;
    }
  }
  return true;
}

/** @param {Uint8Array[]} body */
function lengthOf(body) {
  return body.reduce((length, piece) => length + piece.length, 0);
}

/**
 * A task with the rows that tell why it is what it is.
 *
 * @param {{ shape: string }} task
 * @param {[Texts, Numbers][]} fields
 * @param {[Texts, Numbers][]} ignored
 */
export function explanationOf(task, fields, ignored) {
  return {
    shape: task.shape,
    task,
    fields: fields.map(([[field, path, note]]) => ({ field, path, note })),
    ignored: ignored.map(([[path, why]]) => ({ path, why })),
  };
}

/** @param {[Texts, Numbers]} row */
function videoOf([[url, kind], [width, height, expiresAt, needsAuth]]) {
  return { url, kind, width, height, expiresAt, needsAuth: needsAuth === 1 };
}

/**
 * Adds `raw` to a task: the whole body, parsed when somebody asks for it.
 *
 * @param {object} task
 * @param {Uint8Array[]} body
 */
function withRaw(task, body) {
  /** @type {Uint8Array[] | null} Until it has been parsed. */
  let pieces = body;
  /** @type {unknown} */
  let raw;
  return Object.defineProperty(task, 'raw', {
    configurable: true,
    enumerable: false,
    get() {
      if (pieces) {
        // TextDecoder drops a byte-order mark, which JSON.parse would refuse.
        // An empty body, which HTTP 202 may have, is no JSON.
        const decoder = new TextDecoder();
        const text = pieces.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode();
        raw = text.trim() === '' ? null : JSON.parse(text);
        pieces = null;
      }
      return raw;
    },
  });
}
