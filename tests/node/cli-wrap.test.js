// @ts-check
/** Long texts of `vtq` on a terminal: broken between words, and whole in a pipe. */
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { byId } from './answers-by-id.js';
import { program, vtq } from './command.js';
import { folderOf, studio, whole } from './film-studio.js';
import { json, serve } from './service.js';
import { inTerminal, noTerminal } from './terminal.js';

/** @type {typeof import('../../pkg/cli/wrap.js')} */
const { columnsOf, wrapped } = await import(pathToFileURL(join(dirname(program), 'wrap.js')).href);

const WORDS = 'The upstream model refused the prompt because it names a real person and a brand';
const LINK = 'https://cdn.example/a/very/long/path/that/is/wider/than/the/terminal/of/eighty/columns/is/v.mp4';

/** @param {import('node:test').TestContext} t */
const service = (t) =>
  serve(
    t,
    byId({
      'grok:b': json({ id: 'grok:b', status: 'failed', error: { message: WORDS }, prompt: WORDS }),
      'grok:c': json({ id: 'grok:c', status: 'completed', video_url: LINK }),
    }),
  );

describe('a long text', () => {
  test('is broken between words, with a word that is longer whole on a line of its own', () => {
    assert.deepEqual(wrapped('one two  three', 8), ['one two', 'three']);
    assert.deepEqual(wrapped('at https://cdn.example/输出/视频.mp4', 8), ['at', 'https://cdn.example/输出/视频.mp4']);
    assert.deepEqual(wrapped('one two  three', 14), ['one two  three']);
    assert.deepEqual(wrapped('see https://a.example/long for more', 10), ['see', 'https://a.example/long', 'for more']);
    assert.deepEqual(wrapped('abcdefghijkl for more', 8), ['abcdefghijkl', 'for more']);
    assert.deepEqual(wrapped('', 8), ['']);
  });

  test('of Chinese is broken between letters, but not before what closes a sentence', () => {
    assert.deepEqual(wrapped('生成失败，请稍后再试。', 8), ['生成失', '败，请稍', '后再试。']);
  });

  test('is left as it is in a pipe, and where a terminal is too narrow', () => {
    assert.equal(columnsOf({ columns: 80 }), Infinity);
    assert.equal(columnsOf({ isTTY: true, columns: 39 }), Infinity);
    assert.equal(columnsOf({ isTTY: true, columns: 0 }), Infinity);
    assert.equal(columnsOf({ isTTY: true, columns: 40 }), 40);
  });

  test('goes on below itself in a card on a terminal, and a URL stays whole', { skip: noTerminal }, async (t) => {
    const { url } = await service(t);
    const args = ['grok:b', 'grok:c', 'grok:x', '--base-url', url];
    const { screen } = await inTerminal(args, { columns: 80 });
    const card = [
      'failed  grok:b',
      '  model      grok',
      '  reason     upstream: The upstream model refused the prompt because it names a',
      '             real person and a brand',
      '  prompt     The upstream model refused the prompt because it names a real',
      '             person and a brand',
    ];
    assert.equal(screen.text().split('\n\n')[0], card.join('\n'));
    const { screen: narrow, output } = await inTerminal(args, { columns: 40 });
    const reason = [
      'upstream: The upstream',
      'model refused the prompt',
      'because it names a real',
      'person and a brand',
    ];
    assert(narrow.text().includes(`  reason     ${reason.join(`\n${' '.repeat(13)}`)}\n`), narrow.text());
    assert(output.includes(LINK));
    const { stdout } = await vtq(args);
    assert(stdout.includes(`  reason     upstream: ${WORDS}\n`));
  });

  test('of where a video was saved stays whole, whatever spaces it has', { skip: noTerminal }, async (t) => {
    const folder = folderOf(t);
    const file = 'a film of dunes and of the sea behind them.mp4';
    const { url } = await studio(t, whole);
    const args = ['sora-2:a', `--download=${file}`, '--base-url', url];
    const { output } = await inTerminal(args, { columns: 40, cwd: folder });
    assert(output.includes(`${file} (5.0 kB)`), output);
  });

  test('of wrong usage is broken too', { skip: noTerminal }, async () => {
    const { screen } = await inTerminal(['--download', 'films', 'a:1'], { columns: 60 });
    assert.deepEqual(screen.text().split('\n'), [
      'There is no folder films. To save as films, write',
      '--download=films. Put -- before an id that looks like this.',
      'vtq --help tells more.',
    ]);
  });
});
