// @ts-check
/** Whatever happened, neither timer nor connection of the package keeps a process alive. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runModule } from './child.js';
import { json, serve, stalled, taskBody } from './service.js';

const START = `
  import { writeSync } from 'node:fs';
  const { queryTask } = await import(process.env.PACKAGE);
  const baseUrl = process.env.SERVICE;
  const ask = (options) => queryTask('sora-2:task_1', { baseUrl, ...options })
    .then((task) => task.status, (error) => error?.code ?? error)
    .then((outcome) => writeSync(1, String(outcome)));`;

/** @type {import('./service.js').Answer} */
const endless = (_, res) => {
  const more = () => res.write(' '.repeat(1000)) && setImmediate(more);
  res.on('drain', more);
  more();
};

/** @type {{ after: string, answer: import('./service.js').Answer, ask: string, outcome: string }[]} */
const ENDS = [
  { after: 'a task', answer: () => taskBody(), ask: 'ask()', outcome: 'queued' },
  { after: 'an error', answer: () => json({}, 404), ask: 'ask()', outcome: 'not_found' },
  {
    after: 'a time-out before the headers',
    answer: () => {},
    ask: 'ask({ timeoutMs: 300 })',
    outcome: 'timeout',
  },
  {
    after: 'a time-out in the middle of the body',
    answer: stalled,
    ask: 'ask({ timeoutMs: 300 })',
    outcome: 'timeout',
  },
  {
    after: 'an abort before the headers',
    answer: () => {},
    ask: `const c = new AbortController(); setTimeout(() => c.abort('enough'), 300); ask({ signal: c.signal })`,
    outcome: 'enough',
  },
  {
    after: 'an abort in the middle of the body',
    answer: stalled,
    ask: `const c = new AbortController(); setTimeout(() => c.abort('enough'), 300); ask({ signal: c.signal })`,
    outcome: 'enough',
  },
  {
    after: 'an abort in the pause before another attempt',
    answer: () => json({}, 503, { 'retry-after': '50' }),
    ask: `const c = new AbortController(); setTimeout(() => c.abort('enough'), 300); ask({ signal: c.signal })`,
    outcome: 'enough',
  },
  {
    after: 'a body larger than maxBodyBytes',
    answer: endless,
    ask: 'ask({ maxBodyBytes: 5000, maxRetries: 0 })',
    outcome: 'invalid_response',
  },
  {
    after: 'a stream that refuses to be cancelled, without an unhandled rejection',
    answer: () => {},
    ask: `
      const fetch = async () => new Response(new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(1000)),
        cancel: () => Promise.reject(new Error('I will not')),
      }));
      ask({ fetch, maxBodyBytes: 5000 })`,
    outcome: 'invalid_response',
  },
];

describe('a process ends by itself', { concurrency: 3 }, () => {
  for (const { after, answer, ask, outcome } of ENDS) {
    test(`after ${after}`, async (t) => {
      const service = await serve(t, answer);
      const { endedByItself, code, stdout, stderr } = await runModule(`${START}\n${ask}`, {
        env: { SERVICE: service.url },
      });
      assert.equal(stdout, outcome, stderr);
      assert.deepEqual({ endedByItself, code, stderr }, { endedByItself: true, code: 0, stderr: '' });
    });
  }
});
