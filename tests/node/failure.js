// @ts-check
import assert from 'node:assert/strict';
import { TaskQueryError } from './packed.js';

/**
 * The error of a query that must not succeed.
 *
 * @param {Promise<unknown>} query
 * @returns {Promise<import('../../pkg/index.js').TaskQueryError>}
 */
export async function failureOf(query) {
  const error = await reasonOf(query);
  assert(error instanceof TaskQueryError, `rejected with ${error}`);
  return error;
}

/** The same for a call that throws. @param {() => unknown} call */
export function thrownBy(call) {
  return failureOf((async () => call())());
}

/** What a promise rejects with, whatever it is. @param {Promise<unknown>} promise */
export function reasonOf(promise) {
  return promise.then(
    (value) => assert.fail(`It resolved with ${JSON.stringify(value)}`),
    (reason) => reason,
  );
}

/** What an error tells besides its words. @param {import('../../pkg/index.js').TaskQueryError} error */
export function told(error) {
  const { code, status, serviceCode, serviceMessage, requestId, retryable, retryAfterMs, attempts, missing, task } =
    error;
  return { code, status, serviceCode, serviceMessage, requestId, retryable, retryAfterMs, attempts, missing, task };
}

/** What `told` gives of an error of which nothing more is known. */
export const NOTHING_MORE = {
  status: null,
  serviceCode: null,
  serviceMessage: null,
  requestId: null,
  retryable: false,
  retryAfterMs: null,
  missing: null,
  task: null,
};
