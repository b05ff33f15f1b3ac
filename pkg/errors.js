// @ts-check

/** Shared by every copy of the package and every realm, so that `isTaskQueryError` knows errors from all of them. */
const BRAND = Symbol.for('video-task-query.TaskQueryError');

export class TaskQueryError extends Error {
  /** Minifiers rename classes, and consoles show this name. */
  static name = 'TaskQueryError';

  /**
   * @param {import('./index.d.ts').TaskQueryErrorFields | string} [given] its fields, or words alone as of any `Error`
   * @param {{ cause?: unknown }} [options]
   */
  constructor(given, options) {
    /** @type {Partial<import('./index.d.ts').TaskQueryErrorFields>} */
    const fields = typeof given === 'object' ? given : { message: given, cause: options?.cause };
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.code = fields.code ?? 'invalid_response';
    this.status = fields.status ?? null;
    this.serviceCode = fields.serviceCode ?? null;
    this.serviceMessage = fields.serviceMessage ?? null;
    this.requestId = fields.requestId ?? null;
    this.retryable = fields.retryable ?? false;
    this.retryAfterMs = fields.retryAfterMs ?? null;
    /** @type {import('./index.d.ts').TaskQueryError['missing']} */
    this.missing = fields.missing ?? null;
    this.attempts = fields.attempts ?? 0;
    this.task = fields.task ?? null;
  }

  /** Name and words too, which JSON leaves out of any `Error`. */
  toJSON() {
    const { name, message, ...fields } = this;
    return { name, message, ...fields };
  }
}

// On the prototype, so that they do not clutter what a console shows of an error.
Object.defineProperties(TaskQueryError.prototype, {
  name: { value: 'TaskQueryError', configurable: true, writable: true },
  [BRAND]: { value: true },
});

/**
 * What the caller passed was wrong.
 *
 * @param {string} message
 * @param {unknown} [cause]
 */
export function wrong(message, cause) {
  return new TaskQueryError({ code: 'invalid_argument', message, cause });
}

/** @param {unknown} [cause] */
export function noSignal(cause) {
  return wrong('signal must be an AbortSignal, such as the `signal` of an AbortController.', cause);
}

/** @param {unknown} error @returns {error is import('./index.d.ts').TaskQueryError} */
export function isTaskQueryError(error) {
  return typeof error === 'object' && error !== null && /** @type {any} */ (error)[BRAND] === true;
}

/**
 * An error from the row that the core hands over, in the order of `src/wasm/convert.rs`.
 *
 * @param {[(string | null)[], (number | null)[]][]} rows
 * @param {number} attempts
 * @param {unknown} cause
 * @param {string[]} secrets
 */
export function errorOf([[texts, numbers]], attempts, cause, secrets) {
  const [code, message, serviceCode, serviceMessage, requestId, missing] = texts;
  const [status, retryable, retryAfterMs] = numbers;
  return new TaskQueryError(
    /** @type {any} */ ({
      code,
      message,
      status,
      serviceCode,
      serviceMessage,
      requestId,
      retryable: retryable === 1,
      retryAfterMs,
      attempts,
      missing,
      cause: safe(cause, secrets),
    }),
  );
}

/** @param {unknown} cause @param {string[]} secrets */
function safe(cause, secrets) {
  try {
    return withoutSecrets(cause, secrets, 0);
  } catch {
    // It throws where one looks at it: nobody can say what is in it.
    return undefined;
  }
}

/**
 * Whether a cause is an error of plain texts and numbers in which no secret stands.
 *
 * @param {any} cause
 * @param {string[]} secrets
 * @param {number} depth
 * @returns {boolean}
 */
function isHarmless(cause, secrets, depth) {
  // It may carry anything, and its text does not tell.
  if (typeof cause === 'function') return false;
  if (typeof cause !== 'object' || cause === null) {
    const text = String(cause);
    return !secrets.some((secret) => text.includes(secret));
  }
  if (!(cause instanceof Error) || depth > 4) return false;
  // These two may come from a prototype, as those of a DOMException do.
  const { name, message } = cause;
  if (![name, message].every((part) => isHarmless(part, secrets, depth + 1))) return false;
  /** @type {Record<string | symbol, PropertyDescriptor>} */
  const members = Object.getOwnPropertyDescriptors(cause);
  // With those under symbols, which consoles show too.
  return Reflect.ownKeys(members).every((name) => {
    const member = members[name];
    return 'value' in member && [name, member.value].every((part) => isHarmless(part, secrets, depth + 1));
  });
}

/**
 * A cause that holds no secret: of what a caller's own fetch throws, such as the request that failed, only the words
 * are taken over.
 *
 * @param {any} cause
 * @param {string[]} secrets
 * @param {number} depth
 * @returns {unknown}
 */
function withoutSecrets(cause, secrets, depth) {
  if (secrets.length === 0 || isHarmless(cause, secrets, depth)) return cause;
  /** @param {unknown} text */
  const clean = (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '[key]'), String(text));
  if (typeof cause === 'string') return clean(cause);
  const isError = typeof cause === 'object' && cause !== null && typeof cause.message === 'string';
  if (!isError || depth > 4) return undefined;
  const copy = cause instanceof Error ? Object.create(Object.getPrototypeOf(cause)) : {};
  for (const name of ['name', 'message', 'stack', 'code', 'errno', 'syscall']) {
    const value = cause[name];
    if (value === undefined) continue;
    const safe = typeof value === 'number' ? value : clean(value);
    Object.defineProperty(copy, name, { value: safe, configurable: true, writable: true });
  }
  const inner = cause.cause === undefined ? undefined : withoutSecrets(cause.cause, secrets, depth + 1);
  if (inner !== undefined) Object.defineProperty(copy, 'cause', { value: inner, configurable: true, writable: true });
  return copy;
}
