// @ts-check
/** The demo page: what an answer says and where it says it, of saved bodies too. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { siteForTests } from './site-for-tests.js';

const site = siteForTests();

describe('Explain', () => {
  /** @param {string} body */
  async function read(body) {
    await site.page.fill('#body', body);
    await site.page.click('#read');
  }

  test('each field points to its place in the body, and the place to its fields', async () => {
    site.know('told', { status: 'completed', video_url: 'https://cdn.example/a.mp4', thumbnail_url: 'not a url' });
    await site.page.fill('#base', site.strange);
    await site.query('told');
    const fold = await site.unfold('Explain');
    const fields = await fold
      .locator('li')
      .evaluateAll((all) =>
        Object.fromEntries(
          all.map((row) => [row.querySelector('.field')?.textContent, row.querySelector('.path')?.textContent]),
        ),
      );
    assert.deepEqual([fields.status, fields.videoUrl, fields.updatedAt], ['status', 'video_url', 'status_update_time']);
    assert.equal(
      await fold.locator('.line', { hasText: '"video_url"' }).getAttribute('data-fields'),
      'videoUrl, videos[0].url',
    );
    await fold.getByRole('button', { name: 'video_url' }).first().click();
    assert.equal(await fold.locator('.marked').innerText(), '  "video_url": "https://cdn.example/a.mp4",');
  });

  test('a saved body without an id is explained', async () => {
    await site.page.getByText('Read a saved body').click();
    await read('{"object": "video", "status": "completed", "video_url": "https://cdn.example/v.mp4"}');
    await site.status('Completed');
    const fold = await site.unfold('Explain');
    assert.equal(
      await fold.locator('.line', { hasText: '"video_url"' }).getAttribute('data-fields'),
      'videoUrl, videos[0].url',
    );
  });

  test('an answer that its HTTP status alone makes a task is shown as that', async () => {
    await site.query('sora-2:empty_202-explained');
    assert.equal(await site.statusText(), 'Processing');
    const fold = await site.unfold('Explain');
    assert.equal(
      await fold.locator('.note').innerText(),
      'By itself this body is no task: the HTTP status with it made it one.',
    );
  });

  test('what a saved body says is left does not count down', async () => {
    await site.page.getByText('Read a saved body').click();
    await read(JSON.stringify({ id: 'saved', status: 'processing', progress: 40, estimated_time_left: 90 }));
    await site.page.getByText('about 90 s left').waitFor();
    assert.equal(await site.page.locator('[data-until]').count(), 0);
  });

  test('a saved body is read without asking anybody', async () => {
    const body = readFileSync(
      new URL('../fixtures/unified/quickrouter.veo3.1-fast.completed.json', import.meta.url),
      'utf8',
    );
    await site.page.getByText('Read a saved body').click();
    await site.page.fill('#body', body);
    // The WebAssembly comes with the page.
    await site.page.waitForLoadState('networkidle');
    await site.page.context().setOffline(true);
    const before = site.requests.length;
    await site.page.click('#read');
    await site.status('Completed');
    const asked = site.requests.slice(before).map((request) => new URL(request.url()));
    // The media of the task are somebody else's, and the browser may look for them; no service was asked.
    assert.deepEqual(
      asked.filter(({ pathname }) => /\/v1\//.test(pathname) && !/\.(mp4|jpe?g|png|webp|gif)$/.test(pathname)),
      [],
    );
    assert.equal((await site.facts())['Wire shape'], 'unified');
    assert.equal(await site.page.locator('.foot').innerText(), 'Nobody was asked');
    assert.equal(await site.page.getByRole('button', { name: 'Copy curl' }).count(), 0);
    const fold = await site.unfold('Explain');
    assert.match(
      (await fold.locator('.line', { hasText: '"upsample_video_url"' }).getAttribute('data-fields')) ?? '',
      /^videoUrl, /,
    );
  });

  test('a saved body does not make the page ask other programs of this machine', async () => {
    await site.page.getByText('Read a saved body').click();
    const { port } = new URL(site.strange);
    for (const host of ['127.0.0.1', 'localhost', 'a.localhost']) {
      const url = `http://${host}:${port}/reboot`;
      await read(JSON.stringify({ id: host, status: 'completed', video_url: url, thumbnail_url: `${url}?still` }));
      await site.page.locator('.task h3', { hasText: host }).waitFor();
      await site.page.getByText('The video is not loaded: its URL leads to this machine').waitFor();
    }
    await site.page.waitForLoadState('networkidle');
    assert.deepEqual(
      site.requests.map((request) => request.url()).filter((url) => url.includes('reboot')),
      [],
    );
  });

  test('long and deep bodies are shown without a page full of paths', async () => {
    await site.page.getByText('Read a saved body').click();
    /** @param {number} depth @param {string} key */
    const nested = (depth, key) => `${`{"${key}":`.repeat(depth)}1${'}'.repeat(depth)}`;
    await read(`{"id":"long","status":"completed","a":${nested(300, 'k'.repeat(1000))}}`);
    await site.page.locator('.task h3', { hasText: 'long' }).waitFor();
    const long = await site.unfold('Explain');
    assert((await long.evaluate((fold) => fold.innerHTML.length)) < 1_000_000);
    await read(`{"id":"deep","status":"completed","a":${nested(2000, 'k')}}`);
    await site.page.locator('.task h3', { hasText: 'deep' }).waitFor();
    const deep = await site.unfold('Explain');
    await deep.locator('.line', { hasText: '"status": "completed",' }).waitFor();
  });

  test('the video of a saved body is offered where that holds the whole URL', async () => {
    await site.page.getByText('Read a saved body').click();
    for (const [id, url, count] of /** @type {const} */ ([
      ['a', '/v.mp4', 0],
      ['b', 'https://cdn.example/v.mp4', 1],
    ])) {
      await read(JSON.stringify({ id, status: 'completed', video_url: url }));
      await site.page.locator('.task h3', { hasText: id }).waitFor();
      await site.page.getByRole('button', { name: 'Copy JSON' }).waitFor();
      assert.equal(await site.page.getByRole('button', { name: 'Save the video' }).count(), count, url);
    }
  });

  test('a video that stands in a saved body is saved', async () => {
    await site.page.getByText('Read a saved body').click();
    const video = { bytesBase64Encoded: Buffer.from('film').toString('base64'), mimeType: 'video/mp4' };
    await read(JSON.stringify({ name: 'operations/1', done: true, response: { videos: [video] } }));
    const button = site.page.getByRole('button', { name: 'Save the video' });
    const [download] = await Promise.all([site.page.waitForEvent('download'), button.click()]);
    assert.equal(readFileSync(await download.path(), 'utf8'), 'film');
  });

  test('what is no task is said in words, and nothing is lost of what was pasted', async () => {
    await site.page.getByText('Read a saved body').click();
    await site.page.fill('#body', '{"id": "x", "sta');
    await site.page.click('#read');
    assert.equal(await site.page.locator('#trouble h4').innerText(), 'This is not a task');
    assert.equal(await site.page.inputValue('#body'), '{"id": "x", "sta');
  });

  test('a body that cannot be read leaves no card of another task, and no advice about a service', async () => {
    await site.page.getByText('Read a saved body').click();
    for (const [body, title] of [
      ['{"error":{"message":"no","code":"task_not_exist"}}', 'There is no such task'],
      ['', 'This is not a task'],
      ['nonsense', 'This is not a task'],
    ]) {
      await site.query('sora-2:slow-before');
      await site.page.getByRole('button', { name: 'Copy link' }).click();
      await site.page.getByText('Copied.').waitFor();
      await read(body);
      await site.page.locator('.trouble h4', { hasText: title }).waitFor();
      assert.equal(await site.page.locator('.trouble p').count(), 1);
      assert.equal(await site.page.locator('.task').count(), 0);
      assert.equal(await site.page.locator('#summary').isVisible(), false);
    }
    await site.query('sora-2:slow-after');
    assert.equal(await site.page.locator('#summary [role=status]').innerText(), '');
  });
});
