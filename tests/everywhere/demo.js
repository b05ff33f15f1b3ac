// @ts-check
/** The demo page, clicked through in each browser against the practice relay. */
import { join } from 'node:path';
import { createSite } from '../../www/serve.js';
import { browser } from './browsers.js';
import { project } from './project.js';
import { listen } from './serve.js';

/** @typedef {import('./all.js').Case} Case */

/** Runs inside the page, as a person would go through it. @returns {Promise<string[]>} what was to be seen */
async function walk() {
  /** @param {string} selector @returns {any} */
  const find = (selector) => document.querySelector(selector);
  /** @param {string} selector */
  const texts = (selector) => Array.from(document.querySelectorAll(selector), ({ textContent }) => textContent ?? '');
  /** @param {() => unknown} holds */
  const until = async (holds) => {
    for (let left = 400; left > 0 && !holds(); left -= 1) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  /** @param {string} selector @param {string} value */
  const fill = (selector, value) => {
    find(selector).value = value;
    find(selector).dispatchEvent(new Event('input', { bubbles: true }));
  };
  await until(() => find('.chip[title]'));
  fill('#ids', 'sora-2:task_completes-walk\nveo3.1-fast:moderated-walk\ngrok:errors_twice-walk');
  const said = texts('#ids-note');
  find('#watch').click();
  await until(() => texts('.status').join() === 'Completed,Failed,Completed');
  said.push(
    texts('#count').join(),
    texts('.status').join(),
    find('video')
      ?.getAttribute('src')
      .replace(/^.*\/media/, '/media'),
  );
  for (const summary of document.querySelectorAll('.task:first-child summary'))
    /** @type {HTMLElement} */ (summary).click();
  await until(() => find('.explained pre'));
  said.push(
    find('.explained .line[data-fields=thumbnailUrl]')?.textContent.trim().split(':')[0],
    texts('.task:first-child .times .end span:nth-child(2)').join(),
  );
  fill('#body', '{"id":"x","object":"video","status":"failed","error":{"code":"moderation_blocked","message":"No."}}');
  find('#read').click();
  await until(() => texts('.status').join() === 'Failed');
  said.push(texts('.status').join(), texts('.notice strong').join(), texts('.foot').join());
  fill('#key', 'wrong');
  fill('#ids', 'sora-2:task_completes-refused');
  find('#query').click();
  await until(() => find('.trouble h4'));
  said.push(texts('.trouble h4').join());
  return said;
}

const EXPECTED = [
  '3 tasks',
  '3 tasks · 3 ended',
  'Completed,Failed,Completed',
  '/media/dunes-720.mp4',
  '"thumbnail_url"',
  'Completed',
  'Failed',
  'The content filter stopped it. Change the prompt or the images.',
  'Nobody was asked',
  'The key was refused',
];

/** @param {'chromium' | 'firefox' | 'webkit'} name @param {string} title @returns {Case} */
function caseOf(name, title) {
  let version = '';
  return {
    kind: 'browser',
    name: `${title}, the demo page`,
    expected: EXPECTED,
    version: () => version,
    async run() {
      const found = await browser(name);
      version = found.version;
      const packageDir = join(await project(`demo-${name}`, {}), 'node_modules', 'video-task-query');
      const site = await listen(createSite({ packageDir, lifeMs: 1500 }));
      try {
        return await found.walk(site.url.replace('127.0.0.1', 'localhost'), walk);
      } finally {
        await site.stop();
      }
    },
  };
}

export const demo = [caseOf('chromium', 'Chromium'), caseOf('firefox', 'Firefox'), caseOf('webkit', 'WebKitGTK')];
