// @ts-check
/** The package in browsers without a bundler: in a page by an import map, in a module Worker, in a service worker. */
import { browser } from './browsers.js';
import { project } from './project.js';
import { files } from './serve.js';

/** @typedef {import('./all.js').Case} Case */

const entry = '/node_modules/video-task-query/web.js';
const relay = `new URL(location.href).searchParams.get('relay')`;
/** Import maps do not reach into workers. */
const inWorker = `import * as api from '${entry}';\nimport { smoke } from './smoke.js';
const run = () => api.init().then(() => smoke(api, ${relay})).catch((error) => [String(error)]);\n`;

/** What every page says to who opened it. */
export const saying = `(said) => { document.body.textContent = document.documentElement.dataset.said = JSON.stringify(said); }`;

/** What a page does that has imported the package as `api`, and the smoke. */
export const asking = `api.init().then(() => smoke(api, ${relay})).catch((error) => [String(error)]).then(${saying});`;

/** The same as a component of React, in a folder beside the smoke. */
export const reactPage = `import { useEffect } from 'react';
import * as api from 'video-task-query';
import { smoke } from '../smoke.js';
export default function Page() {
  useEffect(() => { ${asking} }, []);
  return <p>Asking</p>;
}\n`;

/** @param {string} script @param {string} [head] */
export const html = (script, head = '') => `<!doctype html><meta charset="utf-8"><title>smoke</title>
<link rel="icon" href="data:,">${head}<body>${script}`;

const PAGES = {
  'page, import map': {
    'index.html': html(
      `<script type="module">import * as api from 'video-task-query';\nimport { smoke } from './smoke.js';
${asking}</script>`,
      `<script type="importmap">{ "imports": { "video-task-query": "${entry}" } }</script>`,
    ),
  },
  'module Worker': {
    'worker.js': `${inWorker}run().then((said) => postMessage(said));\n`,
    'index.html':
      html(`<script type="module">const worker = new Worker('./worker.js' + location.search, { type: 'module' });
worker.onmessage = ({ data }) => (${saying})(data);
worker.onerror = ({ message }) => (${saying})(['worker: ' + message]);</script>`),
  },
  'service worker': {
    'worker.js': `${inWorker}addEventListener('message', (event) => event.waitUntil(run().then((said) => event.source.postMessage(said))));\n`,
    'index.html': html(`<script type="module">try {
const known = await navigator.serviceWorker.register('./worker.js' + location.search, { type: 'module' });
navigator.serviceWorker.onmessage = ({ data }) => (${saying})(data);
const worker = known.installing ?? known.waiting ?? known.active;
if (worker.state !== 'activated') await new Promise((resolve) => worker.addEventListener('statechange', () => worker.state === 'activated' && resolve()));
worker.postMessage('run');
} catch (error) { (${saying})([String(error)]); }</script>`),
  },
};

/**
 * @param {'chromium' | 'firefox' | 'webkit'} name
 * @param {string} title
 * @returns {Case[]}
 */
function casesOf(name, title) {
  let version = '';
  return Object.entries(PAGES).map(([what, app]) => ({
    kind: 'browser',
    name: `${title}, ${what}`,
    fast: name === 'chromium',
    version: () => version,
    async run(relayUrl) {
      const found = await browser(name);
      version = found.version;
      const site = await files(await project(`${name}-${what}`, app));
      try {
        return await found.open(`${site.url}/?relay=${encodeURIComponent(relayUrl)}`);
      } finally {
        await site.stop();
      }
    },
  }));
}

export const pages = [
  ...casesOf('chromium', 'Chromium'),
  ...casesOf('firefox', 'Firefox'),
  ...casesOf('webkit', 'WebKitGTK'),
];
