// @ts-check
/** The demo page: what a saved body says is told in words that speak of no service. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { siteForTests } from './site-for-tests.js';

const site = siteForTests();
const TASK = '{"id": "a", "status": "queued"}';

test('what is no task is told in words about what was pasted', async () => {
  await site.page.getByText('Read a saved body').click();
  for (const [body = '', words] of [
    ['', 'Nothing was pasted. Paste what a service answered, as JSON.'],
    [' \n', 'Nothing was pasted. Paste what a service answered, as JSON.'],
    ['<!doctype html><p>Log in', 'It is a web page, not JSON.'],
    [
      `HTTP/1.1 200 OK\ncontent-type: application/json\n\n${TASK}`,
      'HTTP headers stand in front of the JSON: leave them out (curl without -i).',
    ],
    [
      `content-type: application/json\r\n\r\n${TASK}`,
      'HTTP headers stand in front of the JSON: leave them out (curl without -i).',
    ],
    [`${TASK}\n${TASK}`, 'There is more behind the first JSON value: give one value alone.'],
    [`{"prompt": "ü"}\n${TASK}`, 'There is more behind the first JSON value: give one value alone.'],
    ['{"id": "x", "sta', 'What was pasted was cut off: its JSON ends in the middle of a value.'],
    ['nonsense', 'What was pasted is not JSON: byte 1 cannot stand there.'],
    ['{"a": 1}', 'What was pasted is JSON, but there is no task in it: an id, a status or both are missing.'],
  ]) {
    await site.page.fill('#body', body);
    await site.page.click('#read');
    await site.page.getByText(String(words), { exact: true }).waitFor();
    assert.equal(await site.page.locator('.trouble h4').innerText(), 'This is not a task');
    assert.equal(await site.page.locator('.trouble p').count(), 1);
    assert.deepEqual(await site.facts(), { Code: 'invalid_response' });
  }
});
