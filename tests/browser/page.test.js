// @ts-check
/** The demo page: asking, and what comes of it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { LIFE_MS, siteForTests } from './site-for-tests.js';

const site = siteForTests();

describe('asking', () => {
  test('one click on Query shows a task, with facts, without progress while it waits', async () => {
    assert.equal(await site.page.locator('.empty h2').innerText(), 'No task yet');
    await site.page.click('#query');
    await site.status('Queued');
    const id = await site.page.inputValue('#ids');
    assert.match(id, /^sora-2:task_completes-\w+$/);
    assert.equal(await site.page.locator('.task h3').innerText(), id);
    const { Model, Provider, 'Wire shape': shape, Size, 'Place in the queue': place, Created } = await site.facts();
    assert.deepEqual([Model, Provider, shape, Size, place], ['sora-2', 'sora', 'unified', '1280 × 720', '3']);
    assert.match(Created, /(just now|seconds? ago)$/);
    assert.equal(await site.page.locator('progress').evaluate((bar) => bar.matches(':indeterminate')), true);
    assert.equal(await site.announced(), `${id}: Queued`);
  });

  test('Watch follows a task to its video, which plays', async () => {
    await site.page.fill('#ids', 'sora-2:task_completes-watched');
    await site.page.click('#watch');
    await site.status('Queued');
    assert.equal(await site.page.locator('#watch').innerText(), 'Stop');
    site.clock += LIFE_MS / 2;
    await site.status('Processing');
    assert.equal(await site.page.locator('.progress span:first-of-type').innerText(), '41%');
    assert.equal(
      await site.page.locator('progress').evaluate((bar) => /** @type {HTMLProgressElement} */ (bar).value.toFixed(3)),
      '0.412',
    );
    site.clock += LIFE_MS;
    await site.status('Completed');
    assert.equal(await site.page.locator('#watch').innerText(), 'Watch');
    assert.equal(await site.page.locator('#result').getAttribute('data-asking'), 'false');
    assert.equal(await site.announced(), 'sora-2:task_completes-watched: Completed');

    const video = site.page.locator('video');
    assert.deepEqual(
      [await video.getAttribute('src'), await video.getAttribute('poster')],
      [`${site.origin}/media/dunes-720.mp4`, `${site.origin}/media/dunes.jpg`],
    );
    const played = await video.evaluate(async (/** @type {HTMLVideoElement} */ element) => {
      element.muted = true;
      await element.play();
      while (element.currentTime < 0.1) await new Promise((resolve) => setTimeout(resolve, 20));
      return [element.duration, element.videoWidth, element.videoHeight];
    });
    assert.deepEqual(played, [4, 1280, 720]);
    const links = await site.page
      .locator('.files a')
      .evaluateAll((all) => all.map((a) => [a.textContent, a.getAttribute('href')]));
    assert.deepEqual(links, [
      ['Video, source', `${site.origin}/media/dunes-720.mp4`],
      ['Video, medium', `${site.origin}/media/dunes-360.mp4`],
      ['Moving preview', `${site.origin}/media/dunes.gif`],
    ]);
  });

  test('asking again leaves a video alone that has not changed', async () => {
    await site.query('veo3.1-fast:recovers-kept');
    site.clock += LIFE_MS;
    await site.query('veo3.1-fast:recovers-kept');
    await site.page.locator('video').evaluate((video) => {
      video.id = 'same';
    });
    await site.query('veo3.1-fast:recovers-kept');
    assert.equal(await site.page.locator('video').getAttribute('id'), 'same');
  });

  test('saves the video under the name of its task', async () => {
    await site.page.fill('#ids', 'sora-2:task_completes-saved');
    await site.page.click('#watch');
    await site.status('Queued');
    site.clock += LIFE_MS * 2;
    await site.status('Completed');
    const button = site.page.getByRole('button', { name: 'Save the video' });
    const [download] = await Promise.all([site.page.waitForEvent('download'), button.click()]);
    assert.equal(download.suggestedFilename(), 'sora-2-task_completes-saved.mp4');
    await site.page.getByText('Saved.').waitFor();
  });

  test('saves what an answer leads to, without the key, and nothing that is no video', async () => {
    /** @param {string} id @param {string} file_id */
    const answer = (id, file_id) =>
      site.answers.set(id, {
        task_id: id,
        status: 'Success',
        file_id,
        base_resp: { status_code: 0, status_msg: 'success' },
      });
    answer('leads', '205');
    answer('leads-nowhere', '206');
    site.answers.set('205', { file: { file_id: 205, download_url: `${site.origin}/media/dunes-360.mp4` } });
    site.answers.set('206', { file: { file_id: 206 } });
    await site.page.fill('#base', site.strange);
    await site.query('leads');
    const button = site.page.getByRole('button', { name: 'Save the video' });
    const [download] = await Promise.all([site.page.waitForEvent('download'), button.click()]);
    assert.deepEqual(
      readFileSync(await download.path()),
      readFileSync(new URL('../../pkg/relay/media/dunes-360.mp4', import.meta.url)),
    );
    const film = site.requests.find((request) => request.url().endsWith('.mp4'));
    assert.equal((await film?.allHeaders())?.authorization, undefined);

    await site.query('leads-nowhere');
    await button.click();
    await site.page.getByText('It did not work: What was sent is no video but application/json.').waitFor();
    await site.page.route('**/v1/files/*', (route) =>
      route.fulfill({ body: '<p>Log in', contentType: 'text/html', headers: { 'access-control-allow-origin': '*' } }),
    );
    await button.click();
    await site.page.getByText('It did not work: What was sent is no video but text/html.').waitFor();
  });

  test('Stop ends a watch, and the asking with it', async () => {
    await site.page.fill('#ids', 'grok:never_ends-stopped');
    await site.page.click('#watch');
    await site.status('Queued');
    await site.page.click('#watch');
    assert.equal(await site.page.locator('#watch').innerText(), 'Watch');
    assert.equal(await site.announced(), 'Stopped.');
    const before = site.asked;
    await site.page.waitForTimeout(2600);
    assert.equal(site.asked, before);
    assert.equal(await site.statusText(), 'Queued');
    assert.equal(
      await site.page.evaluate(() => document.querySelector('.task')?.getAnimations({ subtree: true }).length),
      0,
    );
    await site.unfold('Time line');
    assert.match(await site.page.locator('.times li').last().innerText(), /Stopped/);
  });

  test('Stop drops a request that is under way, without an error', async () => {
    await site.page.fill('#base', site.strange);
    await site.page.fill('#ids', 'hangs');
    await site.page.click('#query');
    await site.page.locator('#watch', { hasText: 'Stop' }).waitFor();
    assert.equal(await site.page.locator('#result').getAttribute('data-asking'), 'true');
    while (site.hanging === 0) await site.page.waitForTimeout(20);
    await site.page.click('#watch');
    while (site.hanging > 0) await site.page.waitForTimeout(20);
    assert.equal(await site.page.locator('.trouble').count(), 0);
    assert.equal(await site.page.locator('#result').getAttribute('data-asking'), 'false');
    assert.equal(await site.statusText(), 'Stopped');
  });

  test('what ends an asking leaves no card that says it is asking', async () => {
    await site.page.fill('#base', site.strange);
    await site.page.fill('#ids', 'hangs');
    await site.page.click('#watch');
    await site.status('Asking');
    await site.page.getByText('Read a saved body').click();
    await site.page.fill('#body', 'no body');
    await site.page.click('#read');
    assert.equal(await site.page.locator('.trouble h4').innerText(), 'This is not a task');
    assert.equal(await site.page.locator('.task').count(), 0);
    await site.page.selectOption('#endpoint', 'own');
    await site.page.fill('#template', 'no template');
    await site.page.click('#watch');
    await site.page.locator('.trouble h4', { hasText: 'This cannot be asked' }).waitFor();
    assert.equal(await site.statusText(), 'Stopped');
  });

  test('progress is rounded down: what has not ended is not at 100%', async () => {
    await site.page.fill('#base', site.strange);
    for (const [progress, shown] of [
      [99.5, '99%'],
      [29, '29%'],
      [98.7, '98%'],
      [100, '100%'],
    ]) {
      site.answers.set('grows', { id: 'grows', status: 'processing', progress, status_update_time: 1 });
      await site.query('grows');
      assert.equal(await site.page.locator('.progress span:first-of-type').innerText(), shown);
    }
  });

  test('another endpoint or a template of one’s own is site.asked when chosen', async () => {
    await site.page.selectOption('#endpoint', 'openai');
    await site.query('sora-2:task_completes-openai');
    const { 'Wire shape': shape, Duration } = await site.facts();
    assert.deepEqual([shape, Duration], ['openai', '4 s']);
    assert.equal(await site.page.locator('#template').isVisible(), false);
    await site.page.selectOption('#endpoint', 'own');
    assert.equal(await site.page.inputValue('#template'), '/v1/videos/video_id?id={id}');
    await site.query('sora-2:task_completes-own');
    assert.equal((await site.facts())['Wire shape'], 'unified');
    // The browser looks for the icon again once the address is another.
    const asked = site.requests.map((request) => request.url()).filter((url) => url.includes('/v1/'));
    assert.match(asked.at(-1) ?? '', /\/v1\/videos\/video_id\?id=sora-2(:|%3A)task_completes-own$/);
  });

  test('the body is written out and explained when it is unfolded, and only then', async () => {
    await site.query('grok:task_completes-raw');
    assert.equal(await site.page.locator('.explained').textContent(), '');
    await site.unfold('Explain');
    const raw = JSON.parse(await site.page.locator('.explained pre').innerText());
    assert.deepEqual([raw.status, raw.video_url], ['pending', null]);
  });

  test('a practice chip puts in a fresh id and says what it does', async () => {
    await site.page.getByLabel('Veo', { exact: true }).check();
    await site.page.getByRole('button', { name: 'moderated' }).click();
    assert.match(await site.page.inputValue('#ids'), /^veo3\.1-fast:moderated-\w+$/);
    assert.equal(await site.page.locator('#ids-note').innerText(), 'Practice task: is stopped by the content filter.');
    await site.page.fill('#base', 'https://api.example.com');
    assert.equal(await site.page.locator('#practice').isVisible(), false);
  });
});

test('all files of the page are named in its head, so that they come in one round trip', async () => {
  await site.page.waitForLoadState('networkidle');
  const loaded = site.requests.map((request) => request.url()).filter((url) => /\.(js|wasm|css|svg)$/.test(url));
  const named = await site.page
    .locator('head link, head script[src]')
    .evaluateAll((all) => all.map((each) => Reflect.get(each, 'href') ?? Reflect.get(each, 'src')));
  assert.deepEqual([...new Set(loaded)].sort(), named.sort());
});
