// @ts-check
/**
 * 22codex as its own OpenAPI document has it, played by Prism, which also checks requests and its own answers against
 * the document.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { failureOf, NOTHING_MORE, told } from './failure.js';
import { pair } from './fixture-pairs.js';
import { queryTask } from './packed.js';

const document = fileURLToPath(new URL('../prism/22codex.openapi.yaml', import.meta.url));
const prism = createRequire(import.meta.url).resolve('@stoplight/prism-cli');

const ID = 'sora-2:task_01kbfq03gpe0wr9ge11z09xqrj';
const BODY_ID = 'sora-2:task_01k6x15vhrff09dkkqjrzwhm60';
const warnings = [{ code: 'id_mismatch', message: `Asked for ${ID}, answered about ${BODY_ID}.` }];

describe('22codex, played by Prism', () => {
  /** @type {import('node:child_process').ChildProcess} */
  let server;
  let baseUrl = '';

  before(
    async () => {
      const args = [prism, 'mock', '--host', '127.0.0.1', '--port', '0', '--errors', document];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      server = child;
      baseUrl = await addressIn(child.stdout);
      child.stdout.resume();
    },
    { timeout: 60_000 },
  );

  after(async () => {
    if (server.exitCode !== null || !server.kill()) return;
    await once(server, 'exit');
  });

  /** @param {object} [options] */
  const ask = (options) =>
    queryTask(ID, { apiKey: 'any-key', baseUrl, endpoint: '/v1/videos/video_id?id={id}', ...options });

  test('gives its first example, a pending task', async () => {
    const task = await ask({ headers: { Prefer: 'example=1' } });
    const { expected, body } = pair('unified/22codex.sora-2.pending');
    assert.deepEqual(task, { ...expected.task, id: ID, warnings });
    assert.deepEqual(task.raw, JSON.parse(body.toString('utf8')));
  });

  test('gives its second example, a completed task', async () => {
    const task = await ask({ headers: { Prefer: 'example=2', 'X-Forwarded-Host': 'localhost:5173' } });
    const { expected, body } = pair('unified/22codex.sora-2.completed');
    assert.deepEqual(task, { ...expected.task, id: ID, warnings });
    assert.deepEqual(task.raw, JSON.parse(body.toString('utf8')));
  });

  test('refuses a query without a key', async () => {
    const error = await failureOf(ask({ apiKey: undefined }));
    const serviceMessage =
      'Your request does not fullfil the security requirements and no HTTP unauthorized response was found in the ' +
      'spec, so Prism is generating this error for you.';
    const expected = { ...NOTHING_MORE, code: 'authentication', status: 401, serviceMessage, attempts: 1 };
    assert.deepEqual(told(error), expected);
  });

  test('refuses a query without an id', async () => {
    const error = await failureOf(ask({ endpoint: '/v1/videos/video_id?task={id}' }));
    const serviceMessage =
      'Your request is not valid and no HTTP validation response was found in the spec, so Prism is generating this ' +
      'error for you.';
    const expected = { ...NOTHING_MORE, code: 'bad_request', status: 422, serviceMessage, attempts: 1 };
    assert.deepEqual(told(error), expected);
  });
});

/** @param {import('node:stream').Readable} stdout */
async function addressIn(stdout) {
  let said = '';
  stdout.setEncoding('utf8');
  for await (const text of stdout.iterator({ destroyOnReturn: false })) {
    said += text;
    const found = /listening on (http:\/\/\S+)\s/.exec(said);
    if (found) return found[1];
  }
  throw new Error(`Prism ended before it listened: ${said}`);
}
