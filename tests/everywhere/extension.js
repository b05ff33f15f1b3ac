// @ts-check
/** An extension with manifest version 3 in Chromium: its page, its worker, and its script in a page of others. */
import { join } from 'node:path';
import { findBrowser } from '../../scripts/browser.js';
import { mustRun } from '../../scripts/run.js';
import { FLAGS, opener } from './browsers.js';
import { html, saying } from './pages.js';
import { project, temporary } from './project.js';
import { files } from './serve.js';
import { NotRun } from './tools.js';

/** @typedef {import('./all.js').Case} Case */

const manifest = {
  manifest_version: 3,
  name: 'smoke',
  version: '1',
  background: { service_worker: 'worker.js', type: 'module' },
  content_scripts: [{ matches: ['http://127.0.0.1/*'], js: ['dist/content.js'] }],
  content_security_policy: { extension_pages: "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'" },
  host_permissions: ['http://127.0.0.1/*'],
};

/** @param {string} [from] the files themselves: a policy of an extension allows no import map */
const asking = (
  from = './node_modules/video-task-query/web.js',
) => `import * as api from '${from}';\nimport { smoke } from './smoke.js';
const ask = (relay) => api.init().then(() => smoke(api, relay)).catch((error) => [String(error)]);
const relay = new URL(location.href).searchParams.get('relay');\n`;

const app = {
  'manifest.json': JSON.stringify(manifest),
  'page.html': html('<script type="module" src="page.js"></script>'),
  'page.js': `${asking()}ask(relay).then(${saying});\n`,
  'asks-worker.html': html('<script type="module" src="asks-worker.js"></script>'),
  'asks-worker.js': `const relay = new URL(location.href).searchParams.get('relay');
chrome.runtime.sendMessage(relay).then(${saying});\n`,
  'worker.js': `${asking()}chrome.runtime.onMessage.addListener((relay, sender, answer) => {
  ask(relay).then(answer);
  return true;
});\n`,
  'content.js': `${asking('video-task-query')}if (relay) ask(relay).then(${saying});\n`,
};

/** In a Chromium of its own. @param {(origin: string, open: (url: string) => Promise<string[]>) => Promise<string[]>} job */
async function installed(job) {
  const executablePath = await findBrowser();
  if (!executablePath) throw new NotRun('no Chromium is installed');
  const folder = await project('extension', app, ['esbuild']);
  const esbuild = join(folder, 'node_modules', 'esbuild', 'bin', 'esbuild');
  const args = [esbuild, 'content.js', '--bundle', '--outdir=dist', '--log-level=warning'];
  await mustRun(process.execPath, args, 'esbuild could not build.', { cwd: folder, minutes: 1 });
  const { chromium } = await import('playwright-core');
  const found = await chromium.launchPersistentContext(temporary('extension-profile'), {
    executablePath,
    args: [...FLAGS, `--disable-extensions-except=${folder}`, `--load-extension=${folder}`],
    ignoreDefaultArgs: ['--disable-extensions'],
  });
  version = found.browser()?.version() ?? '';
  try {
    const worker = found.serviceWorkers()[0] ?? (await found.waitForEvent('serviceworker').catch(() => null));
    if (!worker) throw new NotRun('this Chrome takes no extension from a command line, as Chromium does');
    return await job(new URL('.', worker.url()).href, opener(found));
  } finally {
    await found.close();
  }
}

let version = '';
const common = { kind: 'browser', version: () => version };
const query = (/** @type {string} */ relay) => `?relay=${encodeURIComponent(relay)}`;

/** @param {string} name @param {string} page @returns {Case} */
const pageCase = (name, page) => ({
  ...common,
  name: `Chromium, extension, ${name}`,
  run: (relay) => installed((origin, open) => open(`${origin}${page}${query(relay)}`)),
});

/** @param {string} name @param {string} head @param {readonly string[]} [expected] @returns {Case} */
const contentCase = (name, head, expected) => ({
  ...common,
  name: `Chromium, extension, ${name}`,
  ...(expected ? { expected } : {}),
  async run(relay) {
    const site = await files(await project('extension-site', { 'index.html': html('', head) }));
    try {
      return await installed((_, open) => open(`${site.url}/${query(relay)}`));
    } finally {
      await site.stop();
    }
  },
});

const strict = `<meta http-equiv="content-security-policy" content="script-src 'self'">`;

export const extension = [
  pageCase('page', 'page.html'),
  pageCase('service worker', 'asks-worker.html'),
  contentCase('content script', ''),
  contentCase('content script that a page forbids', strict, [
    "TaskQueryError: WebAssembly may not be compiled here: allow 'wasm-unsafe-eval' in script-src of the " +
      'Content-Security-Policy, or, where the runtime forbids it, pass a WebAssembly.Module to init().',
  ]),
];
