// @ts-check
/** The demo page: what went wrong is said in words. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LIFE_MS, siteForTests } from './site-for-tests.js';

const site = siteForTests();

describe('what went wrong is said in words', () => {
  test('a failed task shows its reason, and no progress', async () => {
    await site.query('sora-2:fails-shown');
    site.clock += LIFE_MS;
    await site.query('sora-2:fails-shown');
    assert.equal(await site.statusText(), 'Failed');
    assert.match(
      await site.page.locator('.notice.failed').innerText(),
      /The model stopped half way and returned no frames/,
    );
    assert.deepEqual([await site.page.locator('progress').count(), await site.page.locator('video').count()], [0, 0]);
  });

  test('a moderated task names the filter', async () => {
    await site.query('veo3.1-fast:moderated-shown');
    site.clock += LIFE_MS;
    await site.query('veo3.1-fast:moderated-shown');
    const words = await site.page.locator('.notice.failed').innerText();
    assert.match(
      words,
      /^The content filter stopped it\. Change the prompt or the images\.\n+This content may violate our guardrails/,
    );
  });

  test('an error that a retry got over is a warning beside the video', async () => {
    await site.query('veo3.1-fast:recovers-shown');
    site.clock += LIFE_MS;
    await site.query('veo3.1-fast:recovers-shown');
    assert.equal(await site.statusText(), 'Completed');
    assert.match(
      await site.page.locator('.notice.warning').innerText(),
      /^An error came up on the way, and a retry got over it\.\n+\[503\]/,
    );
    assert.deepEqual(await site.page.locator('.files a').allTextContents(), ['Video, upscaled', 'Video, source']);
  });

  test('a wrong key', async () => {
    await site.page.fill('#key', 'no-such-key');
    await site.query('sora-2:fails-key');
    assert.equal(await site.page.locator('.trouble h4').innerText(), 'The key was refused');
    const { Code, 'HTTP status': httpStatus, 'Request id': requestId, ...more } = await site.facts();
    assert.deepEqual([Code, httpStatus, more], ['authentication', '401', { 'Service’s code': 'new_api_error' }]);
    assert.match(await site.page.locator('.foot').innerText(), /^Asked once, answered in /);
    assert.equal(await site.statusText(), 'Refused');
    assert.match(requestId, /^\d{17}[0-9a-f]{8}$/);
    const words = await site.page.locator('.trouble').innerText();
    assert.match(words, /无效的令牌/);
    assert.match(words, /The practice relay takes demo-key\./);
    assert.doesNotMatch(words, /no-such-key/);
    assert.equal(await site.announced(), 'The key was refused.');
  });

  test('too many questions: how long to wait, from a relay on another site.origin too', async () => {
    await site.page.fill('#base', site.origin.replace('localhost', '127.0.0.1'));
    await site.page.fill('#key', 'demo-key');
    await site.query('sora-2:rate_limited-shown');
    const words = await site.page.locator('.trouble').innerText();
    assert.match(words, /^Too many questions\n/);
    assert.match(words, /Wait a moment, then ask again\. The service asks to wait 1 s\./);
    assert.match(await site.page.locator('.foot').innerText(), /^Asked 3 times, /);
  });

  test('no key, where the service wants one', async () => {
    site.answers.set('keyless', { error: { message: 'Who are you?' } });
    await site.page.fill('#base', site.strange);
    await site.query('keyless');
    const told = await site.page.locator('.trouble').innerText();
    assert.match(
      told,
      /^A key is needed\n+No API key was sent \(HTTP 401\)\. It says: Who are you\?\n+Type the API key of this service\.\n/,
    );
    assert.doesNotMatch(told, /demo-key|VIDEO_TASK_API_KEY/);
    await site.page.fill('#key', 'sk-mine');
    await site.query('keyless');
    const refused = await site.page.locator('.trouble').innerText();
    assert.match(refused, /^The key was refused\n/);
    assert.doesNotMatch(refused, /demo-key/);
  });

  test('the pill says whether there was an answer', async () => {
    for (const [id, pill, title] of [
      ['no-such-task', 'Not found', 'There is no such task'],
      ['sora-2:bad_gateway-pill', 'No task', 'The service is in trouble'],
      ['sora-2:rate_limited-pill', 'Refused', 'Too many questions'],
    ]) {
      await site.query(String(id));
      assert.deepEqual([await site.statusText(), await site.page.locator('.trouble h4').innerText()], [pill, title]);
    }
    await site.page.selectOption('#endpoint', 'own');
    await site.page.fill('#template', '/v1/nowhere/{id}');
    await site.query('sora-2:task_completes-route');
    assert.deepEqual(
      [await site.statusText(), await site.page.locator('.trouble h4').innerText()],
      ['Not found', 'There is no such route'],
    );
    assert.match(
      await site.page.locator('.trouble p').allInnerTexts().then(String),
      /^Check Base URL, or try another endpoint/,
    );
    await site.page.selectOption('#endpoint', 'auto');
    await site.page.fill('#base', 'ftp://relay.example');
    await site.query('no-such-task');
    assert.equal(await site.statusText(), 'Not asked');
  });

  test('neither the title nor an advice is said again in the sentence', async () => {
    await site.query('no-such-task');
    assert.deepEqual(await site.page.locator('.trouble p').allInnerTexts(), [
      'Check the id, and that it was made at this service with this key (HTTP 400). It says: task_not_exist',
      'An id goes with its prefix. A task that was just submitted may need a few seconds.',
    ]);
  });

  test('a missed poll ends its sentence before the next begins', async () => {
    await site.page.fill('#ids', 'no-such-task');
    await site.page.click('#watch');
    await site.page.locator('.unanswered', { hasText: /It says: task_not_exist\. Asking again/ }).waitFor();
    assert.equal(await site.statusText(), 'No task yet');
  });

  test('a task that was cancelled says so once, with the service’s reason if there is one', async () => {
    site.know('plain', { status: 'cancelled' });
    site.know('told', { status: 'cancelled', error: { message: 'By its owner.' } });
    await site.page.fill('#base', site.strange);
    await site.query('plain');
    assert.deepEqual([await site.statusText(), await site.page.locator('.notice').count()], ['Cancelled', 0]);
    await site.query('told');
    assert.equal(await site.page.locator('.notice').innerText(), 'The task was cancelled.\n\nBy its owner.');
  });

  test('an empty id', async () => {
    await site.query('');
    assert.equal(await site.page.locator('.trouble h4').innerText(), 'This cannot be asked');
  });

  test('plain http to another machine, which the page’s policy refuses, is told before anything is asked', async () => {
    await site.page.fill('#base', 'http://192.168.1.5:8080');
    await site.query('sora-2:task_completes-far');
    assert.equal(await site.page.locator('.trouble h4').innerText(), 'This cannot be asked');
    assert.match(
      await site.page.locator('.trouble').innerText(),
      /This page asks over https, and over http only localhost and 127\.0\.0\.1, not http:\/\/192\.168\.1\.5:8080\./,
    );
  });

  test('a missed poll is told on the card, with when the next one comes, and goes with it', async () => {
    await site.page.fill('#ids', 'sora-2:rate_limited-missed');
    await site.page.click('#watch');
    await site.page.locator('.unanswered', { hasText: /HTTP 429.* Asking again in \d+ s\.$/ }).waitFor();
    assert.equal(await site.announced(), 'sora-2:rate_limited-missed: Too many questions. Asking again.');
    await site.page.click('#watch');
    await site.page.fill('#ids', 'sora-2:errors_twice-missed');
    await site.page.click('#watch');
    await site.page.locator('.unanswered', { hasText: /HTTP 500.* Asking again\.$/ }).waitFor();
    await site.status('Queued');
    assert.equal(await site.page.locator('.unanswered').isHidden(), true);
  });

  test('a task of the same id at another service is another task', async () => {
    site.answers.set('film', { id: 'film', status: 'processing', progress: 40 });
    await site.page.fill('#base', site.strange);
    await site.query('film');
    await site.status('Processing');
    await site.page.fill('#base', site.origin);
    await site.query('film');
    assert.deepEqual([await site.statusText(), await site.page.locator('.progress').isHidden()], ['Not found', true]);
  });

  test('the last task stays in view when asking for it goes wrong, and goes when it was another', async () => {
    await site.query('sora-2:task_completes-stays');
    await site.page.fill('#key', 'wrong');
    await site.query('sora-2:task_completes-stays');
    assert.deepEqual([await site.page.locator('.trouble').count(), await site.page.locator('.task').count()], [1, 1]);
    await site.query('sora-2:task_completes-other');
    assert.deepEqual([await site.page.locator('.trouble').count(), await site.statusText()], [1, 'Refused']);
    await site.page.fill('#key', 'demo-key');
    await site.query('sora-2:task_completes-other');
    assert.deepEqual([await site.page.locator('.trouble').count(), await site.page.locator('.task').count()], [0, 1]);
  });
});
