// @ts-check
/** What `vtq` writes: nothing that harms a terminal, colours only where they are wanted, and an end in order where nobody reads. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { byId, done } from './answers-by-id.js';
import { program, shellEnv, vtq } from './command.js';
import { json, serve } from './service.js';

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

describe('colours', () => {
  test('are not for a pipe, unless FORCE_COLOR says so, whatever NO_COLOR says', async (t) => {
    const { url } = await serve(t, () => done('a:1'));
    const first = async (/** @type {NodeJS.ProcessEnv} */ env) =>
      (await vtq(['a:1', '--base-url', url], { env })).stdout.split('\n')[0];
    assert.equal(await first({}), 'completed  a:1');
    assert.equal(await first({ NO_COLOR: '1' }), 'completed  a:1');
    for (const none of ['0', 'false']) assert.equal(await first({ FORCE_COLOR: none }), 'completed  a:1');
    const styled = '\u001b[32mcompleted\u001b[39m  \u001b[1ma:1\u001b[22m';
    for (const some of ['1', '']) assert.equal(await first({ FORCE_COLOR: some }), styled);
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
