// @ts-check
/** `vtq parse` and `vtq explain`: what they print of a saved body. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { vtq } from './command.js';

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

  test('parse resolves nothing against the service of the environment, from which the file may not be', async () => {
    const env = { VIDEO_TASK_BASE_URL: 'https://relay.example' };
    const { stdout } = await vtq(['parse', '-'], { env, input: body });
    assert.match(stdout, /\n {2}video {6}at \/v\.mp4 on the service, with the key\n$/);
    const { stdout: line } = await vtq(['explain', '-', '--json'], { env, input: body });
    assert.equal(JSON.parse(line).task.videoUrl, null);
  });

  test('an option takes a value that begins with a dash where it stands behind =', async () => {
    const { code, stdout } = await vtq(['parse', '-', '--id=-Zk1', ...base], { input: body });
    assert.deepEqual([code, stdout.split('\n')[0]], [0, 'completed  -Zk1']);
  });

  test('parse reads UTF-16, as Windows PowerShell writes it', async () => {
    const little = Buffer.from(`\ufeff${body}`, 'utf16le');
    for (const input of [little, Buffer.from(little).swap16()]) {
      const { code, stdout } = await vtq(['parse', '-', ...base], { input });
      assert.deepEqual([code, stdout.split('\n')[0]], [0, 'completed  sora-2:task_1']);
    }
  });

  test('explain prints the path behind each field, and what was not used', async () => {
    const { code, stdout, stderr } = await vtq(['explain', '-', ...base], { input: body });
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^shape {2}unified\n\n {2}field +path +value\n/);
    const lines = stdout.split('\n');
    for (const line of [
      '  field          path       value',
      '  status         status     completed',
      '  provider       -          sora  (the family of the model)',
      '  videoUrl       video_url  https://relay.example/v.mp4  (the best of the videos)',
      '  videos[0].url  video_url  https://relay.example/v.mp4',
    ])
      assert(lines.includes(line), `${line}\n${stdout}`);
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

  test('a base URL that is none is wrong usage', async () => {
    const stderr =
      '--base-url is not a URL: it must begin with https:// or http://. Did you mean https://relay.example?\n';
    for (const command of ['parse', 'explain']) {
      const ended = await vtq([command, '-', '--base-url', 'relay.example'], { input: body });
      assert.deepEqual(ended, { code: 2, stdout: '', stderr: `${stderr}vtq --help tells more.\n` });
    }
  });

  test('explain --json is what explainTask gives', async () => {
    const { stdout } = await vtq(['explain', '-', '--json', ...base], { input: body });
    const { explainTask } = await import('./packed.js');
    assert.equal(stdout, `${JSON.stringify(explainTask(body, { baseUrl: 'https://relay.example' }))}\n`);
  });

  test('a file that cannot be read is wrong usage, said in a sentence', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'vtq-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const long = 'a'.repeat(300);
    for (const [file, words] of [
      ['no-such-file.json', 'There is no file no-such-file.json.'],
      ['.', '. is a folder, not a file.'],
      // Windows says of this that it is not there.
      ...(process.platform === 'win32' ? [] : [[long, `The name ${long.slice(0, 199)}… is too long for a file.`]]),
    ]) {
      const stderr = `${words}\nvtq --help tells more.\n`;
      assert.deepEqual(await vtq(['parse', file ?? ''], { cwd: folder }), { code: 2, stdout: '', stderr });
    }
  });

  test('a file without an end is read only so far', { skip: !existsSync('/dev/zero') }, async () => {
    const stderr = 'There are more than 64 MiB in /dev/zero.\nvtq --help tells more.\n';
    assert.deepEqual(await vtq(['parse', '/dev/zero']), { code: 2, stdout: '', stderr });
  });

  test('a body that is an error could not be read as a task', async () => {
    const error = await vtq(['parse', '-'], { input: '{"error":{"message":"无效的令牌"}}' });
    assert.deepEqual([error.code, error.stdout], [3, '']);
    assert.match(error.stderr, /^could not read {2}-\n {2}reason {5}authentication: /);
  });

  for (const [input, words] of [
    ['', 'Nothing is in it.'],
    [' \n', 'Nothing is in it.'],
    ['<html><title>Log in</title>', 'It is a web page, not JSON.'],
    [
      'HTTP/2 200 \ncontent-type: application/json\n\n{"id":"a:1"}',
      'HTTP headers stand in front of the JSON: leave them out (curl without -i).',
    ],
    ['{"id":"a:1"}\n{"id":"b:2"}\n', 'There is more behind the first JSON value: give one value alone.'],
    ['{"id":"任务"} {"id":"b:2"}', 'There is more behind the first JSON value: give one value alone.'],
    ['{"id":"a:1"', 'The answer was cut off: its JSON ends in the middle of a value.'],
  ]) {
    test(`${JSON.stringify(input)} is no answer, and what it is instead is told`, async () => {
      const stderr = `could not read  a:1\n  reason     invalid_response: ${words}\n`;
      for (const command of ['parse', 'explain']) {
        const { code, stdout, stderr: card } = await vtq([command, '-', '--id', 'a:1'], { input });
        assert.deepEqual([code, stdout, card], [3, '', stderr]);
        const { stdout: line } = await vtq([command, '-', '--json'], { input });
        const { id, error } = JSON.parse(line);
        assert.deepEqual([id, error.message, error.serviceMessage], ['-', words, null]);
      }
    });
  }
});
