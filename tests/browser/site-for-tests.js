// @ts-check
/** The demo page in Chromium, with a relay whose clock the tests move, and a stranger who answers what they like. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, afterEach, before, beforeEach } from 'node:test';
import { chromium } from 'playwright-core';
import { createSite } from '../../www/serve.js';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
export const LIFE_MS = 10_000;

/** Call it once in a test file: each test gets a page of its own, which must not complain. */
export function siteForTests() {
  const site = new SiteForTests();
  before(() => site.start());
  after(() => site.stop());
  beforeEach(() => site.open({ viewport: { width: 1280, height: 900 } }));
  afterEach(() => site.close());
  return site;
}

class SiteForTests {
  /** Time for the relay. */
  clock = Date.now();
  /** Questions to the relay. */
  asked = 0;
  origin = '';
  strange = '';
  /** What the stranger answers to `/v1/video/query?id=…`, and to `/v1/files/retrieve?file_id=…`. @type {Map<string, unknown>} */
  answers = new Map();
  /** Requests that the stranger leaves without an answer. */
  hanging = 0;
  /** What the browser complained about. @type {string[]} */
  complaints = [];
  /** @type {import('playwright-core').Request[]} */
  requests = [];
  /** @type {import('playwright-core').Browser | undefined} */
  #browser;
  /** @type {import('playwright-core').Page | undefined} */
  #page;
  #serve = createSite({ packageDir: process.env.PACKAGE_DIR, now: () => this.clock, lifeMs: LIFE_MS });
  #servers = [createServer((req, res) => this.#count(req, res)), createServer((req, res) => this.#answer(req, res))];

  get page() {
    if (!this.#page) throw new Error('No page is open.');
    return this.#page;
  }

  async start() {
    const [own, other] = this.#servers;
    [this.origin, this.strange] = [await addressOf(own), await addressOf(other)];
    const executablePath = process.env.CHROMIUM_PATH || '/usr/bin/chromium';
    this.#browser = await chromium.launch({ executablePath, args: FLAGS });
  }

  async stop() {
    await this.#browser?.close();
    for (const each of this.#servers) {
      each.close();
      each.closeAllConnections();
    }
  }

  /** @param {import('playwright-core').BrowserContextOptions} options @param {string} [address] */
  async open(options, address = this.origin) {
    await this.#page?.context().close();
    if (!this.#browser) throw new Error('The browser has not started.');
    const context = await this.#browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], ...options });
    const page = (this.#page = await context.newPage());
    page.setDefaultTimeout(15_000);
    this.complaints = [];
    this.requests = [];
    page.on('pageerror', (error) => this.complaints.push(`uncaught: ${error.message}`));
    page.on('request', (request) => this.requests.push(request));
    page.on('console', (message) => {
      // The browser reports every 4xx and 5xx; that they come is the point of some tests.
      const expected = /^Failed to load resource: (the server responded with a status of [45]|net::ERR_)/.test(
        message.text(),
      );
      if (['error', 'warning'].includes(message.type()) && !expected) this.complaints.push(message.text());
    });
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.error(`policy: ${violatedDirective} ${blockedURI}`),
      );
    });
    await page.goto(address);
    // The practice chips come with the script.
    await page.locator('.chip[title]').first().waitFor({ state: 'attached' });
  }

  async close() {
    await this.#page?.context().close();
    this.#page = undefined;
    assert.deepEqual(this.complaints, []);
  }

  /** Presses Query and waits for what comes of it. @param {string} ids */
  async query(ids) {
    await this.page.fill('#ids', ids);
    await this.page.evaluate(() => void ((document.querySelector('#announce') ?? document.body).textContent = ''));
    await this.page.click('#query');
    await this.page.waitForFunction(
      () =>
        document.querySelector('#announce')?.textContent !== '' &&
        document.querySelector('#result')?.getAttribute('data-asking') === 'false',
    );
  }

  /** Unfolds a part of a card, and waits until it is filled. @param {string} title */
  async unfold(title) {
    const fold = this.page.locator('.fold', { has: this.page.getByText(title, { exact: true }) }).first();
    await fold.locator('summary').click();
    await fold.locator('> :nth-child(2) > *').first().waitFor();
    return fold;
  }

  statusText() {
    return this.page.locator('.status').innerText();
  }

  /** @param {string} words */
  async status(words) {
    await this.page.locator('.status', { hasText: words }).waitFor();
  }

  /** The status of each card, in order. */
  states() {
    return this.page.locator('.status').allInnerTexts();
  }

  /** @param {string[]} expected */
  async untilStates(expected) {
    await this.page.waitForFunction(
      (words) => JSON.stringify([...document.querySelectorAll('.status')].map((each) => each.textContent)) === words,
      JSON.stringify(expected),
    );
  }

  /** What the stranger knows of a task from now on. @param {string} name @param {Record<string, unknown>} body */
  know(name, body) {
    this.answers.set(name, { id: name, status_update_time: 1_760_000_000_000, ...body });
  }

  announced() {
    return this.page.locator('#announce').textContent();
  }

  /** The facts on a card, as shown. @returns {Promise<Record<string, string>>} */
  facts() {
    return this.page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll('.facts > div')].map((row) => [
          row.querySelector('dt')?.textContent ?? '',
          row.querySelector('dd')?.textContent ?? '',
        ]),
      ),
    );
  }

  /** @param {import('node:http').IncomingMessage} req @param {import('node:http').ServerResponse} res */
  #count(req, res) {
    if (req.method === 'GET' && req.url?.startsWith('/v1/')) this.asked += 1;
    this.#serve(req, res);
  }

  /** @param {import('node:http').IncomingMessage} req @param {import('node:http').ServerResponse} res */
  #answer(req, res) {
    const { searchParams } = new URL(req.url ?? '/', 'http://stranger');
    const id = searchParams.get('id') ?? searchParams.get('file_id') ?? '';
    res.setHeader('access-control-allow-origin', '*');
    res.setHeader('access-control-allow-headers', 'authorization, *');
    if (req.method === 'OPTIONS') return void res.writeHead(204).end();
    if (id === 'hangs') {
      this.hanging += 1;
      return void res.on('close', () => {
        this.hanging -= 1;
      });
    }
    const body = this.answers.get(id);
    const isRefusal = body && typeof body === 'object' && 'error' in body && !('status' in body);
    res.writeHead(isRefusal ? 401 : 200, { 'content-type': 'application/json' });
    res.end(JSON.stringify(body));
  }
}

/** @param {import('node:http').Server | undefined} listening */
export async function addressOf(listening) {
  if (!listening) throw new Error('There is no such server.');
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return `http://localhost:${/** @type {import('node:net').AddressInfo} */ (listening.address()).port}`;
}
