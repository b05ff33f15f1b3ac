// @ts-check
/** Opens a page in a browser and reads what its smoke said: the attribute `data-said` of the document. Or walks through it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from '../../scripts/browser.js';
import { findOnPath } from '../../scripts/environment.js';
import { temporary } from './project.js';
import { freePort } from './serve.js';
import { NotRun, tool } from './tools.js';

/**
 * @typedef {object} Browser
 * @property {string} name
 * @property {string} version
 * @property {(url: string) => Promise<string[]>} open
 * @property {(url: string, walk: () => Promise<string[]>) => Promise<string[]>} walk runs a function inside the page
 * @property {() => Promise<void>} close
 */

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];
const PATIENCE_MS = 30_000;
const said = () => document.documentElement.dataset.said;

/** @type {Map<string, Promise<Browser>>} */
const running = new Map();

/** @param {keyof typeof LAUNCH} name @returns {Promise<Browser>} one for all cases */
export function browser(name) {
  const known = running.get(name) ?? LAUNCH[name]();
  running.set(name, known);
  return known;
}

export async function closeBrowsers() {
  for (const each of running.values()) await each.then((found) => found.close()).catch(() => {});
  running.clear();
}

const LAUNCH = { chromium, firefox, webkit };

/** @returns {Promise<Browser>} */
async function chromium() {
  const executablePath = await findBrowser();
  if (!executablePath) throw new NotRun('no Chromium is installed');
  const playwright = await import('playwright-core');
  const found = await playwright.chromium.launch({
    executablePath,
    args: [...FLAGS, '--disable-component-update', '--disable-sync'],
  });
  return {
    name: 'Chromium',
    version: found.version(),
    open: opener(found),
    walk: walker(found),
    close: () => found.close(),
  };
}

/** @param {{ newPage(): Promise<import('playwright-core').Page> }} found @returns {Browser['open']} */
export function opener(found) {
  return async (url) => {
    const page = await found.newPage();
    /** @type {string[]} */
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    try {
      await page.goto(url);
      const text = await page
        .waitForFunction(said, null, { timeout: PATIENCE_MS })
        .then((handle) => handle.jsonValue())
        .catch(() => {});
      return text === undefined ? ['the page said nothing', ...complaints] : JSON.parse(text);
    } finally {
      await page.close();
    }
  };
}

/** Playwright and Puppeteer have these in common. @param {{ newPage(): Promise<any> }} found @returns {Browser['walk']} */
function walker(found) {
  return async (url, walk) => {
    const page = await found.newPage();
    try {
      await page.goto(url);
      return await page.evaluate(walk);
    } finally {
      await page.close();
    }
  };
}

/** By WebDriver BiDi, which needs no geckodriver. @returns {Promise<Browser>} */
async function firefox() {
  const executablePath = findOnPath('firefox-esr') ?? findOnPath('firefox');
  if (!executablePath) throw new NotRun('no Firefox is installed (Debian: firefox-esr)');
  const folder = await tool('firefox');
  const resolved = createRequire(join(folder, 'package.json')).resolve('puppeteer-core');
  const { default: puppeteer } = await import(pathToFileURL(resolved).href);
  const found = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    env: { ...process.env, HOME: temporary('firefox') },
  });
  const open = async (/** @type {string} */ url) => {
    const page = await found.newPage();
    /** @type {string[]} */
    const complaints = [];
    page.on('pageerror', (/** @type {unknown} */ error) => complaints.push(String(error)));
    page.on('console', (/** @type {any} */ message) => message.type() === 'error' && complaints.push(message.text()));
    try {
      await page.goto(url);
      const handle = await page.waitForFunction(said, { timeout: PATIENCE_MS }).catch(() => {});
      return handle ? JSON.parse(await handle.jsonValue()) : ['the page said nothing', ...complaints];
    } finally {
      await page.close();
    }
  };
  const version = (await found.version()).replace(/^firefox\//i, '');
  return { name: 'Firefox', version, open, walk: walker(found), close: () => found.close() };
}

/** By plain WebDriver; it has no headless mode, so it shows its window on a screen that nobody sees. @returns {Promise<Browser>} */
async function webkit() {
  const driver = findOnPath('WebKitWebDriver');
  const screen = findOnPath('Xvfb');
  const binary = ['x86_64', 'aarch64']
    .flatMap((arch) => ['4.1', '6.0', '4.0'].map((abi) => `/usr/lib/${arch}-linux-gnu/webkit2gtk-${abi}/MiniBrowser`))
    .find((file) => existsSync(file));
  if (!driver || !binary || !screen) throw new NotRun('no WebKitGTK is installed (Debian: webkit2gtk-driver, xvfb)');
  const port = await freePort();
  const number = `:${100 + (process.pid % 800)}`;
  const children = [
    spawn(screen, [number, '-screen', '0', '1024x768x24', '-nolisten', 'tcp'], { stdio: 'ignore' }),
    spawn(driver, [`--port=${port}`], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: number,
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
        HOME: temporary('webkit'),
      },
    }),
  ];
  const stop = () => children.forEach((child) => child.kill());
  /** @param {string} method @param {string} path @param {object} [body] */
  const ask = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const { value } = /** @type {any} */ (await answer.json());
    if (!answer.ok) throw new Error(`WebDriver: ${value.message}`);
    return value;
  };
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } };
  const session = await patiently(() => ask('POST', '/session', { capabilities })).catch((error) => {
    stop();
    throw new NotRun(`WebKitGTK did not start: ${error.message}`);
  });
  const at = `/session/${session.sessionId}`;
  const open = async (/** @type {string} */ url) => {
    await ask('POST', `${at}/url`, { url });
    const script = 'return document.documentElement.dataset.said';
    const text = await patiently(async () => {
      const value = await ask('POST', `${at}/execute/sync`, { script, args: [] });
      if (typeof value !== 'string') throw new Error('nothing yet');
      return value;
    }).catch(() => '["the page said nothing"]');
    return JSON.parse(text);
  };
  /** @type {Browser['walk']} */
  const walk = async (url, walk) => {
    await ask('POST', `${at}/url`, { url });
    const script = `const done = arguments[0]; (${walk})().then(done, (error) => done([String(error)]));`;
    return ask('POST', `${at}/execute/async`, { script, args: [] });
  };
  const close = async () => {
    await ask('DELETE', at).catch(() => {});
    stop();
  };
  return { name: 'WebKitGTK', version: session.capabilities.browserVersion, open, walk, close };
}

/** @template T @param {() => Promise<T>} job @returns {Promise<T>} */
async function patiently(job) {
  for (const start = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 250))) {
    try {
      return await job();
    } catch (error) {
      if (Date.now() - start > PATIENCE_MS) throw error;
    }
  }
}
