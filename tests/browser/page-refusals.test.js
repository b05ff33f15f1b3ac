// @ts-check
/** The demo page: what is refused before anything is sent, in the words of the form, at the field that it is about. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pastedInstead } from '../../pkg/ui/pasted.js';
import { siteForTests } from './site-for-tests.js';

const site = siteForTests();
const SECRET = 'sk-secret-1234567890';
const HEADER = `-H 'Authorization: Bearer ${SECRET}' \\`;
const asked = () => site.requests.filter((request) => request.url().includes('/v1/'));
const words = () => site.page.locator('.trouble p').first().innerText();
/** The fields that are marked as wrong, and the one that has the focus. */
const marked = () =>
  site.page.evaluate(() => [
    ...[...document.querySelectorAll('[aria-invalid=true]')].map(({ id }) => id),
    `focus: ${document.activeElement?.id}`,
  ]);

/** What a screen reader says of a field besides its name. @param {string} id */
const atField = (id) =>
  site.page.evaluate((field) => {
    const ids = document.getElementById(field)?.getAttribute('aria-describedby')?.split(' ') ?? [];
    const texts = ids.map((each) => document.getElementById(each)?.textContent ?? '');
    return texts.filter((text) => text !== '')[0];
  }, id);

/** As with the keyboard, over all that stands in the field. @param {string} text */
async function paste(text) {
  await site.page.evaluate((all) => navigator.clipboard.writeText(all), text);
  await site.page.focus('#ids');
  await site.page.keyboard.press('Control+A');
  await site.page.keyboard.press('Control+V');
}

test('what is no id is told from what may be one', () => {
  const lines = {
    'a curl command': ["curl -H 'X: y' \\", 'curl'],
    'a URL': ['https://relay.example/v1/videos/a', 'http://relay.example'],
    JSON: ['{', '}', '[', ']', '},', '"id": "video_1",'],
  };
  for (const [name, all] of Object.entries(lines))
    for (const line of all) assert.equal(pastedInstead(line), name, line);
  for (const line of [HEADER, `Bearer ${SECRET}`]) assert.match(String(pastedInstead(line)), /key|header/i);
  for (const id of ['video_1', 'sora-2:task_completes', 'curling', 'models/veo/operations/x', "it's (one)!*", 'ü/é'])
    assert.equal(pastedInstead(id), null, id);
});

describe('refused before anything is sent', () => {
  test('a curl command, a header, JSON and the key itself in the place of ids', async () => {
    await site.page.fill('#base', site.strange);
    await site.page.fill('#key', SECRET);
    for (const [ids = '', name] of [
      [`curl -H 'Authorization: Bearer sk-other' \\\n'${site.strange}/v1/nowhere'`, 'a curl command'],
      [HEADER.replace(SECRET, 'sk-other'), String(pastedInstead(HEADER))],
      ['{\n  "id": "a",\n}', 'JSON'],
      [`fine\ntask-${SECRET}`, 'the API key'],
    ]) {
      await site.query(ids);
      assert.equal(await words(), `What stands in the place of a task id is ${name}. Put only ids there, one a line.`);
      assert.deepEqual(await marked(), ['ids', 'focus: ids']);
    }
    assert.deepEqual(asked(), []);
    assert.equal(await site.page.locator('.task').count(), 0);
    assert.equal(await site.page.getByRole('button', { name: 'Copy link' }).isVisible(), false);
    const shown = await site.page.evaluate(() => location.href + document.querySelector('#result')?.textContent);
    assert.doesNotMatch(`${shown}${await site.announced()}`, /sk-/);
    await site.page.fill('#ids', 'fine');
    assert.deepEqual(await marked(), ['focus: ids']);
  });

  test('the key where a URL would carry it', async () => {
    await site.page.fill('#base', site.strange);
    await site.page.fill('#key', SECRET);
    await site.page.selectOption('#endpoint', 'own');
    await site.page.fill('#template', `/v1/video/query?id={id}&key=${SECRET}`);
    await site.query('a');
    assert.equal(await words(), 'Endpoint holds the API key, which would stand in a URL: leave it out.');
    assert.deepEqual(await marked(), ['template', 'focus: template']);
    await site.page.selectOption('#endpoint', 'auto');
    await site.page.fill('#base', `${site.strange}/${SECRET}`);
    await site.query('a');
    assert.equal(await words(), 'Base URL holds the API key, which would stand in a URL: leave it out.');
    assert.deepEqual(await marked(), ['base', 'focus: base']);
    assert.deepEqual(asked(), []);
  });

  test('an empty base URL: the key is for no service that was not named', async () => {
    await site.page.fill('#key', SECRET);
    await site.page.fill('#base', ' ');
    await site.query('a');
    assert.equal(await words(), 'Base URL is empty. Type the base URL of the service.');
    assert.deepEqual(await marked(), ['base', 'focus: base']);
    assert.equal(await site.page.locator('#base-refused').innerText(), await words());
    assert.deepEqual(asked(), []);
    await site.page.fill('#base', 'h');
    assert.equal(await site.page.locator('#base-refused').isVisible(), false);
  });

  test('no id at all, and there is no card for it', async () => {
    await site.query(' \n');
    assert.equal(await words(), 'The id is empty. Type the id that the service gave when the task was made.');
    assert.deepEqual(await marked(), ['ids', 'focus: ids']);
    assert.equal(await site.page.locator('.task').count(), 0);
    assert.deepEqual(asked(), []);
  });

  test('on a phone it comes into view', async () => {
    for (const height of [844, 640]) {
      await site.open({ viewport: { width: 390, height }, hasTouch: true, isMobile: true });
      await site.page.fill('#base', '');
      await site.page.tap('#query');
      await site.page.waitForFunction(() => {
        const { top = -1, bottom = Infinity } = document.querySelector('.trouble')?.getBoundingClientRect() ?? {};
        return top >= 0 && bottom <= innerHeight;
      });
    }
  });

  test('in the words of the form what the package refuses', async () => {
    for (const [base, key, message, field] of [
      ['ftp://relay.example', SECRET, 'Base URL must begin with https:// or http://.', 'base'],
      [
        'https://user:word@relay.example',
        SECRET,
        'Base URL must not hold a user or a password: pass the key as API key.',
        'base',
      ],
      [
        site.strange,
        'sk 1',
        'API key holds a character that no key has, such as a space, a line break or a letter outside ASCII: copy it again.',
        'key',
      ],
    ]) {
      await site.page.fill('#base', String(base));
      await site.page.fill('#key', String(key));
      for (const button of ['#query', '#watch']) {
        await site.page.click(button);
        await site.page.locator('.trouble').getByText(String(message), { exact: true }).waitFor();
        assert.equal(await atField(String(field)), message);
        assert.deepEqual(await marked(), [field, `focus: ${field}`]);
        assert.equal(await site.page.getByRole('button', { name: 'Copy link' }).isVisible(), false);
        assert.equal(await site.page.evaluate(() => location.hash), '');
      }
    }
  });

  test('a refused question leaves no card of the one before', async () => {
    await site.query('sora-2:slow-before');
    assert.equal(await site.page.locator('.task').count(), 1);
    await site.page.fill('#base', 'http://192.168.1.5:8080');
    for (const button of ['#query', '#watch']) {
      await site.page.click(button);
      await site.page.locator('.trouble').waitFor();
      assert.equal(await site.page.locator('.task').count(), 0);
      assert.equal(await site.page.locator('#summary').isVisible(), false);
    }
  });
});

describe('pasted into the ids', () => {
  test('a curl command gives its id and base URL, and its key stays behind', async () => {
    for (const [route, id] of [
      ['/v1/video/query?id=pasted%2F1', 'pasted/1'],
      ['/proxy/v1/videos/pasted_2/content', 'pasted_2'],
      ['/v1/video/generations/pasted%203', 'pasted 3'],
    ]) {
      const base = `${site.strange}${String(route).split('/v1/')[0]}`;
      await paste(`curl -H 'Authorization: Bearer ${SECRET}' \\\n  '${site.strange}${route}' --compressed`);
      assert.equal(await site.page.inputValue('#ids'), id);
      assert.equal(await site.page.inputValue('#base'), base);
      assert.equal(await site.page.inputValue('#key'), '');
      assert.equal(
        await site.page.locator('#ids-note').innerText(),
        'Id and base URL are those of what was pasted. Nothing else of it was kept.',
      );
    }
  });

  test('the key of one service does not go to another one whose URL is pasted', async () => {
    await site.page.fill('#base', 'https://relay.example');
    await site.page.fill('#key', 'sk-mine-1234567890');
    await paste('https://relay.example/v1/videos/a');
    assert.equal(await site.page.inputValue('#key'), 'sk-mine-1234567890');
    await paste(`$ curl ${site.strange}/v1/video/query?id=b`);
    assert.deepEqual([await site.page.inputValue('#ids'), await site.page.inputValue('#key')], ['b', '']);
    for (const path of ['/v1/files/film.mp4?id=33', '/v1/videos/generations', '/v1/videos/edits?id=1']) {
      await paste(`https://relay.example${path}`);
      assert.equal(await site.page.inputValue('#ids'), `https://relay.example${path}`);
    }
  });

  test('so do URLs, one a line; of two services nothing is taken, and so of an id that is none', async () => {
    await paste(`${site.strange}/v1/videos/a\n${site.strange}/v1/videos/b\n`);
    assert.equal(await site.page.inputValue('#ids'), 'a\nb');
    const mixed = `${site.strange}/v1/videos/a\nhttps://relay.example/v1/videos/b`;
    await paste(mixed);
    assert.equal(await site.page.inputValue('#ids'), mixed);
    await paste(`${site.strange}/v1/videos/${encodeURIComponent('https://relay.example')}`);
    await site.query(await site.page.inputValue('#ids'));
    assert.match(await words(), /^What stands in the place of a task id is a URL\./);
    assert.deepEqual(asked(), []);
  });
});

test('the practice relay’s key goes with its base URL, and comes back with it', async () => {
  await site.page.fill('#base', site.strange);
  assert.equal(await site.page.inputValue('#key'), '');
  await site.page.fill('#base', `${site.origin}/`);
  assert.equal(await site.page.inputValue('#key'), 'demo-key');
  await site.page.fill('#key', 'sk-mine');
  await site.page.fill('#base', site.strange);
  assert.equal(await site.page.inputValue('#key'), 'sk-mine');
});
