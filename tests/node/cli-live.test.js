// @ts-check
/** The live display line for line, on a terminal and a clock that are played. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Emulator } from './emulator.js';
import { packageDir } from './packed.js';

/** @type {typeof import('../../pkg/cli/live.js')} */
const { LiveProgress, changeLine } = await import(pathToFileURL(join(packageDir, 'cli', 'live.js')).href);

/**
 * A display of these ids that has begun.
 *
 * @param {import('node:test').TestContext} t
 * @param {string[]} ids
 */
function display(t, ...ids) {
  const screen = new Emulator(24, 120);
  let now = 0;
  let written = 0;
  const stream = Object.assign(new EventEmitter(), {
    columns: 120,
    rows: 24,
    write(/** @type {string} */ text) {
      written += 1;
      screen.feed(text.replaceAll('\n', '\r\n'));
    },
  });
  t.mock.method(Date, 'now', () => now);
  t.mock.timers.enable({ apis: ['setInterval'] });
  const live = new LiveProgress(/** @type {any} */ (stream), { paint: (_, text) => text, blocks: false });
  live.start(ids);
  return {
    live,
    screen,
    stream,
    pass(/** @type {number} */ ms) {
      now += ms;
      t.mock.timers.tick(ms);
    },
    lines: () => screen.text().split('\n'),
    written: () => written,
  };
}

/** @param {object} more @returns {any} */
const task = (more) => ({
  status: 'processing',
  progress: null,
  stage: null,
  queuePosition: null,
  estimatedWaitMs: null,
  ...more,
});

/** @param {number} full */
const bar = (full) => '#'.repeat(full) + '-'.repeat(24 - full);

describe('the bar of a task', () => {
  test('is there from the first moment, and its time goes on by itself', (t) => {
    const { pass, lines } = display(t, 'a:1', 'b:22');
    assert.deepEqual(lines(), [
      `a:1   asking      ${bar(0)}          0:00`,
      `b:22  asking      ${bar(0)}          0:00`,
    ]);
    pass(61_000);
    assert.equal(lines()[1], `b:22  asking      ${bar(0)}          1:01`);
  });

  test('tells what is left, by how fast it grew', (t) => {
    const { live, pass, lines } = display(t, 'a:1');
    live.see('a:1', task({ progress: 0.25 }));
    pass(10_000);
    live.see('a:1', task({ progress: 0.5 }));
    // Nothing can be said of that: what was known before holds.
    live.see('a:1', task({ stage: 'upscaling', progress: null }));
    pass(5000);
    assert.deepEqual(lines(), [`a:1  processing  ${bar(0)}          0:15  ~0:15 left  upscaling`]);
    live.see('a:1', task({ progress: 0.5 }));
    pass(14_200);
    assert.deepEqual(lines(), [`a:1  processing  ${bar(12)}   50 %   0:29`]);
  });

  test('counts down what the service says instead', (t) => {
    const { live, pass, lines } = display(t, 'a:1');
    live.see('a:1', task({ status: 'queued', queuePosition: 4, estimatedWaitMs: 65_000 }));
    pass(5000);
    assert.deepEqual(lines(), [`a:1  queued      ${bar(0)}          0:05  ~1:00 left  4 before it`]);
    pass(70_000);
    assert.deepEqual(lines(), [`a:1  queued      ${bar(0)}          1:15  4 before it`]);
  });

  test('leaves the last column free, behind which terminals differ', (t) => {
    const { live, pass, lines } = display(t, 'y'.repeat(36));
    live.see('y'.repeat(36), task({ stage: 'x'.repeat(40) }));
    pass(1000);
    const line = `${'y'.repeat(36)}  processing  ${bar(0)}          0:01  ${'x'.repeat(28)}…`;
    assert.deepEqual([lines(), line.length], [[line], 119]);
  });

  test('has a long name cut', (t) => {
    const { lines } = display(t, 'x'.repeat(50));
    assert.equal(lines()[0], `${'x'.repeat(35)}…  asking      ${bar(0)}          0:00`);
  });
});

describe('the bar of a download', () => {
  test('tells how many bytes there are, and by their growth what is left', (t) => {
    const { live, pass, lines } = display(t, 'a:1');
    live.see('a:1', task({ progress: 0.125 }));
    pass(10_000);
    live.see('a:1', task({ progress: 0.25 }));
    pass(10_000);
    // Goes on where an earlier run was cut off: how fast the task grew says nothing about it.
    live.bytes('a:1', 500, 1000);
    pass(10_000);
    assert.deepEqual(lines(), [`a:1  saving      ${bar(12)}   50 %   0:30  500 B of 1.0 kB`]);
    live.bytes('a:1', 750, 1000);
    pass(4000);
    assert.deepEqual(lines(), [`a:1  saving      ${bar(18)}   75 %   0:34  ~0:06 left  750 B of 1.0 kB`]);
  });

  test('does not grow over its end', (t) => {
    const { live, pass, lines } = display(t, 'a:1');
    live.bytes('a:1', 1200, 1000);
    pass(1000);
    assert.deepEqual(lines(), [`a:1  saving      ${bar(24)}  100 %   0:01  1.2 kB of 1.0 kB`]);
  });

  test('stays empty where nobody knows how many there will be', (t) => {
    const { live, pass, lines } = display(t, 'a:1');
    live.bytes('a:1', 500, null);
    pass(1000);
    live.bytes('a:1', 700, null);
    pass(1000);
    assert.deepEqual(lines(), [`a:1  saving      ${bar(0)}          0:02  700 B`]);
  });
});

describe('the display', () => {
  test('takes a bar away when its task has ended, and writes above the others', (t) => {
    const { live, screen, lines } = display(t, 'a:1', 'b:2');
    live.end('a:1');
    live.above(() => screen.feed('completed  a:1\r\n'));
    assert.deepEqual(lines(), ['completed  a:1', `b:2  asking      ${bar(0)}          0:00`]);
    live.end('b:2');
    live.above(() => screen.feed('completed  b:2\r\n'));
    assert.deepEqual(lines(), ['completed  a:1', 'completed  b:2']);
  });

  test('gives the terminal back while it is paused, and comes back', (t) => {
    const { live, screen, pass, lines, written } = display(t, 'a:1');
    assert.equal(screen.isCursorShown, false);
    live.pause();
    assert.deepEqual([screen.isCursorShown, lines()], [true, ['']]);
    const before = written();
    pass(5000);
    live.above(() => {});
    assert.equal(written(), before);
    live.resume();
    assert.deepEqual([screen.isCursorShown, lines()], [false, [`a:1  asking      ${bar(0)}          0:05`]]);
    // Twice is once.
    live.resume();
    live.pause();
    const after = written();
    pass(5000);
    assert.equal(written(), after);
  });

  test('leaves nothing behind when it is over', (t) => {
    const { live, screen, stream, pass, lines, written } = display(t, 'a:1');
    live.stop();
    assert.deepEqual([screen.isCursorShown, lines()], [true, ['']]);
    const before = written();
    stream.emit('resize');
    pass(5000);
    live.stop();
    assert.equal(written(), before);
    assert.equal(stream.listenerCount('resize'), 0);
  });

  test('draws at once when the window has another size', (t) => {
    const { stream, written } = display(t, 'a:1');
    const before = written();
    stream.emit('resize');
    assert.equal(written(), before + 1);
  });
});

test('a change is a line of all that is known', (t) => {
  t.mock.method(Date, 'now', () => 61_000);
  const all = { progress: 0.4, stage: 'upscaling', queuePosition: 4, estimatedWaitMs: 61_000 };
  assert.equal(
    changeLine(0, 'a:1', task(all)),
    '1:01  a:1  processing, 40 %, upscaling, 4 before it, about 1 min 1 s left',
  );
  assert.equal(changeLine(0, 'a:1', task({ status: 'queued' })), '1:01  a:1  queued');
});
