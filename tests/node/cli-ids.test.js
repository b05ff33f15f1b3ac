// @ts-check
/** Which ids `vtq` takes, from the command and from a list on standard input, and what it refuses to send. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { byId, done } from './answers-by-id.js';
import { vtq } from './command.js';
import { packageDir } from './packed.js';
import { json, serve } from './service.js';

/** @type {typeof import('../../pkg/ui/pasted.js')} */
const { pastedInstead } = await import(pathToFileURL(join(packageDir, 'ui', 'pasted.js')).href);

const USAGE = 'vtq --help tells more.\n';
const ADVICE = 'Give the id alone, such as sora-2:task_1.';

/** @param {import('node:test').TestContext} t */
const service = (t) => serve(t, ({ query }) => done(query.get('id') ?? ''));

describe('what was pasted in place of an id', () => {
  for (const [line, what] of /** @type {[string, string][]} */ ([
    ['curl https://api.example/v1/videos/1', 'a curl command'],
    ['  $ curl.exe \\', 'a curl command'],
    ['curl', 'a curl command'],
    ['x-api-key: sk-secret-abcdefg', 'an HTTP header'],
    ['https://api.example/v1/videos/1', 'a URL'],
    ['HTTP://api.example', 'a URL'],
    ['{"id":"sora-2:a"}', 'JSON'],
    ['[', 'JSON'],
    ['},', 'JSON'],
    [']', 'JSON'],
    ['"sora-2:a",', 'JSON'],
    ['Authorization: Bearer sk-1', 'an HTTP header'],
    ["-H 'authorization: sk-1'", 'an HTTP header'],
    ['x bearer sk-1', 'an HTTP header'],
  ])) {
    test(`${line} is ${what}`, () => assert.equal(pastedInstead(line), what));
  }

  for (const id of [
    'video_bGl0ZWxsbTpjdXN0b20==',
    'models/veo-3.0/operations/abc',
    'projects/p/locations/us/operations/1',
    'sora-2:task_1',
    'urn:uuid:17f20503-6c24-4c16-946b-35dbbce2af2f',
    '17f20503-6c24-4c16-946b-35dbbce2af2f',
    '12345678901234567890',
    'a b',
    'curl-1:task',
    'curly',
    'https',
    'bearer:1',
    'forbearer 1',
    'authorization-1',
    '视频:任务',
    'a{id}',
  ]) {
    test(`${id} may be an id`, () => assert.equal(pastedInstead(id), null));
  }

  test('the key itself is refused in place of an id', async (t) => {
    const { url, requests } = await service(t);
    const key = 'sk-proj-abcdef123456';
    const { code, stderr } = await vtq(['--base-url', url, key], { env: { VIDEO_TASK_API_KEY: key } });
    assert.deepEqual([code, stderr], [2, `An id holds the API key. ${ADVICE}\n${USAGE}`]);
    // As it comes from a file.
    const spaced = await vtq(['--base-url', url, key], { env: { VIDEO_TASK_API_KEY: `${key}\n` } });
    assert.deepEqual([spaced.code, spaced.stderr], [2, stderr]);
    const given = await vtq(['--base-url', url, '--api-key', key, `sora-2:${key}`]);
    assert.equal(given.code, 2);
    assert(given.stderr.endsWith(stderr) && !given.stderr.includes(key), given.stderr);
    assert.deepEqual(requests, []);
  });

  test('is refused before anything is sent, without being repeated: it may hold a key', async (t) => {
    const { url, requests } = await service(t);
    const curl = "curl https://api.example/v1/videos/1 -H 'Authorization: Bearer secret-1'";
    const stderr = `This is a curl command, not an id. ${ADVICE}\n${USAGE}`;
    assert.deepEqual(await vtq(['--base-url', url, 'a:1', curl]), { code: 2, stdout: '', stderr });
    assert.deepEqual(await vtq(['--base-url', url, '-'], { input: `a:1\n\n${curl}\n` }), {
      code: 2,
      stdout: '',
      stderr: `Line 3 of standard input is a curl command, not an id. ${ADVICE}\n${USAGE}`,
    });
    assert.deepEqual(requests, []);
  });
});

test('an id may be one word, if it is not nearly a command', async (t) => {
  const { url } = await service(t);
  const { code, stdout } = await vtq(['abc', '--json', '--base-url', url]);
  assert.deepEqual([code, JSON.parse(stdout).id], [0, 'abc']);
});

describe('a list of ids on standard input', () => {
  /** @param {string} url @param {string | Buffer} input */
  const asked = async (url, input) => {
    const { code, stdout, stderr } = await vtq(['-', '--json', '--base-url', url], { input });
    const lines = stdout.trimEnd().split('\n');
    return { code, stderr, ids: lines.filter(Boolean).map((line) => JSON.parse(line).id) };
  };
  const UTF16 = Buffer.from('\ufeffa:1\r\na:2\r\n', 'utf16le');

  for (const [name, input] of /** @type {[string, string | Buffer][]} */ ([
    ['as Windows PowerShell writes it', UTF16],
    ['in UTF-16 the other way round', Buffer.from(UTF16).swap16()],
    ['with a mark at its beginning', '\ufeffa:1\na:2'],
    ['with the line breaks of old', 'a:1\ra:2\r'],
    ['with remarks', '# of today\na:1\n  #a:3\na:2\n'],
  ])) {
    test(`${name} is read`, async (t) => {
      const { url } = await service(t);
      assert.deepEqual(await asked(url, input), { code: 0, stderr: '', ids: ['a:1', 'a:2'] });
    });
  }

  for (const [name, input, line] of /** @type {[string, string | Buffer, number][]} */ ([
    ['between NULs', 'a:1\0a:2\0', 1],
    ['in UTF-16 that does not say so', UTF16.subarray(2), 1],
    ['of columns', 'a:1\na:2\tdone\n', 2],
    ['that is a film', Buffer.from([0x61, 0x0a, 0xff, 0xd8, 0x0a]), 2],
  ])) {
    test(`${name} is refused as no text, and nothing is sent`, async (t) => {
      const { url, requests } = await service(t);
      const words = 'holds a character that no id has. Standard input must be text in UTF-8, one id a line.';
      const stderr = `Line ${line} of standard input ${words}\n${USAGE}`;
      assert.deepEqual(await asked(url, input), { code: 2, stderr, ids: [] });
      assert.deepEqual(requests, []);
    });
  }

  test('an id in the command that holds a line break is refused too', async () => {
    const stderr = `The id a:1 b:2 holds a line break or another character that no id has: leave that out.\n${USAGE}`;
    assert.deepEqual(await vtq(['a:1\nb:2']), { code: 2, stdout: '', stderr });
  });
});

test('a file that is given as an id is told of where there is no such task', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vtq-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const name of ['ids.txt', 'answer.json', 'done.txt', 'secret.txt']) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'my-films'));
  const { url } = await serve(t, byId({ 'done.txt': done('done.txt'), 'secret.txt': json({}, 403) }));
  const last = async (/** @type {string} */ id) =>
    (await vtq([id, '--base-url', url], { cwd: folder })).stderr.trimEnd().split('\n').at(-1);
  const there = '  hint       There is a file of that name: vtq';
  assert.equal(await last('ids.txt'), `${there} - < ids.txt`);
  assert.equal(await last('answer.json'), `${there} parse answer.json`);
  assert.equal(await last('done.txt'), '');
  for (const other of ['other.txt', 'my-films', 'secret.txt']) assert.doesNotMatch((await last(other)) ?? '', /hint/);
});
