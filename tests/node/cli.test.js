// @ts-check
/** `vtq` in a pipe: what it prints, letter for letter, and what it leaves as exit code. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { bin, program, shellEnv, version, vtq } from './command.js';
import { deserted, json, serve, taskBody } from './service.js';

const USAGE = 'vtq --help tells more.\n';

/** Answers each id with a body of its own. @param {Record<string, import('./service.js').Reply>} answers */
const byId =
  (answers) =>
  (/** @type {import('./service.js').Asked} */ { query }) =>
    answers[query.get('id') ?? ''] ?? json({ code: 'task_not_exist', message: 'task_not_exist', data: null }, 400);

const done = (/** @type {string} */ id) =>
  json({ id, status: 'completed', video_url: `https://cdn.example/${id.slice(-1)}.mp4` });
const broken = (/** @type {string} */ id) =>
  json({
    id,
    status: 'failed',
    error: { code: 'content_policy_violation', message: 'This content may violate our policy' },
  });

describe('the command line', () => {
  test('is installed under two names', () => {
    assert.deepEqual(Object.keys(bin), ['video-task-query', 'vtq']);
    assert.equal(bin.vtq, bin['video-task-query']);
  });

  test('says to an older Node which one it needs', async () => {
    const asOlder = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.8' } })`;
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(asOlder)}` };
    assert.deepEqual(await vtq(['--version'], { env }), {
      code: 3,
      stdout: '',
      stderr: 'vtq needs Node 20 or newer, and this is Node 18.20.8.\n',
    });
  });

  test('--help fits a terminal of 24 lines and 80 columns, and names every option', async () => {
    const { code, stdout, stderr } = await vtq(['--help']);
    assert.deepEqual([code, stderr], [0, '']);
    const lines = stdout.trimEnd().split('\n');
    assert(lines.length <= 24 && lines.every((line) => line.length <= 80), stdout);
    for (const name of 'wait download force kind json base-url api-key endpoint header timeout-ms max-retries max-body-bytes'.split(
      ' ',
    )) {
      assert(stdout.includes(`--${name}`), name);
    }
    for (const name of 'deadline-ms interval-ms max-missed-polls requests-per-second concurrency id help version'.split(
      ' ',
    )) {
      assert(stdout.includes(`--${name}`), name);
    }
    assert.equal((await vtq(['-h', 'sora-2:1'])).stdout, stdout);
  });

  test('README.md has a row for each option, each command and each exit code', async () => {
    /** @type {typeof import('../../pkg/cli/options.js')} */
    const { COMMANDS, OPTIONS } = await import(pathToFileURL(join(dirname(program), 'options.js')).href);
    /** @type {typeof import('../../pkg/cli/exit.js')} */
    const { EXIT } = await import(pathToFileURL(join(dirname(program), 'exit.js')).href);
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const named = [...readme.matchAll(/^\| `--([\w-]+)/gm)].map(([, name]) => name);
    assert.deepEqual(named.sort(), Object.keys(OPTIONS).sort());
    for (const command of COMMANDS) assert.match(readme, new RegExp(`^\\| \`vtq ${command}\\b`, 'm'));
    for (const code of Object.values(EXIT)) assert.match(readme, new RegExp(`^\\| ${code} \\| \\w`, 'm'));
  });

  test('--version is the version of the package', async () => {
    assert.deepEqual(await vtq(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' });
  });

  for (const [args, message] of /** @type {[string[], string][]} */ ([
    [['--wat', 'a:1'], 'There is no option --wat. Did you mean --wait?'],
    [['--jsno', 'a:1'], 'There is no option --jsno. Did you mean --json?'],
    [['--apikey=secret-1', 'a:1'], 'There is no option --apikey. Did you mean --api-key?'],
    [['-x', 'a:1'], 'There is no option -x.'],
    [['prase', 'file'], 'There is no command prase. Did you mean parse? Put -- before an id that looks like this.'],
    [
      ['status', 'a:1'],
      'There is no command status. There are parse, explain, demo. Put -- before an id that looks like this.',
    ],
    [['--json'], 'There is no id to ask for.'],
    [['--base-url', '--json', 'a:1'], '--base-url needs a value.'],
    [['--json=1', 'a:1'], '--json takes no value.'],
    [['--timeout-ms', 'soon', 'a:1'], '--timeout-ms must be a number, such as --timeout-ms 1000.'],
    [['--header', 'secret-1', 'a:1'], "--header must be a name and a value, such as --header 'X-Team: 7'."],
    [['--deadline-ms', '5', 'a:1'], '--deadline-ms needs --wait.'],
    [['--kind', 'sorce', '--download', 'a:1'], '--kind must be upscaled, source, medium or watermarked, not sorce.'],
    [['--concurrency', '0', 'a:1'], '--concurrency must be a whole number from 1 on, such as --concurrency 4.'],
    [['--concurrency', '1.5', 'a:1'], '--concurrency must be a whole number from 1 on, such as --concurrency 4.'],
    [
      ['--concurrency', 'all', '--wait', 'a:1'],
      '--concurrency must be a whole number from 1 on, such as --concurrency 4.',
    ],
    [['--force', 'a:1'], '--force needs --download.'],
    [['parse', '--wait', 'x.json'], '--wait does not go with parse.'],
    [['--id', 'x', 'a:1'], '--id does not go with a question: it belongs to parse and explain.'],
    [['parse'], 'vtq parse takes one file, or - for standard input.'],
    [['explain', 'a', 'b'], 'vtq explain takes one file, or - for standard input.'],
    [['demo', 'a:1'], 'vtq demo takes no ids: it has its own.'],
    [['-'], 'There are no ids on standard input.'],
    [['', 'a:1'], 'An id is empty: pass the id that the service gave when the task was made.'],
    [['a:1', '--wait', ' \t'], 'An id is empty: pass the id that the service gave when the task was made.'],
    [['a:1', ' b:2'], 'The id b:2 begins or ends with white space: leave that out.'],
    [['--download', 'a.mp4', 'a:1', 'b:2'], '2 videos do not go into one file: give --download a folder, or no name.'],
    [['--download=nowhere/a.mp4', 'a:1'], 'There is no folder nowhere to save in.'],
  ])) {
    test(`vtq ${args.join(' ')}: wrong usage, said in a sentence`, async () => {
      assert.deepEqual(await vtq(args), { code: 2, stdout: '', stderr: `${message}\n${USAGE}` });
    });
  }

  test('without anything it shows how it is used', async () => {
    const { code, stdout, stderr } = await vtq([]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^There is no id to ask for\.\n\nUsage: vtq /);
  });

  test('what means nothing to the package is wrong usage too', async () => {
    const { code, stderr } = await vtq(['--endpoint', 'elsewhere', 'a:1']);
    assert.equal(code, 2);
    assert.match(stderr, /^could not ask {2}a:1\n {2}reason {5}invalid_argument: endpoint must be /);
  });
});

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
  });

  test('reads ids from standard input, one a line, each once', async (t) => {
    const { url, requests } = await serve(t, ({ query }) => done(query.get('id') ?? ''));
    const { code, stdout } = await vtq(['a:0', '-', '--json', '--base-url', url], { input: 'a:1\r\n\n  a:2 \na:1\n' });
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
    assert.equal((await vtq(['--base-url', url, '--', 'parse', '--json'])).code, 0);
    assert.deepEqual(requests.map(({ query }) => query.get('id')).sort(), ['--json', 'parse']);
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

test('the card of an error has the service’s code where the service said no more', async () => {
  /** @type {typeof import('../../pkg/cli/card.js')} */
  const { errorCard } = await import(pathToFileURL(join(dirname(program), 'card.js')).href);
  const card = (/** @type {string | null} */ serviceMessage) =>
    errorCard(
      'a:1',
      { code: 'bad_request', message: 'The prompt is null.', serviceCode: 'E17', serviceMessage },
      { paint: (_, text) => text, act: 'ask' },
    );
  const above = ['could not ask  a:1', '  reason     bad_request: The prompt is null.'];
  assert.deepEqual(card(null), [...above, '  service    E17']);
  assert.deepEqual(card('no prompt'), [...above, '  service    E17: no prompt']);
  // Its words are in the message already.
  assert.deepEqual(card('prompt is null'), above);
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
    assert.match(message, /^The service knows no such task/);
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

describe('what a service sends', () => {
  const evil = '\u001b]0;title\u0007\u001b[31mred\u001b[0m \u009b2J\u202e\u061cleft\u0000\r\nnext\u007f';

  test('reaches a terminal without controls, as a card and as JSON', async (t) => {
    const body = {
      id: 'sora-2:a',
      status: `bad${evil}`,
      model: evil,
      detail: { status: 'x', input: { prompt: evil } },
      prompt: evil,
    };
    const { url } = await serve(
      t,
      byId({ 'sora-2:a': json(body), 'sora-2:b': json({ error: { message: evil, code: evil } }, 500) }),
    );
    for (const format of [[], ['--json']]) {
      const { stdout, stderr } = await vtq([
        'sora-2:a',
        'sora-2:b',
        '--max-retries',
        '0',
        '--base-url',
        url,
        ...format,
      ]);
      assert.match(stdout, /left/);
      for (const text of [stdout, stderr])
        assert.doesNotMatch(text.replaceAll('\n', ''), /[\u0000-\u001f\u007f-\u009f\u061c\u202a-\u202e]/);
      assert.equal(stdout.includes('\\u202e'), format.length > 0);
    }
  });

  test('so do ids and names of options', async () => {
    const { stdout, stderr } = await vtq([`--${evil.replaceAll('\u0000', '')}`, 'a:1']);
    assert.doesNotMatch((stdout + stderr).replaceAll('\n', ''), /[\u0000-\u001f\u007f-\u009f\u061c\u202a-\u202e]/);
  });

  test('is told in percent, which are 100 only at the end', async (t) => {
    const states = { 'a:1': 99.5, 'a:2': 99.999, 'a:3': 57, 'a:4': 0.4, 'a:5': 100 };
    const { url } = await serve(t, ({ query }) =>
      json({
        id: query.get('id'),
        status: 'processing',
        progress: states[/** @type {keyof typeof states} */ (query.get('id'))],
      }),
    );
    const { code, stdout } = await vtq([...Object.keys(states), '--base-url', url]);
    assert.equal(code, 4);
    assert.deepEqual(
      [...stdout.matchAll(/progress +(.+)$/gm)].map(([, text]) => text),
      ['99 %', '99 %', '57 %', '0 %', '100 %'],
    );
  });

  test('takes no screen of its own, however long it is', async (t) => {
    const { url } = await serve(t, () =>
      json({ id: 'grok:1', status: 'failed', error: { message: 'no '.repeat(1e6) } }),
    );
    const { code, stdout } = await vtq(['grok:1', '--base-url', url]);
    assert.equal(code, 1);
    assert(stdout.length < 1000, String(stdout.length));
  });
});

describe('vtq parse and vtq explain', () => {
  const body = JSON.stringify({
    id: 'sora-2:task_1',
    status: 'completed',
    progress: 100,
    error: 'retried',
    video_url: '/v.mp4',
  });
  const base = ['--base-url', 'https://relay.example'];

  test('parse prints the card of a saved body, asking nobody', async () => {
    const { code, stdout, stderr } = await vtq(['parse', '-', ...base], { input: body });
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(
      stdout,
      [
        'completed  sora-2:task_1',
        '  model      sora-2 (sora)',
        '  warning    recovered_error: retried',
        '  video      https://relay.example/v.mp4',
        '',
      ].join('\n'),
    );
  });

  test('parse --json takes the id that was asked for', async () => {
    const { stdout } = await vtq(['parse', '-', '--json', '--id', 'sora-2:asked', ...base], { input: body });
    const { id, videoUrl } = JSON.parse(stdout);
    assert.deepEqual([id, videoUrl], ['sora-2:asked', 'https://relay.example/v.mp4']);
  });

  test('explain prints the path behind each field, and what was not used', async () => {
    const { code, stdout, stderr } = await vtq(['explain', '-', ...base], { input: body });
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^shape {2}unified\n\n {2}field +path +value\n/);
    assert.match(stdout, /^ {2}videoUrl +video_url +https:\/\/relay\.example\/v\.mp4/m);
    assert.match(stdout, /^ {2}status +status +completed$/m);
    assert.match(stdout, /\n\nnot used\n {2}error {2}an error that did not end the task\n$/);
  });

  test('both end with the code of the task', async () => {
    for (const [status, expected] of [
      ['completed', 0],
      ['failed', 1],
      ['processing', 4],
    ]) {
      const input = JSON.stringify({ id: 'sora-2:task_1', status });
      for (const command of ['parse', 'explain'])
        assert.equal((await vtq([command, '-'], { input })).code, expected, `${command} ${status}`);
    }
  });

  test('explain --json is what explainTask gives', async () => {
    const { stdout } = await vtq(['explain', '-', '--json', ...base], { input: body });
    const { explainTask } = await import('./packed.js');
    assert.equal(stdout, `${JSON.stringify(explainTask(body, { baseUrl: 'https://relay.example' }))}\n`);
  });

  test('a file that is not there is wrong usage; a body that is an error could not be read as a task', async () => {
    const { code, stderr } = await vtq(['parse', 'no-such-file.json']);
    assert.equal(code, 2);
    assert.match(stderr, /^no-such-file\.json cannot be read: ENOENT/);
    const error = await vtq(['parse', '-'], { input: '{"error":{"message":"无效的令牌"}}' });
    assert.deepEqual([error.code, error.stdout], [3, '']);
    assert.match(error.stderr, /^could not read {2}-\n {2}reason {5}authentication: /);
    const explained = await vtq(['explain', '-', '--id', 'a:1'], { input: '<html>' });
    assert.deepEqual([explained.code, explained.stdout], [3, '']);
    assert.match(explained.stderr, /^could not read {2}a:1\n {2}reason {5}/);
  });
});

describe('colours', () => {
  test('are not for a pipe, unless FORCE_COLOR says so, whatever NO_COLOR says', async (t) => {
    const { url } = await serve(t, () => done('a:1'));
    const first = async (/** @type {NodeJS.ProcessEnv} */ env) =>
      (await vtq(['a:1', '--base-url', url], { env })).stdout.split('\n')[0];
    assert.equal(await first({}), 'completed  a:1');
    assert.equal(await first({ NO_COLOR: '1' }), 'completed  a:1');
    assert.equal(await first({ FORCE_COLOR: '0' }), 'completed  a:1');
    const styled = '\u001b[32mcompleted\u001b[39m  \u001b[1ma:1\u001b[22m';
    assert.equal(await first({ FORCE_COLOR: '1' }), styled);
    assert.equal(await first({ FORCE_COLOR: '1', NO_COLOR: '1' }), styled);
  });
});

test('a reader that leaves early is no error', async (t) => {
  const { url } = await serve(t, ({ query }) => done(query.get('id') ?? ''));
  const ids = Array.from({ length: 300 }, (_, index) => `a:${index}`);
  const child = spawn(process.execPath, [program, '--base-url', url, ...ids], {
    env: shellEnv({}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += text));
  child.stdout.once('data', () => child.stdout.destroy());
  assert.deepEqual(await once(child, 'close'), [141, null]);
  assert.equal(stderr, '');
});

describe('an output that cannot be written', { skip: !existsSync('/dev/full') }, () => {
  for (const [name, args] of /** @type {[string, string[]][]} */ ([
    ['--help', ['--help']],
    ['a question', ['a:1']],
    ['a wait', ['a:1', '--wait', '--json']],
  ])) {
    test(`of ${name} is told in a sentence`, async (t) => {
      const { url } = await serve(t, () => done('a:1'));
      const words = [process.execPath, program, ...args, ...(args[0] === 'a:1' ? ['--base-url', url] : [])].map(
        (word) => `'${word}'`,
      );
      const child = spawn('sh', ['-c', `${words.join(' ')} > /dev/full`], {
        env: shellEnv({}),
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let stderr = '';
      child.stderr.on('data', (text) => (stderr += text));
      assert.deepEqual(await once(child, 'close'), [3, null]);
      assert.equal(stderr, 'Standard output cannot be written: ENOSPC: no space left on device, write.\n');
    });
  }
});

test('a demo whose reader leaves early leaves no folder behind', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vtq-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const env = shellEnv({ TMPDIR: folder, TEMP: folder });
  const child = spawn(process.execPath, [program, 'demo'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stderr.on('data', (text) => (stderr += text));
  child.stdout.on('data', (text) => {
    stdout += text;
    if (!stdout.includes('sora-2:task_completes  ')) return;
    // Its folder is there, and more is to be said.
    assert.equal(readdirSync(folder).length, 1);
    child.stdout.destroy();
  });
  assert.deepEqual(await once(child, 'close'), [141, null]);
  assert.equal(stderr, '');
  assert.deepEqual(readdirSync(folder), []);
});

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
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(clock)}` };
    const { code, stderr } = await vtq([...FAST, '--base-url', url, 'sora-2:a'], { env });
    assert.equal(code, 4);
    assert.match(
      stderr,
      /^could not go on asking {2}sora-2:a\n {2}reason {5}timeout: deadlineMs, 1800000 ms, ran out .+\n {2}answer {5}\d+ requests\n {2}last seen {2}processing, 10 %\n$/,
    );
  });

  test('a task whose service falls silent could not be asked for: 3', async (t) => {
    let count = 0;
    const { url } = await serve(t, ({ query }) =>
      ++count === 1 ? json({ id: query.get('id'), status: 'queued' }) : undefined,
    );
    const args = ['--timeout-ms', '100', '--max-retries', '0', '--max-missed-polls', '1', '--deadline-ms', '25000'];
    const { code, stderr } = await vtq([...FAST, ...args, '--base-url', url, 'sora-2:a']);
    assert.equal(code, 3);
    assert.match(
      stderr,
      /^could not go on asking {2}sora-2:a\n {2}reason {5}timeout: No whole answer within timeoutMs, 100 ms/,
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
