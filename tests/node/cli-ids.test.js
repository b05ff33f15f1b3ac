// @ts-check
/** Which ids `vtq` takes, from the command and from a list on standard input, and what it refuses to send. */
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { done } from './answers-by-id.js';
import { program, vtq } from './command.js';
import { serve } from './service.js';

/** @type {typeof import('../../pkg/cli/pasted.js')} */
const { pastedInstead } = await import(pathToFileURL(join(dirname(program), 'pasted.js')).href);

const USAGE = 'vtq --help tells more.\n';
const ADVICE = 'Give the id alone, such as sora-2:task_1.';

/** @param {import('node:test').TestContext} t */
const service = (t) => serve(t, ({ query }) => done(query.get('id') ?? ''));

describe('what was pasted in place of an id', () => {
  for (const [line, what] of /** @type {[string, string][]} */ ([
    ['curl https://api.example/v1/videos/1', 'a curl command'],
    ['  $ curl.exe \\', 'a curl command'],
    ['curl', 'a curl command'],
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

  test('is refused before anything is sent, without being repeated: it may hold a key', async (t) => {
    const { url, requests } = await service(t);
    const curl = "curl https://api.example/v1/videos/1 -H 'Authorization: Bearer secret-1'";
    const stderr = `This is a curl command, no id. ${ADVICE}\n${USAGE}`;
    assert.deepEqual(await vtq(['--base-url', url, 'a:1', curl]), { code: 2, stdout: '', stderr });
    assert.deepEqual(await vtq(['--base-url', url, '-'], { input: `a:1\n\n${curl}\n` }), {
      code: 2,
      stdout: '',
      stderr: `Line 3 of standard input is a curl command, no id. ${ADVICE}\n${USAGE}`,
    });
    assert.deepEqual(requests, []);
  });
});
