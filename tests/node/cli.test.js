// @ts-check
/** `vtq <id>…` in a pipe: what it prints, letter for letter, and what it leaves as exit code. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { broken, byId, done } from './answers-by-id.js';
import { vtq } from './command.js';
import { deserted, json, serve, taskBody } from './service.js';

describe('vtq <id>…', () => {
  test('prints a card for each id, in their order, with what the environment says', async (t) => {
    const { url, requests } = await serve(
      t,
      byId({
        'sora-2:b': broken('sora-2:b'),
        'sora-2:a': json({ id: 'sora-2:a', status: 'processing', progress: 40, detail: { prompt: 'Dunes' } }),
        'grok:c': { ...done('grok:c') },
      }),
    );
    const env = { VIDEO_TASK_BASE_URL: url, VIDEO_TASK_API_KEY: 'key-1' };
    const { code, stdout, stderr } = await vtq(['sora-2:b', 'sora-2:a', 'grok:c', 'grok:c'], { env });
    assert.equal(stderr, '');
    assert.equal(
      stdout,
      [
        'failed  sora-2:b',
        '  model      sora-2 (sora)',
        '  reason     moderation: This content may violate our policy (content_policy_violation)',
        '',
        'processing  sora-2:a',
        '  progress   40 %',
        '  model      sora-2 (sora)',
        '  prompt     Dunes',
        '',
        'completed  grok:c',
        '  model      grok',
        '  video      https://cdn.example/c.mp4',
        '',
      ].join('\n'),
    );
    assert.equal(code, 1);
    assert.deepEqual(
      requests.map(({ headers }) => headers.authorization),
      Array(3).fill('Bearer key-1'),
    );
  });

  test('takes its options as those of queryTask', async (t) => {
    const { url, requests } = await serve(t, () => done('a:1'));
    const args = ['--base-url', url, '--endpoint', '/v9/{id}', '--header', 'X-Team: 7', '--header=X-Other:8', 'a:1'];
    const { code, stderr } = await vtq(args);
    assert.deepEqual([code, stderr], [0, '']);
    const [{ target, headers }] = requests;
    assert.deepEqual(
      [target, headers['x-team'], headers['x-other'], headers.authorization],
      ['/v9/a:1', '7', '8', undefined],
    );
  });

  test('sends headers of one name together, as HTTP has it', async (t) => {
    const { url, requests } = await serve(t, () => done('a:1'));
    const lines = ['Cookie: a=1', 'cookie: b=2', 'X-Team: 7', 'x-team: 8', 'X-Other: 9'];
    const { code } = await vtq(['--base-url', url, ...lines.flatMap((line) => ['--header', line]), 'a:1']);
    const headers = requests[0]?.headers ?? {};
    assert.deepEqual([code, headers.cookie, headers['x-team'], headers['x-other']], [0, 'a=1; b=2', '7, 8', '9']);
  });

  test('a key on the command line works, and is warned of without being repeated', async (t) => {
    const { url, requests } = await serve(t, () => done('a:1'));
    const { code, stdout, stderr } = await vtq(['--api-key', 'secret-1', '--base-url', url, 'a:1']);
    assert.equal(code, 0);
    assert.equal(requests[0]?.headers.authorization, 'Bearer secret-1');
    assert.match(stderr, /^Warning: other users of this machine can read a key that stands in a command, /);
    assert.doesNotMatch(stdout + stderr, /secret-1/);
    const none = await vtq(['--api-key', '', '--base-url', url, 'a:1'], { env: { VIDEO_TASK_API_KEY: 'key-1' } });
    assert.deepEqual([none.code, none.stderr, requests[1]?.headers.authorization], [0, '', undefined]);
  });

  test('reads ids from standard input, one a line, each once', async (t) => {
    const { url, requests } = await serve(t, ({ query }) => done(query.get('id') ?? ''));
    const { code, stdout } = await vtq(['a:0', '-', '-', '--json', '--base-url', url], {
      input: 'a:1\r\n\n  a:2 \na:1\n',
    });
    assert.equal(code, 0);
    assert.deepEqual(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).id),
      ['a:0', 'a:1', 'a:2'],
    );
    assert.equal(requests.length, 3);
  });

  test('an id that looks like a command or an option goes behind --', async (t) => {
    const { url, requests } = await serve(t, ({ query }) => done(query.get('id') ?? ''));
    assert.equal((await vtq(['--base-url', url, '--', 'parse', '--json', '--download'])).code, 0);
    assert.deepEqual(requests.map(({ query }) => query.get('id')).sort(), ['--download', '--json', 'parse']);
  });

  test('asks no more at once than --concurrency', async (t) => {
    let [now, most] = [0, 0];
    const { url } = await serve(t, async ({ query }) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
      return done(query.get('id') ?? '');
    });
    const ids = Array.from({ length: 8 }, (_, index) => `a:${index}`);
    assert.equal((await vtq(['--concurrency', '2', '--base-url', url, ...ids])).code, 0);
    assert.equal(most, 2);
  });

  test('says nothing of how many are asked for at once', async (t) => {
    const { url } = await serve(t, ({ query }) => done(query.get('id') ?? ''));
    const ids = Array.from({ length: 30 }, (_, index) => `a:${index}`);
    for (const wait of [[], ['--wait']]) {
      const { code, stderr } = await vtq(['--concurrency', '30', ...wait, '--base-url', url, ...ids]);
      assert.deepEqual([code, stderr], [0, '']);
    }
  });

  test('reads no more of an answer than --max-body-bytes, and says so in the names of the command', async (t) => {
    const { url } = await serve(t, () => done('a:1'));
    const { code, stderr } = await vtq(['--max-body-bytes', '20', '--base-url', url, 'a:1']);
    assert.equal(code, 3);
    assert.match(stderr, /\n {2}reason {5}invalid_response: .*--max-body-bytes\b/);
    assert.equal((await vtq(['--max-body-bytes', '2000', '--base-url', url, 'a:1'])).code, 0);
  });

  test('takes numbers that are not whole where they make sense', async (t) => {
    const { url } = await serve(t, () => done('a:1'));
    const args = ['--wait', '--requests-per-second', '0.5', '--interval-ms', '20.5', '--deadline-ms', 'Infinity'];
    const { code, stderr } = await vtq([...args, '--base-url', url, 'a:1']);
    assert.deepEqual([code, stderr], [0, '']);
  });

  test('exit codes: 3 before 1 before 4 before 0', async (t) => {
    const { url } = await serve(
      t,
      byId({ 'a:done': done('a:done'), 'a:failed': broken('a:failed'), 'a:going': taskBody('a:going') }),
    );
    const code = async (/** @type {string[]} */ ...ids) => (await vtq([...ids, '--base-url', url])).code;
    assert.equal(await code('a:done'), 0);
    assert.equal(await code('a:failed'), 1);
    assert.equal(await code('a:gone'), 3);
    assert.equal(await code('a:going'), 4);
    assert.equal(await code('a:done', 'a:going'), 4);
    assert.equal(await code('a:going', 'a:failed', 'a:done'), 1);
    assert.equal(await code('a:failed', 'a:gone', 'a:going'), 3);
  });

  test('an id that the package refuses is no wrong usage where another was asked for', async (t) => {
    const { url } = await serve(t, ({ path }) =>
      path === '/v1/videos/a:1' ? broken('a:1') : json({ code: 'task_not_exist' }, 400),
    );
    const run = async (/** @type {string[]} */ ...args) =>
      (await vtq([...args, '--endpoint', 'openai', '--base-url', url])).code;
    for (const wait of [[], ['--wait']]) {
      assert.equal(await run('..', ...wait), 2);
      assert.equal(await run('..', '.', ...wait), 2);
      assert.equal(await run('..', 'a:1', ...wait), 3);
    }
    assert.equal(await run('a:gone', '..'), 3);
  });

  test('what could not be asked is told on standard error, with what to do', async () => {
    const { code, stdout, stderr } = await vtq(['a:1', '--max-retries', '0', '--base-url', await deserted()]);
    assert.deepEqual([code, stdout], [3, '']);
    assert.match(stderr, /^could not ask {2}a:1\n {2}reason {5}network: .+\n$/);
  });
});

test('a missing key is told of in the names of the command', async (t) => {
  const { url } = await serve(t, () => json({ error: { message: 'No token', type: 'x', code: 'x' } }, 401));
  const { code, stderr } = await vtq(['a:1', '--base-url', url]);
  assert.equal(code, 3);
  assert.match(stderr, /: set VIDEO_TASK_API_KEY, or pass --api-key\b/);
});

describe('vtq --json', () => {
  test('is one line for each task as JSON.stringify gives it, and for each error', async (t) => {
    const { url } = await serve(t, byId({ 'grok:c': done('grok:c') }));
    const { code, stdout, stderr } = await vtq(['--json', 'grok:c', 'grok:x', '--base-url', url]);
    assert.deepEqual([code, stderr], [3, '']);
    const [task, trouble, rest] = stdout.split('\n');
    assert.equal(rest, '');
    const { parseTask } = await import('./packed.js');
    assert.equal(task, JSON.stringify(parseTask(String(done('grok:c').body), { id: 'grok:c' })));
    const { id, error, task: last, ...more } = JSON.parse(trouble ?? '');
    assert.deepEqual([id, last, more], ['grok:x', null, {}]);
    const { message, ...fields } = error;
    assert.match(message, /^The service does not know this task/);
    assert.deepEqual(fields, {
      ...{ name: 'TaskQueryError', code: 'not_found', status: 400, serviceCode: 'task_not_exist' },
      ...{
        serviceMessage: 'task_not_exist',
        requestId: null,
        retryable: false,
        retryAfterMs: null,
        attempts: 1,
        missing: 'task',
      },
    });
  });
});
