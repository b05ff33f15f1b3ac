// @ts-check
/** The demo page: links to tasks, and copies of what is shown. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { siteForTests } from './site-for-tests.js';

const site = siteForTests();
const copied = () => site.page.evaluate(() => navigator.clipboard.readText());

describe('links and copies', () => {
  test('the link opens the same tasks again, without the key', async () => {
    await site.query('sora-2:slow-linked\ngrok:slow-linked');
    await site.page.getByRole('button', { name: 'Copy link' }).click();
    await site.page.getByText('Copied.').waitFor();
    const link = await copied();
    assert.equal(link, `${site.origin}/#id=sora-2%3Aslow-linked&id=grok%3Aslow-linked`);
    await site.open({}, link);
    await site.untilStates(['Queued', 'Queued']);
    assert.deepEqual(await site.page.locator('.task h3').allInnerTexts(), ['sora-2:slow-linked', 'grok:slow-linked']);
  });

  test('the link is about the tasks that are shown, whatever the form says by now', async () => {
    await site.query('sora-2:slow-shown');
    await site.page.fill('#ids', 'sora-2:slow-typed');
    await site.page.fill('#base', site.strange);
    const button = site.page.getByRole('button', { name: 'Copy link' });
    await button.click();
    await site.page.getByText('Copied.').waitFor();
    assert.equal(await copied(), `${site.origin}/#id=sora-2%3Aslow-shown`);
    await site.page.getByText('Read a saved body').click();
    await site.page.fill('#body', '{"id": "saved", "status": "queued", "status_update_time": 1}');
    await site.page.click('#read');
    await site.status('Queued');
    await site.page.locator('.task h3', { hasText: 'saved' }).waitFor();
    assert.equal(await button.isVisible(), false);
    await site.page.fill('#base', site.origin);
    await site.query('sora-2:slow-typed');
    assert.equal(await button.isVisible(), true);
  });

  test('the address is the link of what was asked last, so that a reload loses only the key', async () => {
    site.know('reloaded', { status: 'queued' });
    await site.page.fill('#base', site.strange);
    await site.page.fill('#key', 'sk-mine');
    await site.page.selectOption('#endpoint', 'unified');
    assert.equal(await site.page.evaluate(() => location.hash), '');
    await site.query('reloaded');
    await site.page.getByRole('button', { name: 'Copy link' }).click();
    await site.page.getByText('Copied.').waitFor();
    assert.equal(await site.page.evaluate(() => location.href), await copied());
    const before = site.requests.filter((request) => request.url().startsWith(site.strange)).length;
    await site.page.reload();
    await site.page.locator('.chip[title]').first().waitFor({ state: 'attached' });
    const values = ['#base', '#key', '#endpoint', '#ids'].map((field) => site.page.inputValue(field));
    assert.deepEqual(await Promise.all(values), [site.strange, '', 'unified', 'reloaded']);
    await site.page.waitForTimeout(300);
    assert.equal(site.requests.filter((request) => request.url().startsWith(site.strange)).length, before);
  });

  test('a link that is pasted into the same tab opens its tasks', async () => {
    await site.query('sora-2:slow-before');
    await site.page.goto(`${site.origin}/#id=sora-2%3Aslow-pasted`);
    await site.page.locator('.task h3', { hasText: 'sora-2:slow-pasted' }).waitFor();
    assert.equal(await site.page.inputValue('#ids'), 'sora-2:slow-pasted');
  });

  test('a link to another service fills in the form, says where the key would go, and asks nothing', async () => {
    await site.page.fill('#base', site.strange);
    await site.page.fill('#key', 'sk-mine');
    await site.page.selectOption('#endpoint', 'own');
    site.know('linked', { status: 'queued' });
    await site.page.fill('#template', '/v1/video/query?id={id}');
    await site.query('linked');
    await site.page.getByRole('button', { name: 'Copy link' }).click();
    await site.page.getByText('Copied.').waitFor();
    const link = await copied();
    assert.equal(link.includes('sk-mine'), false);
    await site.open({}, link);
    const values = ['#base', '#key', '#endpoint', '#template', '#ids'].map((field) => site.page.inputValue(field));
    assert.deepEqual(await Promise.all(values), [site.strange, '', 'own', '/v1/video/query?id={id}', 'linked']);
    assert.equal(
      await site.page.locator('#base-note').innerText(),
      'This base URL came with the link: the key will go there.',
    );
    assert.equal(
      site.requests.some((request) => request.url().startsWith(site.strange)),
      false,
    );
  });

  test('white space around its base URL does not hide where the key would go', async () => {
    for (const space of ['%20', '%0A', '']) {
      await site.open({}, `${site.origin}/#id=linked&base=${encodeURIComponent(site.strange)}${space}`);
      assert.equal(await site.page.inputValue('#base'), site.strange);
      assert.equal(
        await site.page.locator('#base-note').innerText(),
        'This base URL came with the link: the key will go there.',
      );
      assert.equal(await site.page.inputValue('#key'), '');
    }
  });

  test('an empty base URL in it is none: the practice relay is asked', async () => {
    await site.open({}, `${site.origin}/#id=sora-2%3Aslow-emptybase&base=%20`);
    await site.page.locator('.task h3', { hasText: 'sora-2:slow-emptybase' }).waitFor();
    assert.equal(await site.page.inputValue('#base'), site.origin);
  });

  test('as JSON, as curl without the key, as code', async () => {
    site.know("it's", { status: 'queued' });
    await site.page.fill('#base', site.strange);
    await site.page.fill('#key', 'sk-mine');
    await site.query("it's");
    /** @param {string} name */
    const copy = async (name) => {
      await site.page.getByRole('button', { name }).click();
      await site.page.locator('.actions [role=status]', { hasText: 'Copied.' }).waitFor();
      return copied();
    };
    assert.equal(JSON.parse(await copy('Copy JSON')).rawStatus, 'queued');
    assert.equal(
      await copy('Copy curl'),
      `curl -H "Authorization: Bearer $VIDEO_TASK_API_KEY" '${site.strange}/v1/video/query?id=it%27s'`,
    );
    assert.equal(
      await copy('Copy code'),
      `import { waitForTask } from 'video-task-query';

// In Node the key comes from the environment variable VIDEO_TASK_API_KEY.
const task = await waitForTask("it's", {
  baseUrl: "${site.strange}",
});
console.log(task.videoUrl ?? task.contentPath);
`,
    );
  });

  test('a question that went wrong has its curl and its code too, and one that was not sent has none', async () => {
    site.answers.set('refused', { error: { message: 'Not yours.' } });
    await site.page.fill('#base', site.strange);
    await site.page.fill('#key', 'sk-mine');
    await site.query('refused');
    assert.deepEqual(await site.page.locator('.actions button:visible').allInnerTexts(), ['Copy curl', 'Copy code']);
    await site.page.getByRole('button', { name: 'Copy curl' }).click();
    await site.page.locator('.actions [role=status]', { hasText: 'Copied.' }).waitFor();
    assert.equal(
      await copied(),
      `curl -H "Authorization: Bearer $VIDEO_TASK_API_KEY" '${site.strange}/v1/video/query?id=refused'`,
    );
    await site.page.getByRole('button', { name: 'Copy code' }).click();
    await site.page.waitForFunction(async () =>
      (await navigator.clipboard.readText()).includes('waitForTask("refused"'),
    );
    await site.page.fill('#base', 'ftp://relay.example');
    await site.query('refused');
    assert.equal(await site.page.locator('.actions').isVisible(), false);
  });

  test('they are those of the last asking, also where its answer is the same', async () => {
    site.know('same', { status: 'queued' });
    await site.page.fill('#base', site.strange);
    await site.query('same');
    await site.page.fill('#key', '');
    await site.page.fill('#base', site.strange.replace('localhost', '127.0.0.1'));
    await site.query('same');
    await site.page.getByRole('button', { name: 'Copy curl' }).click();
    await site.page.locator('.actions [role=status]', { hasText: 'Copied.' }).waitFor();
    assert.equal(await copied(), `curl '${site.strange.replace('localhost', '127.0.0.1')}/v1/video/query?id=same'`);
  });
});
