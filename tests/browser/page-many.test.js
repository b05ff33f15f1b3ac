// @ts-check
/** The demo page: many tasks at once, what was seen when, saved bodies, links and copies. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { LIFE_MS, siteForTests } from './site-for-tests.js';

const site = siteForTests();
const copied = () => site.page.evaluate(() => navigator.clipboard.readText());
/** The status of each card, in order. */
const states = () => site.page.locator('.status').allInnerTexts();
/** @param {string} name @param {Record<string, unknown>} body */
const answer = (name, body) => site.answers.set(name, { id: name, status_update_time: 1_760_000_000_000, ...body });
/** @param {string[]} expected */
const untilStates = (expected) =>
  site.page.waitForFunction(
    (words) => JSON.stringify([...document.querySelectorAll('.status')].map((each) => each.textContent)) === words,
    JSON.stringify(expected),
  );
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
    await untilStates(ids.map(() => 'Queued'));
    assert.deepEqual(await site.page.locator('.task h3').allInnerTexts(), ids);
    site.clock += LIFE_MS * 2;
    await untilStates([
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

  test('requests are counted for the task that they ask for, whatever else the URL holds', async () => {
    const port = new URL(site.strange).port;
    const ids = [port, 'v1', 'video', 'one', 'one, two', "it's (one)!*", 'ü/é'];
    for (const id of ids) answer(id, { status: 'queued' });
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
    answer('fine', { status: 'processing' });
    site.answers.set('refused', { error: { message: 'Not yours.' } });
    await site.page.fill('#base', site.strange);
    await site.page.fill('#ids', 'fine\nrefused');
    await site.page.click('#watch');
    await untilStates(['Processing', 'No answer']);
    answer('fine', { status: 'completed', video_url: `${site.origin}/media/dunes-360.mp4` });
    await untilStates(['Completed', 'No answer']);
    assert.equal(await site.page.locator('.trouble h4').innerText(), 'The key was refused');
    assert.equal(await site.page.locator('#summary h2').innerText(), '2 tasks · 1 ended');
  });

  test('Query asks for each of them once; those that stay keep what was seen of them', async () => {
    await site.query('grok:slow-a\ngrok:slow-b');
    assert.deepEqual(await states(), ['Queued', 'Queued']);
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
    answer('grows', { status: 'processing', progress: 20 });
    await site.page.fill('#base', site.strange);
    await site.query('grows');
    assert.equal(await site.page.getByText(/left|due/).count(), 0);
    answer('grows', { status: 'processing', progress: 30 });
    await site.query('grows');
    assert.match(
      await site.page.locator('.progress :last-child').innerText(),
      /^(about \d+ (s|min|h) left|due any moment)$/,
    );
    // It would count down to nothing, though nobody looks.
    assert.equal(await site.page.locator('[data-until]').count(), 0);
    assert.match(await site.page.locator('.foot').innerText(), /Nobody is asking any more: Query or Watch asks again$/);
    await site.page.click('#watch');
    await site.page.locator('[data-until]').waitFor();
  });
});

describe('Explain', () => {
  /** @param {string} body */
  async function read(body) {
    await site.page.fill('#body', body);
    await site.page.click('#read');
  }

  test('each field points to its place in the body, and the place to its fields', async () => {
    answer('told', { status: 'completed', video_url: 'https://cdn.example/a.mp4', thumbnail_url: 'not a url' });
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
    assert.equal(await fold.locator('[data-path=video_url]').getAttribute('data-fields'), 'videoUrl, videos[0].url');
    await fold.getByRole('button', { name: 'video_url' }).first().click();
    assert.equal(await fold.locator('.marked').innerText(), '  "video_url": "https://cdn.example/a.mp4",');
  });

  test('a saved body without an id is explained', async () => {
    await site.page.getByText('Read a saved body').click();
    await read('{"object": "video", "status": "completed", "video_url": "https://cdn.example/v.mp4"}');
    await site.status('Completed');
    const fold = await site.unfold('Explain');
    assert.equal(await fold.locator('[data-path=video_url]').getAttribute('data-fields'), 'videoUrl, videos[0].url');
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
      (await fold.locator('[data-path="detail.upsample_video_url"]').getAttribute('data-fields')) ?? '',
      /^videoUrl, /,
    );
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

  test('what is no task is said in words, and nothing is lost of what was pasted', async () => {
    await site.page.getByText('Read a saved body').click();
    await site.page.fill('#body', '{"id": "x", "sta');
    await site.page.click('#read');
    assert.equal(await site.page.locator('#trouble h4').innerText(), 'The answer is not a task');
    assert.equal(await site.page.inputValue('#body'), '{"id": "x", "sta');
  });

  test('a body that cannot be read leaves no card of another task, and no advice about a service', async () => {
    await site.page.getByText('Read a saved body').click();
    for (const [body, title] of [
      ['{"error":{"message":"no","code":"task_not_exist"}}', 'There is no such task'],
      ['', 'The answer is not a task'],
      ['nonsense', 'The answer is not a task'],
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

describe('links and copies', () => {
  test('the link opens the same tasks again, without the key', async () => {
    await site.query('sora-2:slow-linked\ngrok:slow-linked');
    await site.page.getByRole('button', { name: 'Copy link' }).click();
    await site.page.getByText('Copied.').waitFor();
    const link = await copied();
    assert.equal(link, `${site.origin}/#id=sora-2%3Aslow-linked&id=grok%3Aslow-linked`);
    await site.open({}, link);
    await untilStates(['Queued', 'Queued']);
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

  test('without a base URL the link names the service that is asked then', async () => {
    const service = /DEFAULT_BASE_URL: &str = "(.+)"/.exec(
      readFileSync(new URL('../../src/endpoint.rs', import.meta.url), 'utf8'),
    )?.[1];
    const body = { id: 'linked', status: 'queued', status_update_time: 1 };
    await site.page.route(`${service}/**`, (route) =>
      route.fulfill({ json: body, headers: { 'access-control-allow-origin': '*' } }),
    );
    await site.page.fill('#base', '');
    await site.query('linked');
    assert.equal(await site.statusText(), 'Queued');
    await site.page.getByRole('button', { name: 'Copy link' }).click();
    await site.page.getByText('Copied.').waitFor();
    assert.equal(new URLSearchParams(new URL(await copied()).hash.slice(1)).get('base'), service);
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
    answer('linked', { status: 'queued' });
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

  test('as JSON, as curl without the key, as code', async () => {
    answer("it's", { status: 'queued' });
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

  test('they are those of the last asking, also where its answer is the same', async () => {
    answer('same', { status: 'queued' });
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
