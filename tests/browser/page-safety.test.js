// @ts-check
/** The demo page in front of a service that means harm. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LIFE_MS, siteForTests } from './site-for-tests.js';

const site = siteForTests();

describe('safety', () => {
  test('the key goes to the base URL’s site.origin as a header, and into no storage, URL or form memory', async () => {
    const key = 'sk-typed-by-hand';
    site.answers.set('kept', {
      id: 'kept',
      status: 'completed',
      video_url: `${site.origin}/media/dunes-360.mp4`,
      status_update_time: 1,
    });
    await site.page.fill('#base', site.strange);
    await site.page.fill('#key', key);
    await site.query('kept');
    await site.page.locator('video').waitFor();
    for (const request of site.requests) {
      const { authorization } = await request.allHeaders();
      assert.equal(request.url().includes(key), false);
      if (authorization !== undefined)
        assert.deepEqual([authorization, new URL(request.url()).origin], [`Bearer ${key}`, site.strange]);
    }
    assert.deepEqual(
      await site.page.evaluate(async () => [
        location.href,
        localStorage.length,
        sessionStorage.length,
        document.cookie,
        (await indexedDB.databases()).length,
        history.state,
      ]),
      [`${site.origin}/#id=kept&base=${encodeURIComponent(site.strange)}`, 0, 0, '', 0, null],
    );
    assert.deepEqual(
      await site.page
        .locator('#key')
        .evaluate((/** @type {HTMLInputElement} */ field) => [field.type, field.autocomplete, field.name]),
      ['password', 'off', ''],
    );
    await site.page.reload();
    await site.page.locator('.chip').first().waitFor({ state: 'attached' });
    assert.equal(await site.page.inputValue('#key'), '');
  });

  test('Show shows the key, Hide hides it', async () => {
    await site.page.click('#show-key');
    assert.equal(await site.page.getAttribute('#key', 'type'), 'text');
    await site.page.getByRole('button', { name: 'Hide the key' }).click();
    assert.equal(await site.page.getAttribute('#key', 'type'), 'password');
  });

  const html = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>';

  /** Neither element nor link nor script has come of it. */
  async function assertHarmless() {
    await site.page.waitForTimeout(200);
    const found = await site.page.evaluate(() => ({
      harmed: 'harmed' in window,
      images: [...document.images].filter((image) => image.closest('#result')).length,
      scripts: document.querySelectorAll('#result script').length,
      urls: [...document.querySelectorAll('[src], [href], [poster]')]
        .flatMap((element) => ['src', 'href', 'poster'].map((name) => element.getAttribute(name) ?? ''))
        .filter((url) => /^\s*(javascript|vbscript|data):/i.test(url)),
    }));
    assert.deepEqual(found, { harmed: false, images: 0, scripts: 0, urls: [] });
  }

  test('HTML and javascript: URLs in a completed task are words', async () => {
    site.answers.set('hostile', {
      id: html,
      status: 'completed',
      video_url: 'javascript:window.harmed=1',
      thumbnail_url: 'javascript:window.harmed=1',
      upsample_video_url: ' JaVaScRiPt:window.harmed=1',
      enhanced_prompt: html,
      error: html,
      status_update_time: 1_760_000_000_000,
      detail: {
        prompt: html,
        url: 'data:text/html,<script>window.harmed=1</script>',
        gif_url: 'javascript:window.harmed=1',
        status: html,
      },
    });
    await site.page.fill('#base', site.strange);
    await site.query('hostile');
    const shown = await site.facts();
    assert.equal(shown['Enhanced prompt'], html);
    assert.match(await site.page.locator('.notices').innerText(), /<img src=x onerror=/);
    await site.unfold('Explain');
    assert.match(await site.page.locator('.explained pre').innerText(), /javascript:window\.harmed=1/);
    assert.deepEqual([await site.page.locator('video').count(), await site.page.locator('.files a').count()], [0, 0]);
    await assertHarmless();
  });

  test('HTML in a failure, in an unknown status and in an error answer is words', async () => {
    site.answers.set('failed', {
      id: 'failed',
      status: 'failed',
      error: { code: html, message: html },
      status_update_time: 1,
    });
    site.answers.set('unknown', { id: 'unknown', status: html, status_update_time: 1 });
    site.answers.set('refused', { error: { message: html, type: html, code: html } });
    await site.page.fill('#base', site.strange);
    await site.query('failed');
    assert.match(await site.page.locator('.notice.failed').innerText(), /<img src=x onerror=/);
    await assertHarmless();
    await site.query('unknown');
    assert.equal(await site.statusText(), 'Unknown');
    assert.match(await site.page.locator('.notice.warning').innerText(), /<img src=x onerror=/);
    await assertHarmless();
    await site.query('refused');
    assert.match(await site.page.locator('.trouble').innerText(), /<img src=x onerror=/);
    await assertHarmless();
  });

  test('ten megabytes in one text and thousands of renditions leave a page that answers', async () => {
    site.answers.set('huge', {
      id: 'huge',
      status: 'completed',
      status_update_time: 1,
      video_url: `${site.strange}/0.mp4`,
      enhanced_prompt: 'w'.repeat(10_000_000),
      detail: { videos: Array.from({ length: 5000 }, (_, at) => ({ url: `${site.strange}/${at}.mp4` })) },
    });
    await site.page.fill('#base', site.strange);
    await site.query('huge');
    assert.match((await site.facts())['Enhanced prompt'] ?? '', /^w{4000}… \(10000000 characters\)$/);
    const fold = await site.unfold('Explain');
    assert.match(await fold.locator('pre').innerText(), /… \(more than 2000 lines\)$/);
    const elements = await site.page.evaluate(() => document.querySelectorAll('*').length);
    assert.ok(elements < 4000, `${elements} elements`);
    await site.query('huge');
    await assertHarmless();
  });

  test('texts without end and words without a gap stay inside the page', async () => {
    await site.open({ viewport: { width: 390, height: 844 } });
    site.answers.set('endless', {
      id: 'x'.repeat(5000),
      status: 'completed',
      video_url: `${site.strange}/${'v'.repeat(3000)}.mp4`,
      enhanced_prompt: 'w'.repeat(500_000),
      error: 'e'.repeat(9000),
      status_update_time: 1,
    });
    await site.page.fill('#base', site.strange);
    await site.query('endless');
    await site.unfold('Explain');
    assert.match((await site.facts())['Enhanced prompt'], /^w{4000}… \(500000 characters\)$/);
    assert.match(
      await site.page.locator('.explained pre').innerText(),
      /"enhanced_prompt": "w{1999}… \(500002 characters\)/,
    );
    assert.equal(await site.page.evaluate(() => document.documentElement.scrollWidth), 390);
  });
});
