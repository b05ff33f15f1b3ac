// @ts-check
/** Where things stand on the page: what a stylesheet can get wrong. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { siteForTests } from './site-for-tests.js';

const site = siteForTests();
const LONG_ID = 'projects/1234567890/locations/us-central1/operations/9f8e7d6c-5b4a-4321-8765-0fedcba98765';

/** Left, right, top and bottom of elements, all at one moment: a narrow page scrolls. @param {string[]} selectors */
const edges = (...selectors) =>
  site.page.evaluate(
    (all) =>
      all.map((selector) => {
        const { left, right, top, bottom } = (
          document.querySelector(selector) ?? document.body
        ).getBoundingClientRect();
        return { left, right, top, bottom };
      }),
    selectors,
  );

/** One that cannot be played, one with a long id, one that has failed, and one that nobody knows. */
async function askForFour() {
  const { page, strange, answers } = site;
  answers.set('plays-not', { id: 'plays-not', status: 'completed', video_url: `${strange}/none.mp4` });
  answers.set(LONG_ID, { id: LONG_ID, status: 'processing', progress: 37 });
  answers.set('fails', { id: 'fails', status: 'failed', error: { message: 'No frames came. '.repeat(20) } });
  answers.set('refused', { error: { message: 'Not yours.' } });
  await page.fill('#base', strange);
  await site.query(['plays-not', LONG_ID, 'fails', 'refused'].join('\n'));
  await page.locator('.frame p').waitFor();
}

describe('many tasks', () => {
  for (const width of [360, 660, 900, 1280, 1920]) {
    test(`all can be read at ${width} px, and nothing stands on anything else`, async () => {
      await site.page.setViewportSize({ width, height: 900 });
      await askForFour();
      const [frame, words] = await edges('.frame', '.frame p');
      assert.ok(words.top >= frame.top && words.bottom <= frame.bottom, 'words stand in their picture');
      assert.ok(words.left >= frame.left && words.right <= frame.right, 'words stand in their picture');
      const overlaps = await site.page.locator('.task').evaluateAll(
        (cards) =>
          cards.flatMap((card) => {
            const [picture, ...parts] = card.querySelectorAll('.media:not([hidden]), .body > :not([hidden])');
            const a = picture?.getBoundingClientRect();
            return parts.filter((part) => {
              const b = part.getBoundingClientRect();
              return a && b.left < a.right && a.left < b.right && b.top < a.bottom && a.top < b.bottom;
            });
          }).length,
      );
      assert.equal(overlaps, 0);
      assert.equal(await site.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
    });
  }

  test('beside a picture all statuses stand at one edge, and what is unfolded has the width of the card', async () => {
    await askForFour();
    const rights = await site.page
      .locator('.task:has(> .media:not([hidden])) .status')
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right));
    assert.equal(rights.length, 3);
    assert.equal(new Set(rights).size, 1);
    await site.unfold('Explain');
    const [fold, picture] = await edges('.fold[open]', '.frame');
    assert.equal(fold.right, picture.right);
    assert.ok(fold.top >= picture.bottom);
  });
});

test('a long id stands in its field as a whole', async () => {
  await site.page.fill('#ids', LONG_ID);
  const hidden = await site.page
    .locator('#ids')
    .evaluate(({ scrollHeight, clientHeight, scrollWidth, clientWidth }) => [
      scrollHeight - clientHeight,
      scrollWidth - clientWidth,
    ]);
  assert.deepEqual(hidden, [0, 0]);
});

test('what Explain tells stands in columns, also where a field has no place in the body', async () => {
  site.know('columns', { status: 'completed', video_url: 'https://cdn.example/a.mp4', extra: 1 });
  await site.page.fill('#base', site.strange);
  await site.query('columns');
  await site.unfold('Explain');
  const lefts = await site.page.locator('.origins li').evaluateAll((rows) => {
    const left = (/** @type {Element} */ row, /** @type {string} */ selector) =>
      row.querySelector(selector)?.getBoundingClientRect().left;
    return ['.field', '.path, code', 'small'].map((selector) => rows.map((row) => left(row, selector)));
  });
  for (const column of lefts) assert.equal(new Set(column.filter((each) => each !== undefined)).size, 1);
});

test('on paper there is the answer, and nothing to press', async () => {
  await site.query('sora-2:slow-paper');
  await site.page.emulateMedia({ media: 'print' });
  assert.equal(await site.page.locator('.task h3').isVisible(), true);
  for (const part of ['#ask', '.actions', '#link', '.summary button'])
    assert.equal(await site.page.locator(part).first().isVisible(), false, part);
});
