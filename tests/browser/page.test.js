// @ts-check
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, beforeEach, afterEach, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import { createSite } from '../../www/serve.js';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const LIFE_MS = 10_000;
/** Time for the relay; the tests move it. */
let clock = Date.now();
let asked = 0;
const site = createSite({ packageDir: process.env.PACKAGE_DIR, now: () => clock, lifeMs: LIFE_MS });
const server = createServer((req, res) => {
  if (req.method === 'GET' && req.url?.startsWith('/v1/')) asked += 1;
  site(req, res);
});

/**
 * What a service that means harm answers to `/v1/video/query?id=…`; each test puts its own here.
 * @type {Map<string, unknown>}
 */
const answers = new Map();
let hanging = 0;
const stranger = createServer((req, res) => {
  const id = new URL(req.url ?? '/', 'http://stranger').searchParams.get('id') ?? '';
  res.setHeader('access-control-allow-origin', '*');
  res.setHeader('access-control-allow-headers', 'authorization, *');
  if (req.method === 'OPTIONS') return void res.writeHead(204).end();
  if (id === 'hangs') {
    hanging += 1;
    return void res.on('close', () => {
      hanging -= 1;
    });
  }
  const body = answers.get(id);
  res.writeHead(body && typeof body === 'object' && 'error' in body && !('status' in body) ? 401 : 200, {
    'content-type': 'application/json',
  });
  res.end(JSON.stringify(body));
});

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('playwright-core').Page} */
let page;
let origin = '',
  strange = '';
/** What the browser complained about. @type {string[]} */
let complaints = [];
/** @type {import('playwright-core').Request[]} */
let requests = [];

/** @param {import('node:http').Server} listening */
async function addressOf(listening) {
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return `http://localhost:${/** @type {import('node:net').AddressInfo} */ (listening.address()).port}`;
}

before(async () => {
  [origin, strange] = [await addressOf(server), await addressOf(stranger)];
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium', args: FLAGS });
});
after(async () => {
  await browser?.close();
  for (const each of [server, stranger]) {
    each.close();
    each.closeAllConnections();
  }
});
beforeEach(() => open({ viewport: { width: 1280, height: 900 } }));
afterEach(async () => {
  await page.context().close();
  assert.deepEqual(complaints, []);
});

/** @param {import('playwright-core').BrowserContextOptions} options */
async function open(options) {
  if (page && !page.isClosed()) await page.context().close();
  const context = await browser.newContext(options);
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  complaints = [];
  requests = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('request', (request) => requests.push(request));
  page.on('console', (message) => {
    // The browser reports every 4xx and 5xx; that they come is the point of some tests.
    const expected = /^Failed to load resource: (the server responded with a status of [45]|net::ERR_)/.test(
      message.text(),
    );
    if (['error', 'warning'].includes(message.type()) && !expected) complaints.push(message.text());
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  await page.goto(origin);
  // The practice chips come with the script.
  await page.locator('.chip').first().waitFor();
}

/** Presses Query and waits for what comes of it. @param {string} id */
async function query(id) {
  await page.fill('#id', id);
  const marker = await page.evaluate(() => ((document.querySelector('#announce') ?? document.body).textContent = ''));
  assert.equal(marker, '');
  await page.click('#query');
  await page.waitForFunction(() => document.querySelector('#announce')?.textContent !== '');
}
const statusText = () => page.locator('.status').innerText();
/** @param {string} words */
const status = (words) => page.locator('.status', { hasText: words }).waitFor();
const announced = () => page.locator('#announce').textContent();
/** The facts on a card, as shown. @returns {Promise<Record<string, string>>} */
const facts = () =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('.facts > div')].map((row) => [
        row.querySelector('dt')?.textContent ?? '',
        row.querySelector('dd')?.textContent ?? '',
      ]),
    ),
  );

describe('asking', () => {
  test('one click on Query shows a task, with facts, without progress while it waits', async () => {
    assert.equal(await page.locator('#result h2').innerText(), 'No task yet');
    await page.click('#query');
    await status('Queued');
    const id = await page.inputValue('#id');
    assert.match(id, /^sora-2:task_completes-\w+$/);
    assert.equal(await page.locator('.task h2').innerText(), id);
    const { Model, Provider, 'Wire shape': shape, Size, 'Place in the queue': place, Created } = await facts();
    assert.deepEqual([Model, Provider, shape, Size, place], ['sora-2', 'sora', 'unified', '1280 × 720', '3']);
    assert.match(Created, /(just now|seconds? ago)$/);
    assert.equal(await page.locator('progress').evaluate((bar) => bar.matches(':indeterminate')), true);
    assert.equal(await announced(), `${id}: Queued`);
  });

  test('Watch follows a task to its video, which plays', async () => {
    await page.fill('#id', 'sora-2:task_completes-watched');
    await page.click('#watch');
    await status('Queued');
    assert.equal(await page.locator('#watch').innerText(), 'Stop');
    clock += LIFE_MS / 2;
    await status('Processing');
    assert.equal(await page.locator('.progress span').innerText(), '41%');
    assert.equal(
      await page.locator('progress').evaluate((bar) => /** @type {HTMLProgressElement} */ (bar).value.toFixed(3)),
      '0.412',
    );
    clock += LIFE_MS;
    await status('Completed');
    assert.equal(await page.locator('#watch').innerText(), 'Watch');
    assert.equal(await page.locator('#result').getAttribute('aria-busy'), 'false');
    assert.equal(await announced(), 'sora-2:task_completes-watched: Completed');

    const video = page.locator('video');
    assert.deepEqual(
      [await video.getAttribute('src'), await video.getAttribute('poster')],
      [`${origin}/media/dunes-720.mp4`, `${origin}/media/dunes.jpg`],
    );
    const played = await video.evaluate(async (/** @type {HTMLVideoElement} */ element) => {
      element.muted = true;
      await element.play();
      while (element.currentTime < 0.1) await new Promise((resolve) => setTimeout(resolve, 20));
      return [element.duration, element.videoWidth, element.videoHeight];
    });
    assert.deepEqual(played, [4, 1280, 720]);
    const links = await page
      .locator('.files a')
      .evaluateAll((all) => all.map((a) => [a.textContent, a.getAttribute('href')]));
    assert.deepEqual(links, [
      ['Video, source', `${origin}/media/dunes-720.mp4`],
      ['Video, medium', `${origin}/media/dunes-360.mp4`],
      ['Moving preview', `${origin}/media/dunes.gif`],
    ]);
  });

  test('asking again leaves a video alone that has not changed', async () => {
    await query('veo3.1-fast:recovers-kept');
    clock += LIFE_MS;
    await query('veo3.1-fast:recovers-kept');
    await page.locator('video').evaluate((video) => {
      video.id = 'same';
    });
    await query('veo3.1-fast:recovers-kept');
    assert.equal(await page.locator('video').getAttribute('id'), 'same');
  });

  test('saves the video under the name of its task', async () => {
    await page.fill('#id', 'sora-2:task_completes-saved');
    await page.click('#watch');
    await status('Queued');
    clock += LIFE_MS * 2;
    await status('Completed');
    const button = page.getByRole('button', { name: 'Save the video' });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    assert.equal(download.suggestedFilename(), 'sora-2-task_completes-saved.mp4');
    await page.getByText('Saved.').waitFor();
  });

  test('Stop ends a watch, and the asking with it', async () => {
    await page.fill('#id', 'grok:never_ends-stopped');
    await page.click('#watch');
    await status('Queued');
    await page.click('#watch');
    assert.equal(await page.locator('#watch').innerText(), 'Watch');
    assert.equal(await announced(), 'Stopped.');
    const before = asked;
    await page.waitForTimeout(2600);
    assert.equal(asked, before);
    assert.equal(await statusText(), 'Queued');
  });

  test('Stop drops a request that is under way, without an error', async () => {
    await page.fill('#base', strange);
    await page.fill('#id', 'hangs');
    await page.click('#query');
    await page.locator('#watch', { hasText: 'Stop' }).waitFor();
    assert.equal(await page.locator('#result').getAttribute('aria-busy'), 'true');
    while (hanging === 0) await page.waitForTimeout(20);
    await page.click('#watch');
    while (hanging > 0) await page.waitForTimeout(20);
    assert.equal(await page.locator('.trouble').count(), 0);
    assert.equal(await page.locator('#result').getAttribute('aria-busy'), 'false');
  });

  test('another endpoint or a template of one’s own is asked when chosen', async () => {
    await page.selectOption('#endpoint', 'openai');
    await query('sora-2:task_completes-openai');
    const { 'Wire shape': shape, Duration } = await facts();
    assert.deepEqual([shape, Duration], ['openai', '4 s']);
    assert.equal(await page.locator('#template').isVisible(), false);
    await page.selectOption('#endpoint', 'own');
    assert.equal(await page.inputValue('#template'), '/v1/videos/video_id?id={id}');
    await query('sora-2:task_completes-own');
    assert.equal((await facts())['Wire shape'], 'unified');
    assert.match(requests.at(-1)?.url() ?? '', /\/v1\/videos\/video_id\?id=sora-2(:|%3A)task_completes-own$/);
  });

  test('the raw body is written out when it is unfolded, and only then', async () => {
    await query('grok:task_completes-raw');
    assert.equal(await page.locator('.raw pre').textContent(), '');
    await page.click('summary');
    const raw = JSON.parse(await page.locator('.raw pre').innerText());
    assert.deepEqual([raw.status, raw.video_url], ['pending', null]);
  });

  test('a practice chip puts in a fresh id and says what it does', async () => {
    await page.getByLabel('Veo', { exact: true }).check();
    await page.getByRole('button', { name: 'moderated' }).click();
    assert.match(await page.inputValue('#id'), /^veo3\.1-fast:moderated-\w+$/);
    assert.equal(await page.locator('#id-note').innerText(), 'Practice task: is stopped by the content filter.');
    await page.fill('#base', 'https://api.example.com');
    assert.equal(await page.locator('#practice').isVisible(), false);
  });
});

describe('what went wrong is said in words', () => {
  test('a failed task shows its reason, and no progress', async () => {
    await query('sora-2:fails-shown');
    clock += LIFE_MS;
    await query('sora-2:fails-shown');
    assert.equal(await statusText(), 'Failed');
    assert.match(await page.locator('.notice.failed').innerText(), /The model stopped half way and returned no frames/);
    assert.deepEqual([await page.locator('progress').count(), await page.locator('video').count()], [0, 0]);
  });

  test('a moderated task names the filter', async () => {
    await query('veo3.1-fast:moderated-shown');
    clock += LIFE_MS;
    await query('veo3.1-fast:moderated-shown');
    const words = await page.locator('.notice.failed').innerText();
    assert.match(
      words,
      /^The content filter stopped it\. Change the prompt or the images\.\n+This content may violate our guardrails/,
    );
  });

  test('an error that a retry got over is a warning beside the video', async () => {
    await query('veo3.1-fast:recovers-shown');
    clock += LIFE_MS;
    await query('veo3.1-fast:recovers-shown');
    assert.equal(await statusText(), 'Completed');
    assert.match(
      await page.locator('.notice.warning').innerText(),
      /^An error came up on the way, and a retry got over it\.\n+\[503\]/,
    );
    assert.deepEqual(await page.locator('.files a').allTextContents(), ['Video, upscaled', 'Video, source']);
  });

  test('a wrong key', async () => {
    await page.fill('#key', 'no-such-key');
    await query('sora-2:fails-key');
    assert.equal(await page.locator('.trouble h2').innerText(), 'The key was refused');
    const { Code, 'HTTP status': httpStatus, 'Request id': requestId, 'Requests made': attempts } = await facts();
    assert.deepEqual([Code, httpStatus, attempts], ['authentication', '401', '1']);
    assert.match(requestId, /^\d{17}[0-9a-f]{8}$/);
    const words = await page.locator('.trouble').innerText();
    assert.match(words, /无效的令牌/);
    assert.match(words, /The practice relay takes demo-key\./);
    assert.doesNotMatch(words, /no-such-key/);
    assert.equal(await announced(), 'The key was refused.');
  });

  test('too many questions: how long to wait, from a relay on another origin too', async () => {
    await page.fill('#base', origin.replace('localhost', '127.0.0.1'));
    await query('sora-2:rate_limited-shown');
    const words = await page.locator('.trouble').innerText();
    assert.match(words, /^Too many questions\n/);
    assert.match(words, /Wait a moment, then ask again\. The service asks to wait 1 s\./);
    assert.equal((await facts())['Requests made'], '3');
  });

  test('no answer at all: what a browser hides', async () => {
    const gone = createServer();
    const nowhere = await addressOf(gone);
    gone.close();
    await page.fill('#base', nowhere);
    await query('sora-2:fails-nowhere');
    const words = await page.locator('.trouble').innerText();
    assert.match(words, /^No answer\n/);
    assert.match(words, /the relays do not let pages send the Authorization header/);
  });

  test('an empty id', async () => {
    await query('');
    assert.equal(await page.locator('.trouble h2').innerText(), 'This cannot be asked');
  });

  test('the last task stays in view when asking for it goes wrong, and goes when it was another', async () => {
    await query('sora-2:task_completes-stays');
    await page.fill('#key', 'wrong');
    await query('sora-2:task_completes-stays');
    assert.deepEqual([await page.locator('.trouble').count(), await page.locator('.task').count()], [1, 1]);
    await query('sora-2:task_completes-other');
    assert.deepEqual([await page.locator('.trouble').count(), await page.locator('.task').count()], [1, 0]);
    await page.fill('#key', 'demo-key');
    await query('sora-2:task_completes-other');
    assert.deepEqual([await page.locator('.trouble').count(), await page.locator('.task').count()], [0, 1]);
  });
});

describe('safety', () => {
  test('the key goes to the base URL’s origin as a header, and into no storage, URL or form memory', async () => {
    const key = 'sk-typed-by-hand';
    answers.set('kept', {
      id: 'kept',
      status: 'completed',
      video_url: `${origin}/media/dunes-360.mp4`,
      status_update_time: 1,
    });
    await page.fill('#base', strange);
    await page.fill('#key', key);
    await query('kept');
    await page.locator('video').waitFor();
    for (const request of requests) {
      const { authorization } = await request.allHeaders();
      assert.equal(request.url().includes(key), false);
      if (authorization !== undefined)
        assert.deepEqual([authorization, new URL(request.url()).origin], [`Bearer ${key}`, strange]);
    }
    assert.deepEqual(
      await page.evaluate(async () => [
        location.href,
        localStorage.length,
        sessionStorage.length,
        document.cookie,
        (await indexedDB.databases()).length,
        history.state,
      ]),
      [`${origin}/`, 0, 0, '', 0, null],
    );
    assert.deepEqual(
      await page
        .locator('#key')
        .evaluate((/** @type {HTMLInputElement} */ field) => [field.type, field.autocomplete, field.name]),
      ['password', 'off', ''],
    );
    await page.reload();
    await page.locator('.chip').first().waitFor();
    assert.equal(await page.inputValue('#key'), 'demo-key');
  });

  test('Show shows the key, Hide hides it', async () => {
    await page.click('#show-key');
    assert.equal(await page.getAttribute('#key', 'type'), 'text');
    await page.getByRole('button', { name: 'Hide the key' }).click();
    assert.equal(await page.getAttribute('#key', 'type'), 'password');
  });

  const html = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>';

  /** Neither element nor link nor script has come of it. */
  async function assertHarmless() {
    await page.waitForTimeout(200);
    const found = await page.evaluate(() => ({
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
    answers.set('hostile', {
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
    await page.fill('#base', strange);
    await query('hostile');
    await page.click('summary');
    const shown = await facts();
    assert.equal(shown['Enhanced prompt'], html);
    assert.match(await page.locator('.notices').innerText(), /<img src=x onerror=/);
    assert.match(await page.locator('.raw pre').innerText(), /javascript:window\.harmed=1/);
    assert.deepEqual([await page.locator('video').count(), await page.locator('.files a').count()], [0, 0]);
    await assertHarmless();
  });

  test('HTML in a failure, in an unknown status and in an error answer is words', async () => {
    answers.set('failed', {
      id: 'failed',
      status: 'failed',
      error: { code: html, message: html },
      status_update_time: 1,
    });
    answers.set('unknown', { id: 'unknown', status: html, status_update_time: 1 });
    answers.set('refused', { error: { message: html, type: html, code: html } });
    await page.fill('#base', strange);
    await query('failed');
    assert.match(await page.locator('.notice.failed').innerText(), /<img src=x onerror=/);
    await assertHarmless();
    await query('unknown');
    assert.equal(await statusText(), 'Unknown');
    assert.match(await page.locator('.notice.warning').innerText(), /<img src=x onerror=/);
    await assertHarmless();
    await query('refused');
    assert.match(await page.locator('.trouble').innerText(), /<img src=x onerror=/);
    await assertHarmless();
  });

  test('texts without end and words without a gap stay inside the page', async () => {
    await open({ viewport: { width: 390, height: 844 } });
    answers.set('endless', {
      id: 'x'.repeat(5000),
      status: 'completed',
      video_url: `${strange}/${'v'.repeat(3000)}.mp4`,
      enhanced_prompt: 'w'.repeat(500_000),
      error: 'e'.repeat(9000),
      status_update_time: 1,
    });
    await page.fill('#base', strange);
    await query('endless');
    await page.click('summary');
    assert.match((await facts())['Enhanced prompt'], /^w{4000}… \(500000 characters\)$/);
    assert.equal((await page.locator('.raw pre').textContent())?.length, 200_000 + '… (517163 characters)'.length);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  });
});

describe('for everybody', () => {
  test('the keyboard alone asks, watches, stops and unfolds', async () => {
    /** @type {string[]} */
    const stops = [];
    for (let i = 0; i < 9; i++) {
      await page.keyboard.press('Tab');
      stops.push(
        await page.evaluate(
          () =>
            document.activeElement?.id || document.activeElement?.className || document.activeElement?.tagName || '',
        ),
      );
    }
    assert.deepEqual(stops, ['base', 'key', 'show-key', 'endpoint', 'id', 'query', 'watch', 'INPUT', 'chip']);
    assert.notEqual(
      await page
        .locator('.chip')
        .first()
        .evaluate((chip) => getComputedStyle(chip).outlineStyle),
      'none',
    );

    await page.focus('#id');
    await page.keyboard.press('Enter');
    await status('Queued');
    await page.focus('#watch');
    await page.keyboard.press('Enter');
    await page.locator('#watch', { hasText: 'Stop' }).waitFor();
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('#watch').innerText(), 'Watch');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'watch');
    await page.focus('summary');
    await page.keyboard.press('Enter');
    await page.locator('.raw pre').waitFor();
  });

  test('every field has a label, the status is announced only when it changes', async () => {
    for (const name of ['Base URL', 'API key', 'Endpoint', 'Task id'])
      assert.equal(await page.getByLabel(name, { exact: true }).count(), 1, name);
    await page.evaluate(() => {
      /** @type {string[]} */
      const said = Reflect.set(window, 'said', []) ? Reflect.get(window, 'said') : [];
      const announcer = document.querySelector('#announce');
      if (announcer)
        new MutationObserver(() => said.push(announcer.textContent ?? '')).observe(announcer, { childList: true });
    });
    await page.fill('#id', 'sora-2:task_completes-said');
    const click = async () => {
      const before = asked;
      await page.click('#query');
      while (asked === before || (await page.locator('#result').getAttribute('aria-busy')) === 'true')
        await page.waitForTimeout(10);
    };
    await click();
    clock += LIFE_MS / 2;
    await click();
    clock += LIFE_MS / 10;
    await click();
    assert.equal(await page.locator('.progress span').innerText(), '53%');
    assert.deepEqual(await page.evaluate(() => Reflect.get(window, 'said')), [
      'sora-2:task_completes-said: Queued',
      'sora-2:task_completes-said: Processing',
    ]);
  });

  test('at 390 px nothing scrolls sideways, and the answer comes into view', async () => {
    await open({ viewport: { width: 390, height: 844 }, hasTouch: true });
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(await width(), 390);
    await page.selectOption('#endpoint', 'own');
    assert.equal(await width(), 390);
    await page.selectOption('#endpoint', 'auto');
    await query('veo3.1-fast:recovers-phone');
    assert.equal(await width(), 390);
    // A short card at the end of the page is all in view before its top can reach the screen's.
    await page.waitForFunction(() => {
      const { top, bottom } = document.querySelector('.task')?.getBoundingClientRect() ?? { top: 999, bottom: 9999 };
      return top < 100 || bottom <= innerHeight;
    });
    clock += LIFE_MS;
    await query('veo3.1-fast:recovers-phone');
    await page.click('summary');
    assert.equal(await width(), 390);
    await query('sora-2:bad_gateway-phone');
    assert.equal(await width(), 390);
  });

  test('who asks for less motion gets none, who asks for dark gets dark', async () => {
    await open({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', colorScheme: 'dark' });
    await query('sora-2:slow-still');
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(18, 15, 27)');
  });
});
