// @ts-check
/** `vtq`: its names, its help, and what it says of a command that is wrong. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { bin, preloaded, program, version, vtq } from './command.js';

const USAGE = 'vtq --help tells more.\n';

describe('the command line', () => {
  test('is installed under two names', () => {
    assert.deepEqual(Object.keys(bin), ['video-task-query', 'vtq']);
    assert.equal(bin.vtq, bin['video-task-query']);
  });

  test('says to an older Node which one it needs', async () => {
    const asOlder = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.8' } })`;
    const env = preloaded(asOlder);
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
    for (const kind of ['upscaled', 'source', 'medium', 'watermarked']) assert(stdout.includes(kind), kind);
    for (const words of [['-h', 'sora-2:1'], ['help'], ['help', 'parse'], ['--force', '--help'], ['prase', '-h']])
      assert.deepEqual(await vtq(words), { code: 0, stdout, stderr: '' });
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
    for (const word of ['--version', 'version'])
      assert.deepEqual(await vtq([word]), { code: 0, stdout: `${version}\n`, stderr: '' });
  });

  for (const [args, message] of /** @type {[string[], string][]} */ ([
    [['--wat', 'a:1'], 'There is no option --wat. Did you mean --wait?'],
    [['--jsno', 'a:1'], 'There is no option --jsno. Did you mean --json?'],
    [['--apikey=secret-1', 'a:1'], 'There is no option --apikey. Did you mean --api-key?'],
    [['--watch', 'a:1'], 'There is no option --watch. Did you mean --wait?'],
    [['--JSON', 'a:1'], 'There is no option --JSON. Did you mean --json?'],
    [['--url', 'https://x', 'a:1'], 'There is no option --url. Did you mean --base-url?'],
    [['--key', 'secret-1', 'a:1'], 'There is no option --key. Did you mean --api-key?'],
    [['-k', 'secret-1', 'a:1'], 'There is no option -k. Did you mean --api-key?'],
    [['-H', 'X-A: 1', 'a:1'], 'There is no option -H. Did you mean --header?'],
    [['-x', 'a:1'], 'There is no option -x.'],
    [['-v'], 'There is no option -v. Did you mean --version?'],
    [['--constructor', 'a:1'], 'There is no option --constructor.'],
    [['--reqest-per-secnd=2', 'a:1'], 'There is no option --reqest-per-secnd. Did you mean --requests-per-second?'],
    [['--ednpiont', 'auto', 'a:1'], 'There is no option --ednpiont. Did you mean --endpoint?'],
    [['prase', 'file'], 'There is no command prase. Did you mean parse? Put -- before an id that looks like this.'],
    [['PRASE', 'file'], 'There is no command PRASE. Did you mean parse? Put -- before an id that looks like this.'],
    [['status', 'a:1'], 'There is no command status. Did you mean vtq ID? Put -- before an id that looks like this.'],
    [['GET', 'a:1'], 'There is no command GET. Did you mean vtq ID? Put -- before an id that looks like this.'],
    [['Ask', 'a:1'], 'There is no command Ask. Did you mean vtq ID? Put -- before an id that looks like this.'],
    [['show', 'a:1'], 'There is no command show. Did you mean vtq ID? Put -- before an id that looks like this.'],
    [['fetch', 'a:1'], 'There is no command fetch. Did you mean vtq ID? Put -- before an id that looks like this.'],
    [['check', 'a:1'], 'There is no command check. Did you mean vtq ID? Put -- before an id that looks like this.'],
    [
      ['poll', 'a:1'],
      'There is no command poll. Did you mean vtq --wait ID? Put -- before an id that looks like this.',
    ],
    [
      ['wait', 'a:1'],
      'There is no command wait. Did you mean vtq --wait ID? Put -- before an id that looks like this.',
    ],
    [['--json'], 'There is no id to ask for.'],
    [['--base-url', '--json', 'a:1'], '--base-url needs a value.'],
    [['a:1', '--endpoint'], '--endpoint needs a value.'],
    [['--base-url=', 'a:1'], '--base-url needs a value.'],
    [['--endpoint', ' ', 'a:1'], '--endpoint needs a value.'],
    [['parse', 'x.json', '--id', ' \t'], '--id needs a value.'],
    [['--json=1', 'a:1'], '--json takes no value.'],
    [['--timeout-ms', 'soon', 'a:1'], '--timeout-ms must be a number, such as --timeout-ms 30000.'],
    [['--timeout-ms', '-5', 'a:1'], '--timeout-ms must be a number, such as --timeout-ms 30000.'],
    [['--max-retries', 'few', 'a:1'], '--max-retries must be a number, such as --max-retries 2.'],
    [['--header', 'secret-1', 'a:1'], "--header must be a name and a value, such as --header 'X-Team: 7'."],
    [['--header', ': 7', 'a:1'], "--header must be a name and a value, such as --header 'X-Team: 7'."],
    [['--deadline-ms', '5', 'a:1'], '--deadline-ms needs --wait.'],
    [['--kind', 'sorce', '--download', 'a:1'], '--kind must be upscaled, source, medium or watermarked, not sorce.'],
    [['--concurrency', '0', 'a:1'], '--concurrency must be a whole number from 1 on, such as --concurrency 4.'],
    [['--concurrency', '1.5', 'a:1'], '--concurrency must be a whole number from 1 on, such as --concurrency 4.'],
    [
      ['--concurrency', 'all', '--wait', 'a:1'],
      '--concurrency must be a whole number from 1 on, such as --concurrency 4.',
    ],
    [['--force', 'a:1'], '--force needs --download.'],
    [['--download', 'parse', 'x.json'], '--download does not go with parse.'],
    [['--download', '-f.mp4', 'a:1'], 'There is no option -f.'],
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
    [
      ['a:1', '--download', 'films'],
      'There is no folder films. To save as films, write --download=films. Put -- before an id that looks like this.',
    ],
    [['--download', 'a.mp4'], 'There is no id to ask for: a.mp4 is what --download saves to.'],
    [['--download', 'nowhere/', 'a:1'], 'There is no folder nowhere/ to save in.'],
    [['--download=-', 'a:1'], '--download saves to a file, not to standard output.'],
    [['--download=nowhere/a.mp4', 'a:1'], 'There is no folder nowhere to save in.'],
    [['--download=nowhere/', 'a:1'], 'There is no folder nowhere/ to save in.'],
  ])) {
    test(`vtq ${args.join(' ')}: wrong usage, said in a sentence`, async () => {
      assert.deepEqual(await vtq(args), { code: 2, stdout: '', stderr: `${message}\n${USAGE}` });
    });
  }

  test('a key in the wrong place is not repeated', async () => {
    const args = ['--kind', 'sk-proj-abcdef123456', '--download', 'a:1'];
    assert.deepEqual(await vtq(args, { env: { VIDEO_TASK_API_KEY: 'sk-proj-abcdef123456' } }), {
      code: 2,
      stdout: '',
      stderr: `--kind must be upscaled, source, medium or watermarked, not [key].\n${USAGE}`,
    });
  });

  test('without anything it shows how it is used', async () => {
    const { code, stdout, stderr } = await vtq([]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^There is no id to ask for\.\n\nUsage: vtq /);
  });

  const URLS = 'it must begin with https:// or http://.';
  for (const [args, env, message] of /** @type {[string[], NodeJS.ProcessEnv, string][]} */ ([
    [[], { VIDEO_TASK_BASE_URL: 'foo' }, `VIDEO_TASK_BASE_URL is not a URL: ${URLS}`],
    [
      [],
      { VIDEO_TASK_BASE_URL: 'relay.example/v1' },
      `VIDEO_TASK_BASE_URL is not a URL: ${URLS} Did you mean https://relay.example/v1?`,
    ],
    [['--base-url', 'foo'], { VIDEO_TASK_BASE_URL: 'bar' }, `--base-url is not a URL: ${URLS}`],
    [
      ['--base-url', 'api.quickrouter.ai'],
      {},
      `--base-url is not a URL: ${URLS} Did you mean https://api.quickrouter.ai?`,
    ],
    [
      ['--base-url', 'localhost:8787/v1'],
      {},
      '--base-url must begin with https:// or http://. Did you mean http://localhost:8787/v1?',
    ],
    [
      ['--base-url', 'https://me:secret-1@api.example'],
      {},
      '--base-url must not hold a user or a password: pass the key as --api-key.',
    ],
    [['--timeout-ms', '0'], {}, '--timeout-ms must be a number of milliseconds above 0.'],
    [['--max-retries=1.5'], {}, '--max-retries must be a whole number, 0 or more.'],
    [['--header', 'fo o: secret-1'], {}, "The header 'fo…' has a name or a value that HTTP cannot carry."],
    [
      [],
      { VIDEO_TASK_API_KEY: 'secret 1' },
      'VIDEO_TASK_API_KEY holds a character that no key has, such as a space, a line break or a letter outside ASCII: copy it again.',
    ],
  ])) {
    for (const wait of [[], ['--wait']]) {
      test(`${JSON.stringify(env)} vtq ${[...args, ...wait].join(' ')}: said once for all ids, in the names of the command`, async () => {
        const stderr = `${message}\n${USAGE}`;
        assert.deepEqual(await vtq([...args, ...wait, 'a:1', 'b:2'], { env }), { code: 2, stdout: '', stderr });
      });
    }
  }

  for (const [args, message] of /** @type {[string[], string][]} */ ([
    [['--interval-ms', '0'], '--interval-ms must be a number of milliseconds above 0.'],
    [['--deadline-ms', '0'], '--deadline-ms must be a number of milliseconds above 0, or Infinity.'],
    [['--requests-per-second', '0'], '--requests-per-second must be a number above 0.'],
  ])) {
    test(`vtq --wait ${args.join(' ')}: said in the names of the command`, async () => {
      const stderr = `${message}\n${USAGE}`;
      assert.deepEqual(await vtq(['--wait', ...args, 'a:1', 'b:2']), { code: 2, stdout: '', stderr });
    });
  }

  test('of an endpoint it says what there is', async () => {
    const { code, stderr } = await vtq(['--endpoint', 'elsewhere', 'a:1', 'b:2']);
    assert.equal(code, 2);
    assert.match(stderr, /^--endpoint must be 'auto', .+\.\nvtq --help tells more\.\n$/);
  });

  test('with --json each id has its line all the same', async () => {
    const { code, stdout, stderr } = await vtq(['--base-url', 'foo', '--json', 'a:1', 'b:2']);
    const lines = stdout.trim().split('\n');
    assert.deepEqual([code, stderr, lines.map((line) => JSON.parse(line).id)], [2, '', ['a:1', 'b:2']]);
  });
});
