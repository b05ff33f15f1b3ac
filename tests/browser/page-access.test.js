// @ts-check
/** The demo page for everybody: keyboard, screen reader, phone, dark, little motion. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { LIFE_MS, siteForTests } from './site-for-tests.js';

const site = siteForTests();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong, as `rule: element`. @returns {Promise<string[]>} */
async function findings() {
  await site.page.evaluate(axe);
  return site.page.evaluate(async () => {
    const { violations } = await Reflect.get(window, 'axe').run(document, { resultTypes: ['violations'] });
    return violations.flatMap((/** @type {any} */ { id, nodes }) =>
      nodes.map((/** @type {any} */ node) => `${id}: ${node.html}`),
    );
  });
}

describe('for everybody', () => {
  test('the keyboard alone asks, watches, stops and unfolds', async () => {
    /** @type {string[]} */
    const stops = [];
    for (let i = 0; i < 9; i++) {
      await site.page.keyboard.press('Tab');
      stops.push(
        await site.page.evaluate(
          () =>
            document.activeElement?.id || document.activeElement?.className || document.activeElement?.tagName || '',
        ),
      );
    }
    assert.deepEqual(stops, ['base', 'key', 'show-key', 'endpoint', 'ids', 'query', 'watch', 'INPUT', 'chip']);
    assert.notEqual(
      await site.page
        .locator('.chip')
        .first()
        .evaluate((chip) => getComputedStyle(chip).outlineStyle),
      'none',
    );

    await site.page.focus('#ids');
    await site.page.keyboard.press('Enter');
    await site.status('Queued');
    await site.page.focus('#watch');
    await site.page.keyboard.press('Enter');
    await site.page.locator('#watch', { hasText: 'Stop' }).waitFor();
    await site.page.keyboard.press('Enter');
    assert.equal(await site.page.locator('#watch').innerText(), 'Watch');
    assert.equal(await site.page.evaluate(() => document.activeElement?.id), 'watch');
    await site.page.focus('.fold:last-of-type summary');
    await site.page.keyboard.press('Enter');
    await site.page.locator('.explained pre').waitFor();
  });

  test('every field has a label, what comes of an asking is announced once', async () => {
    for (const name of ['Base URL', 'API key', 'Endpoint', 'Task ids, one a line'])
      assert.equal(await site.page.getByLabel(name, { exact: true }).count(), 1, name);
    await site.page.evaluate(() => {
      /** @type {string[]} */
      const said = Reflect.set(window, 'said', []) ? Reflect.get(window, 'said') : [];
      const announcer = document.querySelector('#announce');
      if (announcer)
        new MutationObserver(() => announcer.textContent && said.push(announcer.textContent)).observe(announcer, {
          childList: true,
        });
    });
    await site.page.fill('#ids', 'sora-2:task_completes-said');
    const click = async () => {
      const before = site.asked;
      await site.page.click('#query');
      while (site.asked === before || (await site.page.locator('#result').getAttribute('data-asking')) === 'true')
        await site.page.waitForTimeout(10);
    };
    await click();
    site.clock += LIFE_MS / 2;
    await click();
    site.clock += LIFE_MS / 10;
    await click();
    assert.equal(await site.page.locator('.progress span:first-of-type').innerText(), '52%');
    assert.deepEqual(await site.page.evaluate(() => Reflect.get(window, 'said')), [
      'sora-2:task_completes-said: Queued',
      'sora-2:task_completes-said: Processing',
      'sora-2:task_completes-said: Processing',
    ]);
  });

  test('focus, scrolling and what a button said stay while a watch goes on', async () => {
    await site.page.fill('#ids', 'sora-2:never_ends-kept');
    await site.page.click('#watch');
    await site.status('Queued');
    const { page } = site;
    await page.getByRole('button', { name: 'Copy JSON' }).click();
    await page.getByText('Copied.').waitFor();
    await site.unfold('Explain');
    const before = site.asked;
    await page.getByRole('button', { name: 'Copy JSON' }).focus();
    site.clock += LIFE_MS / 2;
    await site.status('Processing');
    while (site.asked < before + 3) await page.waitForTimeout(50);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Copy JSON');
    assert.equal(await page.getByText('Copied.').count(), 1);
    await page.locator('.path').first().focus();
    const then = site.asked;
    while (site.asked < then + 2) await page.waitForTimeout(50);
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'path');
  });

  test('the focus stays on a button that acts, and when its task completes', async () => {
    const { page } = site;
    await page.fill('#ids', 'sora-2:task_completes-focus');
    await page.click('#watch');
    await site.status('Queued');
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await page.getByRole('button', { name: 'Copy curl' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Copied.').waitFor();
    assert.equal(await focused(), 'Copy curl');
    assert.equal(await page.getByRole('button', { name: 'Save the video' }).count(), 0);
    site.clock += LIFE_MS * 2;
    await site.status('Completed');
    await page.getByRole('button', { name: 'Save the video' }).waitFor();
    assert.equal(await focused(), 'Copy curl');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the video' }).focus();
    await page.keyboard.press('Enter');
    await saved;
    await page.getByText('Saved.').waitFor();
    assert.equal(await focused(), 'Save the video');
  });

  /** What is announced from now on. */
  const listen = () =>
    site.page.evaluate(() => {
      /** @type {string[]} */
      const said = [];
      Reflect.set(window, 'said', said);
      const announcer = document.querySelector('#announce') ?? document.body;
      new MutationObserver(() => said.push(announcer.textContent ?? '')).observe(announcer, { childList: true });
    });
  /** @returns {Promise<string[]>} */
  const said = () => site.page.evaluate(() => Reflect.get(window, 'said'));

  test('what comes of several tasks at once is announced together', async () => {
    const { page } = site;
    const ids = [1, 2, 3, 4, 5].map((at) => `sora-2:fails-said${at}`);
    await page.fill('#ids', ids.join('\n'));
    await page.click('#watch');
    await site.untilStates(ids.map(() => 'Queued'));
    await listen();
    site.clock += LIFE_MS * 2;
    await site.untilStates(ids.map(() => 'Failed'));
    await page.waitForFunction(() => Reflect.get(window, 'said').length > 0);
    await page.waitForTimeout(1500);
    const failed = (/** @type {number} */ at) => `${ids[at]}: Failed. It ended without a video.`;
    assert.deepEqual(await said(), [`${failed(0)} ${failed(1)} ${failed(2)} And 2 more.`]);
  });

  test('trouble that stays is announced once for each task', async () => {
    const { page } = site;
    await page.fill('#ids', 'sora-2:bad_gateway-said\nsora-2:rate_limited_silent-said');
    await listen();
    await page.click('#watch');
    await page
      .locator('.foot', { hasText: /^Asked [3-9] times/ })
      .first()
      .waitFor();
    await page.click('#watch');
    const words = (await said()).join('\n');
    assert.equal(words.match(/bad_gateway-said: [^.]+\. Asking again\./g)?.length, 1, words);
    assert((words.match(/rate_limited_silent-said: [^.]+\. Asking again\./g)?.length ?? 0) <= 1, words);
  });

  test('a text of twice the size fits a phone', async () => {
    for (const width of [390, 320]) {
      await site.open({ viewport: { width, height: 844 } });
      await site.query('sora-2:slow-large');
      await site.page.evaluate(() => void (document.documentElement.style.fontSize = '200%'));
      assert.equal(await site.page.evaluate(() => document.documentElement.scrollWidth), width);
    }
  });

  test('at 390 px nothing scrolls sideways, and the answer comes into view', async () => {
    await site.open({ viewport: { width: 390, height: 844 }, hasTouch: true });
    const width = () => site.page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(await width(), 390);
    await site.page.selectOption('#endpoint', 'own');
    assert.equal(await width(), 390);
    await site.page.selectOption('#endpoint', 'auto');
    await site.query('veo3.1-fast:recovers-phone');
    assert.equal(await width(), 390);
    // A short card at the end of the page is all in view before its top can reach the screen's.
    await site.page.waitForFunction(() => {
      const { top, bottom } = document.querySelector('.task')?.getBoundingClientRect() ?? { top: 999, bottom: 9999 };
      return top < 100 || bottom <= innerHeight;
    });
    site.clock += LIFE_MS;
    await site.query('veo3.1-fast:recovers-phone');
    await site.unfold('Explain');
    assert.equal(await width(), 390);
    await site.query('sora-2:bad_gateway-phone');
    assert.equal(await width(), 390);
  });

  test('on a phone Enter begins a new line, and whoever asks sees the answer instead of the keyboard', async () => {
    await site.open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    const before = site.asked;
    await site.page.fill('#ids', 'sora-2:slow-one');
    await site.page.locator('#ids').press('End');
    await site.page.keyboard.press('Enter');
    await site.page.keyboard.type('sora-2:slow-two');
    assert.equal(await site.page.inputValue('#ids'), 'sora-2:slow-one\nsora-2:slow-two');
    assert.equal(site.asked, before);
    await site.page.evaluate(() => /** @type {HTMLFormElement} */ (document.querySelector('#ask')).requestSubmit());
    await site.untilStates(['Queued', 'Queued']);
    assert.equal(await site.page.evaluate(() => document.activeElement?.tagName), 'BODY');
  });

  test('who asks for less motion gets none, who asks for dark gets dark', async () => {
    await site.open({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', colorScheme: 'dark' });
    await site.query('sora-2:slow-still');
    assert.equal(await site.page.evaluate(() => document.getAnimations().length), 0);
    assert.equal(await site.page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(18, 15, 27)');
  });

  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    for (const width of [1280, 390]) {
      test(`axe-core finds nothing, ${colorScheme} at ${width} px: empty, in the middle, ended, broken, explained`, async () => {
        await site.open({ viewport: { width, height: 844 }, colorScheme, reducedMotion: 'reduce' });
        assert.deepEqual(await findings(), []);
        const ids = ['sora-2:task_completes', 'veo3.1-fast:moderated', 'grok:never_ends', 'sora-2:bad_gateway'].map(
          (id) => `${id}-${colorScheme}${width}`,
        );
        await site.page.fill('#ids', ids.join('\n'));
        await site.page.click('#watch');
        await site.page.locator('.status', { hasText: 'No task yet' }).waitFor();
        await site.page.locator('.status', { hasText: 'Queued' }).nth(2).waitFor();
        assert.deepEqual(await findings(), []);
        site.clock += LIFE_MS;
        await site.status('Completed');
        await site.status('Failed');
        for (const title of ['Facts', 'Time line', 'Explain']) await site.unfold(title);
        assert.deepEqual(await findings(), []);
        await site.page.click('#watch');
        await site.page.getByText('Read a saved body').click();
        await site.page.fill('#key', 'wrong');
        await site.query(ids[0] ?? '');
        assert.deepEqual(await findings(), []);
      });
    }
  }
});
