// @ts-check
/** What throws wherever it is touched, and that the next call works all the same. */
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { parseTask, queryTask } from './packed.js';
import { serve, taskBody } from './service.js';

export const ID = 'sora-2:task_1';
export const KEY = 'sk-hostile-values-0123456789';
export const BODY = '{"id":"grok:1","status":"pending"}';
export const service = await serve({ after }, ({ query }) => taskBody(query.get('id') ?? '', 'completed'));
export const boom = new Error('boom');
export const throws = () => {
  throw boom;
};
/** Throws whatever is done with it. @type {any} */
export const mine = new Proxy(
  {},
  Object.fromEntries(
    ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor'].map((trap) => [trap, throws]),
  ),
);

/** Whatever was passed or given before, the next call works. */
export async function assertUnharmed() {
  assert.equal((await queryTask(ID, { baseUrl: service.url })).status, 'completed');
  assert.equal(parseTask(BODY).status, 'queued');
}
