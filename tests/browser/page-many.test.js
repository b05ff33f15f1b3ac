// @ts-check
/** The demo page: many tasks at once, and what was seen when. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LIFE_MS, siteForTests } from './site-for-tests.js';

const site = siteForTests();
/** The lines of the first time line, without the times. */
const timeLine = () =>
  site.page
    .locator('.times')
    .first()
    .locator('li')
    .evaluateAll((all) =>
      all.map((line) => [line.className, ...[...line.children].slice(1).map((cell) => cell.textContent ?? '')]),
    );

describe('many tasks', () => {
  test('ten pasted ids become ten cards, and all of them are watched to their end', async () => {
    const kinds = ['task_completes', 'recovers', 'fails', 'moderated'];
    const ids = Array.from({ length: 10 }, (_, at) => `sora-2:${kinds[at % kinds.length]}-many${at}`);
    await site.page.fill('#ids', `${ids.join('\n')}\n\n${ids[0]}\n`);
    assert.equal(await site.page.locator('#ids-note').innerText(), '10 tasks');
    await site.page.click('#watch');
    await site.untilStates(ids.map(() => 'Queued'));
    assert.deepEqual(await site.page.locator('.task h3').allInnerTexts(), ids);
    site.clock += LIFE_MS * 2;
    await site.untilStates([
      'Completed',
      'Completed',
      'Failed',
      'Failed',
      'Completed',
      'Completed',
      'Failed',
      'Failed',
      'Completed',
      'Completed',
    ]);
    assert.equal(await site.page.locator('#summary h2').innerText(), '10 tasks · 10 ended');
    assert.equal(await site.page.locator('#watch').innerText(), 'Watch');
    assert.equal(await site.page.locator('video').count(), 6);
  });

  test('several ids on one line are said to count as one', async () => {
    for (const line of ['one two', 'one, two', 'one;two', `${'one two '.repeat(20)}end`]) {
      await site.page.fill('#ids', `first\n${line}`);
      const shown = line.length > 60 ? `${line.slice(0, 60)}… (163 characters)` : line;
      assert.equal(
        await site.page.locator('#ids-note').innerText(),
        `“${shown}” counts as one id. Put each on a line of its own.`,
      );
    }
  });

  test('requests are counted while nothing changes', async () => {
    await site.page.fill('#ids', 'sora-2:empty_202-counted');
    await site.page.click('#watch');
    await site.page.locator('.foot', { hasText: /^Asked [3-9] times, answered in / }).waitFor();
    await site.page.click('#watch');
  });

  test('requests are counted for the task that they ask for, whatever else the URL holds', async () => {
    const port = new URL(site.strange).port;
    const ids = [port, 'v1', 'video', 'one', 'one, two', "it's (one)!*", 'ü/é'];
    for (const id of ids) site.know(id, { status: 'queued' });
    await site.page.fill('#base', site.strange);
    await site.query(ids.join('\n'));
    assert.deepEqual(await site.page.locator('.task h3').allInnerTexts(), ids);
    const once = async () => {
      const feet = await site.page.locator('.foot').allInnerTexts();
      assert.deepEqual(
        feet.map((foot) => foot.replace(/,.*/, '')),
        ids.map(() => 'Asked once'),
      );
    };
    await once();
    await site.page.selectOption('#endpoint', 'own');
    await site.page.fill('#template', '/v1/video/task-{id}/one?id={id}&of=one');
    await site.query(ids.join('\n'));
    await once();
  });

  test('a task that cannot be asked for ends alone', async () => {
    site.know('fine', { status: 'processing' });
    site.answers.set('refused', { error: { message: 'Not yours.' } });
    await site.page.fill('#base', site.strange);
    await site.page.fill('#ids', 'fine\nrefused');
    await site.page.click('#watch');
    await site.untilStates(['Processing', 'Refused']);
    site.know('fine', { status: 'completed', video_url: `${site.origin}/media/dunes-360.mp4` });
    await site.untilStates(['Completed', 'Refused']);
    assert.equal(await site.page.locator('.trouble h4').innerText(), 'A key is needed');
    assert.equal(await site.page.locator('#summary h2').innerText(), '2 tasks · 1 ended');
  });

  test('Query asks for each of them once; those that stay keep what was seen of them', async () => {
    await site.query('grok:slow-a\ngrok:slow-b');
    assert.deepEqual(await site.states(), ['Queued', 'Queued']);
    assert.equal(site.requests.filter((request) => request.url().includes('/v1/')).length, 2);
    await site.unfold('Time line');
    await site.query('grok:slow-c\ngrok:slow-a');
    assert.deepEqual(await site.page.locator('.task h3').allInnerTexts(), ['grok:slow-c', 'grok:slow-a']);
    assert.equal(await site.page.locator('.fold[open] summary').innerText(), 'Time line');
  });
});

describe('what was seen when', () => {
  test('changes, missed polls and the requests between them', async () => {
    await site.page.fill('#ids', 'sora-2:errors_twice-seen');
    await site.page.click('#watch');
    await site.status('Queued');
    site.clock += LIFE_MS * 2;
    await site.status('Completed');
    const fold = await site.unfold('Time line');
    const lines = await timeLine();
    const [first, second, ...rest] = lines;
    assert.deepEqual([first?.[0], second?.[0]], ['missed', 'missed']);
    assert.match(first?.[1] ?? '', /^Missed poll: .*500/);
    assert.deepEqual([first?.[2], second?.[2]], ['1 request', '1 request']);
    assert.deepEqual(
      rest.map(([kind, words]) => [kind, words]),
      [
        ['change', 'Queued'],
        ['end', 'Completed'],
      ],
    );
    assert.match(await fold.locator('.at').last().innerText(), /^\+\d+ (ms|s)$/);
  });

  test('the time that is left is said once the progress tells it', async () => {
    site.know('grows', { status: 'processing', progress: 20 });
    await site.page.fill('#base', site.strange);
    await site.query('grows');
    assert.equal(await site.page.getByText(/left|due/).count(), 0);
    site.know('grows', { status: 'processing', progress: 30 });
    await site.query('grows');
    assert.match(
      await site.page.locator('.progress :last-child').innerText(),
      /^(about \d+ (s|min|h) left|due any moment)$/,
    );
    // It would count down to nothing, though nobody looks.
    assert.equal(await site.page.locator('[data-until]').count(), 0);
    assert.match(
      await site.page.locator('.foot').innerText(),
      /Nobody is asking any more: Query or Watch asks again\.$/,
    );
    await site.page.click('#watch');
    await site.page.locator('[data-until]').waitFor();
  });
});
