// @ts-check
/** Where `vtq` is ended by a signal in a pipe, and the command that it prints then: it goes on with what is left. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { preloaded, vtq } from './command.js';
import { folderOf } from './film-studio.js';
import { packageDir } from './packed.js';
import { json, serve } from './service.js';

/** @type {typeof import('../../pkg/cli/resume.js')} */
const { howToGoOn } = await import(pathToFileURL(join(packageDir, 'cli', 'resume.js')).href);

const FAST = ['--wait', '--interval-ms', '20'];

/**
 * A service whose tasks go on, unless the test says otherwise.
 *
 * @param {{ after: (end: () => void) => void }} t
 * @param {Record<string, object>} tasks by id
 */
const tasks = (t, tasks) =>
  serve(t, ({ query }) => json({ id: query.get('id'), status: 'processing', ...tasks[query.get('id') ?? ''] }));

describe('a signal', () => {
  test('ends it with the code of the signal', async (t) => {
    const { url } = await tasks(t, {});
    for (const [signal, expected] of /** @type {[NodeJS.Signals, number][]} */ ([
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ])) {
      const { code, stderr } = await vtq([...FAST, '--base-url', url, 'sora-2:a'], {
        onOutput: (sofar, child) => void (sofar.includes('processing') && !child.killed && child.kill(signal)),
      });
      const command = `vtq --wait --base-url ${url} --interval-ms 20 sora-2:a`;
      assert.deepEqual([code, stderr], [expected, `Interrupted. To go on:\n\n  ${command}\n`]);
    }
  });

  test('that comes twice ends it at once, whatever it waits for', async (t) => {
    /** @type {import('node:child_process').ChildProcess | undefined} */
    let running;
    const { url } = await serve(t, ({ path, query }) => {
      if (path !== '/film.mp4') return json({ id: query.get('id'), status: 'completed', video_url: '/film.mp4' });
      const again = setInterval(() => running?.kill('SIGTERM'), 50);
      running?.once('close', () => clearInterval(again));
    });
    // A disk that does not come back.
    const env = preloaded(`
      import fs from 'node:fs/promises';
      import { syncBuiltinESMExports } from 'node:module';
      fs.rm = () => new Promise(() => setInterval(() => {}, 1000));
      syncBuiltinESMExports();
    `);
    const args = ['sora-2:a', '--download', '--base-url', url];
    const { code, stdout, stderr } = await vtq(args, { env, cwd: folderOf(t), onStart: (child) => (running = child) });
    assert.deepEqual([code, stdout, stderr], [143, '', '']);
  });

  test('of a long list the list is taken once more, rather than all that is left of it', async (t) => {
    const { url } = await tasks(t, { 'a:1': { status: 'completed' } });
    const list = Array.from({ length: 12 }, (_, index) => `a:${index}`);
    for (const [count, end] of /** @type {[number, string][]} */ ([
      [12, `11 tasks are left. To go on, with the same list on standard input:\n\n  vtq --wait --base-url ${url} -`],
      [11, `To go on:\n\n  vtq --wait --base-url ${url} a:0 ${list.slice(2, 11).join(' ')}`],
    ])) {
      const { code, stderr } = await vtq(['--wait', '--base-url', url, '-'], {
        input: list.slice(0, count).join('\n'),
        onOutput: (sofar, child) =>
          void (
            sofar.includes('completed') &&
            sofar.split('processing').length > 2 &&
            !child.killed &&
            child.kill('SIGTERM')
          ),
      });
      assert.deepEqual([code, stderr], [143, `Interrupted. ${end}\n`]);
    }
  });

  test('the command that goes on keeps ids that hold a placeholder', async (t) => {
    const { url } = await tasks(t, {});
    const { stderr } = await vtq([...FAST, '--base-url', url, 'sora-2:a'], {
      env: { VIDEO_TASK_API_KEY: 'sora' },
      onOutput: (sofar, child) => void (sofar.includes('processing') && !child.killed && child.kill('SIGTERM')),
    });
    assert.equal(stderr.trimEnd().split(' ').at(-1), 'sora-2:a');
  });
});

describe('the command that goes on', () => {
  const windows = process.platform === 'win32';
  /** @param {Record<string, any>} values @param {string[]} left @param {NodeJS.ProcessEnv} [env] */
  const command = (values, left, env = {}) => howToGoOn(values, left, left, env);

  test('has all ids that were given in the command, however many', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `a:${index}`);
    assert.equal(command({ wait: true }, ids), `To go on:\n\n  vtq --wait ${ids.join(' ')}`);
  });

  test('has -- before ids that look like a command or an option', () => {
    for (const id of ['demo', '-x:1', '--wait'])
      assert.equal(command({}, ['a:1', id]), `To go on:\n\n  vtq -- a:1 ${id}`);
    assert.equal(command({}, ['a:1']), 'To go on:\n\n  vtq a:1');
  });

  test('is called as it was', () => {
    const env = { npm_lifecycle_event: 'npx' };
    assert.equal(command({ wait: true }, ['a:1'], env), 'To go on:\n\n  npx video-task-query --wait a:1');
  });

  test('has what a shell would split or obey in quotes, and nothing that a terminal would', { skip: windows }, () => {
    const values = { download: 'my films', endpoint: '/v9/{id}\u001b[31m?a=1&b=2' };
    const words = `'--download=my films' --endpoint '/v9/{id}?a=1&b=2' 'a b'`;
    assert.equal(command(values, ['a b']), `To go on:\n\n  vtq ${words}`);
  });
});
