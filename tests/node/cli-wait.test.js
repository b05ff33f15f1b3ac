// @ts-check
/** `vtq --wait` in a pipe: a line for each change, then the end and its exit code. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { preloaded, vtq } from './command.js';
import { json, serve } from './service.js';

describe('vtq --wait in a pipe', () => {
  const FAST = ['--wait', '--interval-ms', '20'];
  /** A service that answers one after the other, the last again and again. @param {{ after: (end: () => void) => void }} t @param {object[]} answers */
  const story = (t, ...answers) =>
    serve(t, ({ query }) =>
      json({ id: query.get('id'), .../** @type {object} */ (answers.length > 1 ? answers.shift() : answers[0]) }),
    );

  test('prints a line for each change, then the card, without a control character', async (t) => {
    const { url } = await story(
      t,
      { status: 'queued' },
      { status: 'processing', progress: 40 },
      { status: 'completed', video_url: 'https://cdn.example/a.mp4' },
    );
    const { code, stdout, stderr } = await vtq([...FAST, '--base-url', url, 'sora-2:a']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(
      stdout.replaceAll(/^0:0\d/gm, '0:00'),
      [
        '0:00  sora-2:a  queued',
        '0:00  sora-2:a  processing, 40 %',
        'completed  sora-2:a',
        '  model      sora-2 (sora)',
        '  video      https://cdn.example/a.mp4',
        '',
      ].join('\n'),
    );
  });

  test('with --json prints a line for each id where an option is wrong', async () => {
    for (const wrong of [
      ['--interval-ms', '0'],
      ['--timeout-ms', '0'],
      ['--deadline-ms', '0'],
    ]) {
      const { code, stdout } = await vtq(['--wait', '--json', ...wrong, 'sora-2:a', 'sora-2:b']);
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      assert.deepEqual(
        [code, ...lines.map(({ id, error }) => [id, error.code])],
        [2, ['sora-2:a', 'invalid_argument'], ['sora-2:b', 'invalid_argument']],
      );
    }
  });

  test('with --json prints one line at the end, and nothing else', async (t) => {
    const { url } = await story(t, { status: 'queued' }, { status: 'failed', error: { message: 'No frames' } });
    const { code, stdout, stderr } = await vtq([...FAST, '--json', '--base-url', url, 'sora-2:a']);
    assert.deepEqual([code, stderr, stdout.split('\n').length], [1, '', 2]);
    assert.equal(JSON.parse(stdout).status, 'failed');
  });

  test('a task that goes on when the time is over is still going: 4', async (t) => {
    const { url } = await story(t, { status: 'processing', progress: 10 });
    const { code, stderr } = await vtq([...FAST, '--deadline-ms', '300', '--base-url', url, 'sora-2:a']);
    assert.equal(code, 4);
    assert.match(
      stderr,
      /^could not go on asking {2}sora-2:a\n {2}reason {5}timeout: .+\n {2}answer {5}\d+ requests\n {2}last seen {2}processing, 10 %\n$/,
    );
  });

  test('so it is when the time is over that it has by itself, half an hour', async (t) => {
    const { url } = await story(t, { status: 'processing', progress: 10 });
    const clock =
      'const set = setTimeout; globalThis.setTimeout = (call, ms) => set(call, ms === 1_800_000 ? 1000 : ms);';
    const env = preloaded(clock);
    const { code, stderr } = await vtq([...FAST, '--base-url', url, 'sora-2:a'], { env });
    assert.equal(code, 4);
    assert.match(
      stderr,
      /^could not go on asking {2}sora-2:a\n {2}reason {5}timeout: --deadline-ms, 1800000 ms, ran out .+\n {2}answer {5}\d+ requests\n {2}last seen {2}processing, 10 %\n$/,
    );
  });

  test('a task whose service falls silent could not be asked for: 3', async (t) => {
    let count = 0;
    const { url } = await serve(t, ({ query }) =>
      ++count === 1 ? json({ id: query.get('id'), status: 'queued' }) : undefined,
    );
    // The first answer comes late too where a machine has much to do.
    const args = ['--timeout-ms', '1000', '--max-retries', '0', '--max-missed-polls', '1', '--deadline-ms', '25000'];
    const { code, stderr } = await vtq([...FAST, ...args, '--base-url', url, 'sora-2:a']);
    assert.equal(code, 3);
    assert.match(
      stderr,
      /^could not go on asking {2}sora-2:a\n {2}reason {5}timeout: No whole answer within --timeout-ms, 1000 ms/,
    );
  });

  test('what cannot be asked for ends, and the others go on', async (t) => {
    const { url } = await serve(t, ({ query }) =>
      query.get('id') === 'a:1'
        ? json({ error: { message: 'x', type: 'x', code: 'invalid_api_key' } }, 401)
        : json({ id: 'a:2', status: 'completed' }),
    );
    const { code, stdout, stderr } = await vtq([...FAST, '--base-url', url, 'a:1', 'a:2']);
    assert.equal(code, 3);
    assert.match(stdout, /^completed {2}a:2\n/m);
    assert.match(stderr, /could not ask {2}a:1\n {2}reason {5}authentication: /);
  });
});
