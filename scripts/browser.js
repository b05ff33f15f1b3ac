// @ts-check
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { findOnPath } from './environment.js';
import { modules, root, tools } from './paths.js';
import { run } from './run.js';
import { ScriptError } from './script-error.js';

const browsers = join(tools, 'browsers');
const log = join(tools, 'browser.log');

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const { HOME = '', LOCALAPPDATA = '', PROGRAMFILES = '' } = process.env;
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  join(HOME, 'Applications/Google Chrome.app/Contents/MacOS/Google Chrome'),
  join(PROGRAMFILES, 'Google', 'Chrome', 'Application', 'chrome.exe'),
  join(`${PROGRAMFILES} (x86)`, 'Google', 'Chrome', 'Application', 'chrome.exe'),
  join(LOCALAPPDATA, 'Google', 'Chrome', 'Application', 'chrome.exe'),
];

/** Finds a Chromium to test the page in, or else installs one. */
export async function prepareBrowser() {
  const found = await findBrowser();
  if (found) return { note: found };
  const tried = [await installFromDebian(), await downloadWithPlaywright()].join('');
  const installed = await findBrowser();
  if (installed) return { note: `${installed} installed` };
  mkdirSync(tools, { recursive: true });
  writeFileSync(log, tried);
  throw new ScriptError(
    'No Chromium or Chrome was found and none could be installed: install one, or set CHROMIUM_PATH to its program, ' +
      `and run this again. What was tried is in ${relative(root, log)}.`,
  );
}

/** @returns {Promise<string | undefined>} the path of a Chromium that starts */
export async function findBrowser() {
  const wished = process.env.CHROMIUM_PATH;
  if (wished) {
    if (await starts(wished)) return wished;
    throw new ScriptError(
      `CHROMIUM_PATH is ${wished}, and no Chromium starts from there: correct it, or leave it out.`,
    );
  }
  for (const file of [...names.map(findOnPath), ...places, await playwrightBrowser()]) {
    if (file && (await starts(file))) return file;
  }
  return undefined;
}

/**
 * Some distributions have a program of this name that only tells how to install the real one.
 *
 * @param {string} file
 */
async function starts(file) {
  if (!existsSync(file)) return false;
  // On Windows Chrome has no --version: it would open a window.
  if (process.platform === 'win32') return true;
  return (await run(file, ['--version'], { minutes: 1 })).code === 0;
}

async function playwrightBrowser() {
  process.env.PLAYWRIGHT_BROWSERS_PATH = browsers;
  const { chromium } = await import('playwright-core');
  return chromium.executablePath();
}

/** @returns {Promise<string>} what apt-get printed */
async function installFromDebian() {
  if (!findOnPath('apt-get') || process.getuid?.() !== 0) return '';
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('apt-get', ['update'], { env });
  const install = await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  return update.output + install.output;
}

/** @returns {Promise<string>} what playwright printed */
async function downloadWithPlaywright() {
  if (await findBrowser()) return '';
  const cli = join(modules, 'playwright-core', 'cli.js');
  const options = { env: { PLAYWRIGHT_BROWSERS_PATH: browsers }, minutes: 5 };
  const download = await run(process.execPath, [cli, 'install', 'chromium', '--no-shell'], options);
  // Without root it would ask for a password.
  if (download.code !== 0 || process.platform !== 'linux' || process.getuid?.() !== 0) return download.output;
  const libraries = await run(process.execPath, [cli, 'install-deps', 'chromium'], options);
  return download.output + libraries.output;
}
