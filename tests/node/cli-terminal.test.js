// @ts-check
/** `vtq` in a pseudo-terminal: what a person sees, and how it leaves the terminal. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { preloaded } from './command.js';
import { json, serve } from './service.js';
import { inTerminal, noPython, noTerminal } from './terminal.js';

const FAST = ['--wait', '--interval-ms', '20'];

/**
 * A service whose tasks stand as the test says.
 *
 * @param {{ after: (end: () => void) => void }} t
 * @param {Record<string, any>} tasks by id
 */
function tasks(t, tasks) {
  return serve(t, ({ query }) => json({ id: query.get('id'), status: 'processing', ...tasks[query.get('id') ?? ''] }));
}

/** Nothing that a terminal would have to be mended from. @param {Awaited<ReturnType<typeof inTerminal>>} seen */
function assertTidy({ screen, output }) {
  assert.equal(screen.isCursorShown, true);
  assert.deepEqual(screen.unknown, []);
  assert(output.lastIndexOf('\x1b[?25h') >= output.lastIndexOf('\x1b[?25l'));
}

/** @param {import('./emulator.js').Emulator} screen */
const barsIn = (screen) => screen.window().filter((line) => line.includes('░'));

describe('vtq --wait in a terminal', { skip: noTerminal }, () => {
  test('shows a bar for each task, then their cards, and nothing of the bars', async (t) => {
    /** @type {Record<string, any>} */
    const state = { 'sora-2:a': { progress: 50 }, 'grok:b': { status: 'queued' } };
    const { url } = await tasks(t, state);
    const seen = await inTerminal([...FAST, '--base-url', url, 'sora-2:a', 'grok:b'], {
      async act({ until }) {
        await until((screen) => /processing.*50 %/.test(screen.text()) && screen.text().includes('queued'));
        state['grok:b'] = { status: 'failed', error: { message: 'No frames came' } };
        // Its bar is gone, and the other one stays.
        await until((screen) => screen.text().includes('No frames came') && barsIn(screen).length === 1);
        state['sora-2:a'] = { status: 'completed', video_url: 'https://cdn.example/a.mp4' };
      },
    });
    assertTidy(seen);
    assert.equal(seen.code, 1);
    const both = seen.windows.find(
      (window) => window.some((line) => line.includes('50 %')) && window.some((line) => line.includes('queued')),
    );
    assert.match(both?.[0] ?? '', /^sora-2:a {2}processing {2}█{12}░{12} {3}50 % {3}0:0\d( {2}~.+)?$/);
    assert.match(both?.[1] ?? '', /^grok:b {4}queued {6}░{24} {10}0:0\d$/);
    assert.equal(
      seen.screen.text(),
      [
        'failed  grok:b',
        '  model      grok',
        '  reason     No frames came',
        '',
        'completed  sora-2:a',
        '  model      sora-2 (sora)',
        '  video      https://cdn.example/a.mp4',
      ].join('\n'),
    );
  });

  test('what cannot be asked for has no bar any more', async (t) => {
    const { url } = await serve(t, ({ query }) =>
      query.get('id') === 'grok:b' ? json({}, 401) : json({ id: 'sora-2:a', status: 'processing' }),
    );
    const seen = await inTerminal([...FAST, '--base-url', url, 'sora-2:a', 'grok:b'], {
      async act({ until, type }) {
        await until((screen) => screen.text().includes('could not ask  grok:b') && barsIn(screen).length === 1);
        type('\x03');
      },
    });
    assert.equal(seen.code, 130);
    assertTidy(seen);
  });

  test('Ctrl-Z gives the terminal back, and fg brings the bars back', { skip: noPython }, async (t) => {
    const { url } = await tasks(t, {});
    const seen = await inTerminal([...FAST, '--base-url', url, 'sora-2:a'], {
      async act({ until, type, goOn }) {
        await until((screen) => !screen.isCursorShown && barsIn(screen).length === 1);
        type('\x1a');
        await until((screen) => screen.isCursorShown && barsIn(screen).length === 0);
        goOn();
        await until((screen) => !screen.isCursorShown && barsIn(screen).length === 1);
        type('\x03');
      },
    });
    assert.equal(seen.code, 130);
    assertTidy(seen);
  });

  test('is in colour, but not with NO_COLOR, and draws nothing on a dumb terminal', async (t) => {
    const { url } = await tasks(t, { 'grok:b': { status: 'completed' } });
    const args = [...FAST, '--base-url', url, 'grok:b'];
    for (const env of [{}, { NO_COLOR: '' }]) assert((await inTerminal(args, { env })).screen.styles.length > 0);
    const plain = await inTerminal(args, { env: { NO_COLOR: '1' } });
    assert.deepEqual(plain.screen.styles, []);
    assertTidy(plain);
    const { output } = await inTerminal(args, { env: { TERM: 'dumb' } });
    assert.doesNotMatch(output, /\x1b/);
  });

  test('tells how long it will take, as the service says', async (t) => {
    const queue = {
      status: 'queued',
      detail: { pending_info: { progress_pos_in_queue: 4, estimated_queue_wait_time: 600 } },
    };
    const { url } = await tasks(t, { 'sora-2:a': queue });
    const seen = await inTerminal([...FAST, '--base-url', url, 'sora-2:a'], {
      columns: 100,
      async act({ until, type }) {
        await until((screen) => /queued.*~(9:5\d|10:00) left {2}4 before it/.test(screen.text()));
        type('\x03');
      },
    });
    assert.equal(seen.code, 130);
  });

  test('more tasks than rows: those that fit, and the others in one line', async (t) => {
    const { url } = await tasks(t, { 'a:29': { status: 'queued' } });
    const ids = Array.from({ length: 30 }, (_, index) => `a:${index}`);
    const seen = await inTerminal([...FAST, '--base-url', url, ...ids], {
      rows: 8,
      async act({ until, type }) {
        await until((screen) => screen.text().includes('and 24 more: 23 processing, 1 queued'));
        type('\x03');
      },
    });
    assertTidy(seen);
    // Nothing was scrolled away: the first task stood at the top all the time.
    for (const window of seen.windows) assert(window.length <= 8, window.join('\n'));
    const full = seen.windows.find((window) => window.some((line) => line.startsWith('and 24 more')));
    assert.deepEqual([full?.[0]?.slice(0, 5), full?.[5]?.slice(0, 5), full?.[7]], ['a:0  ', 'a:5  ', '']);
  });

  test('stays in its place while the window gets narrower and wider', { skip: noPython }, async (t) => {
    /** @type {Record<string, any>} */
    const state = { 'sora-2:a': { progress: 50 }, 'sora-2:b': { progress: 50 } };
    const { url } = await tasks(t, state);
    const seen = await inTerminal([...FAST, '--base-url', url, 'sora-2:a', 'sora-2:b'], {
      async act({ until, resize }) {
        const bars = (/** @type {number} */ count) => (/** @type {import('./emulator.js').Emulator} */ screen) =>
          screen.window().filter((line) => line.includes('█'.repeat(count))).length === 2;
        await until(bars(12));
        resize(24, 44);
        await until((screen) => bars(4)(screen) && !bars(5)(screen));
        resize(24, 20);
        await until((screen) => screen.window().filter((line) => /^sora-2:[ab] pr/.test(line)).length === 2);
        resize(24, 100);
        await until(bars(12));
        for (const id of Object.keys(state)) state[id] = { status: 'completed' };
      },
    });
    assertTidy(seen);
    assert.equal(seen.code, 0);
    const lines = seen.screen.text().split('\n');
    assert.deepEqual(
      lines.filter((line) => /processing|█/.test(line)),
      [],
    );
  });

  test('with --json the bars are beside the lines of JSON', async (t) => {
    const { url } = await tasks(t, { 'grok:b': { status: 'completed' } });
    const seen = await inTerminal([...FAST, '--json', '--base-url', url, 'grok:b'], { columns: 2000 });
    assertTidy(seen);
    assert.equal(JSON.parse(seen.screen.text()).status, 'completed');
    assert(seen.windows.some((window) => window.some((line) => line.includes('░'))));
  });

  for (const kind of ['isFIFO', 'isSocket']) {
    test(`with --json there are none where whoever reads the lines may write here too (${kind})`, async (t) => {
      const { url } = await tasks(t, { 'grok:b': { status: 'completed' } });
      const env = preloaded(`
        import fs from 'node:fs';
        import { syncBuiltinESMExports } from 'node:module';
        fs.fstatSync = () => ({ isFIFO: () => false, isSocket: () => false, ${kind}: () => true });
        syncBuiltinESMExports();
      `);
      const { output } = await inTerminal([...FAST, '--json', '--base-url', url, 'grok:b'], { env });
      assert.doesNotMatch(output, /\x1b|░/);
    });
  }
});

test('whoever reads the lines of JSON may leave early: the terminal is as it was', { skip: noTerminal }, async (t) => {
  const { url } = await tasks(t, { 'grok:b': { status: 'completed' } });
  const env = preloaded(`
    process.stdout.write = () => process.stdout.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }));
  `);
  const args = [...FAST, '--json', '--base-url', url, 'grok:b', 'sora-2:a'];
  const seen = await inTerminal(args, { env });
  assert.equal(seen.code, 141);
  assert(seen.windows.some((window) => window.some((line) => line.includes('░'))));
  assertTidy(seen);
  assert.equal(seen.screen.text(), '');
});

describe('Ctrl-C', { skip: noTerminal }, () => {
  test('ends it with 130, the cursor shown, the bars gone, and tells how to go on, without the key', async (t) => {
    const { url } = await tasks(t, { 'grok:b': { status: 'completed' }, "x's:1": {} });
    const args = [
      ...FAST,
      '--api-key',
      'secret-1',
      '--header',
      'X-Key: secret-2',
      '--base-url',
      url,
      'grok:b',
      'sora-2:a',
      "x's:1",
    ];
    const seen = await inTerminal(args, {
      columns: 250,
      async act({ until, type }) {
        await until((screen) => /completed/.test(screen.text()) && /processing/.test(screen.text()));
        type('\x03');
      },
    });
    assert.equal(seen.code, 130);
    assertTidy(seen);
    const [, end = ''] = seen.screen.text().split('Interrupted. To go on:\n\n');
    assert.equal(end, `  vtq --wait --base-url ${url} --header 'X-Key: …' --interval-ms 20 sora-2:a 'x'\\''s:1'`);
    assert.doesNotMatch(seen.output, /secret-\d/);
    assert.doesNotMatch(seen.screen.text(), /░|█/);
  });

  test('leaves what was saved so far to go on with, and no half file', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'vtq-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const { url } = await serve(t, ({ path }, res) => {
      if (path !== '/v.mp4') return json({ id: 'sora-2:a', status: 'completed', video_url: '/v.mp4' });
      res.writeHead(200, { 'content-type': 'video/mp4', 'content-length': 1000, etag: '"1"' });
      res.write(Buffer.alloc(600));
    });
    const seen = await inTerminal(['sora-2:a', '--download', '--base-url', url], {
      cwd: folder,
      async act({ until, type }) {
        await until((screen) => /saving +█+░+ +60 %.*600 B of 1\.0 kB/.test(screen.text()));
        type('\x03');
      },
    });
    assert.equal(seen.code, 130);
    assertTidy(seen);
    assert.match(seen.screen.text(), /To go on:\n\n {2}vtq --download --base-url \S+ sora-2:a$/);
    assert.deepEqual(readdirSync(folder).sort(), ['sora-2_a.mp4.part', 'sora-2_a.mp4.part.json']);
  });

  test('ends the pause before another attempt to save', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'vtq-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const { url } = await serve(t, ({ path }) =>
      path === '/v.mp4'
        ? { status: 503, headers: { 'retry-after': '60' } }
        : json({ id: 'sora-2:a', status: 'completed', video_url: '/v.mp4' }),
    );
    const seen = await inTerminal(['sora-2:a', '--download', '--base-url', url], {
      cwd: folder,
      async act({ until, type }) {
        await until((screen) => screen.text().includes('Trying again.'));
        type('\x03');
      },
    });
    assert.equal(seen.code, 130);
    assertTidy(seen);
  });
});
