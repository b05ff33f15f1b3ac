// @ts-check
/** What a page is told where the WebAssembly cannot be loaded, and that the next call tries again. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const packageDir = process.env.PACKAGE_DIR ?? fileURLToPath(new URL('../../pkg', import.meta.url));
const PAGE = '<!doctype html><title>Not found</title><link rel="icon" href="data:,">';
const BODY = '{"id":"grok:1","status":"pending"}';

/** How the server gives the file of the package. @type {{ status?: number, type?: string, body?: string | Buffer, drop?: boolean }} */
let wasm = {};
let policy = '';
let asked = 0;

const server = createServer((req, res) => {
  const path = req.url ?? '/';
  if (path.endsWith('.wasm')) {
    asked += 1;
    if (wasm.drop) return void res.destroy();
    const headers = { 'content-type': wasm.type ?? 'application/wasm' };
    return void res.writeHead(wasm.status ?? 200, headers).end(wasm.body ?? readFileSync(join(packageDir, path)));
  }
  if (path.endsWith('.js')) {
    return void res.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(join(packageDir, path)));
  }
  res
    .writeHead(200, { 'content-type': 'text/html', ...(policy ? { 'content-security-policy': policy } : {}) })
    .end(PAGE);
});

/** @type {import('playwright-core').Browser} */
let browser;
let origin = '';
before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium', args: FLAGS });
});
after(async () => {
  await browser?.close();
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  wasm = {};
  policy = '';
  asked = 0;
});

/** @param {(page: import('playwright-core').Page, warnings: string[]) => Promise<void>} job */
async function inPage(job) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const warnings = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  await page.goto(origin);
  await job(page, warnings);
  await page.close();
}

/** What the first call gives. @param {import('playwright-core').Page} page @param {string} [entry] */
const called = (page, entry = 'web.js') =>
  page.evaluate(
    async ([entry, body]) => {
      const { init, parseTask } = await import(`/${entry}`);
      return init().then(
        () => ({ status: parseTask(body).status }),
        (/** @type {any} */ error) => ({
          name: error.name,
          code: error.code,
          retryable: error.retryable,
          attempts: error.attempts,
          message: error.message,
          cause: error.cause?.name,
        }),
      );
    },
    [entry, BODY],
  );

const ELSE =
  "pass the place of the package's dist/video_task_query_bg.wasm to init(), or import video-task-query/inline";
const at = () => `${origin}/dist/video_task_query_bg.wasm`;
const failure = { name: 'TaskQueryError', code: 'invalid_argument', retryable: false, attempts: 0, cause: undefined };

describe('a file that is not what it should be', () => {
  test('a page in its place: the sentence names place and type', async () => {
    wasm = { type: 'text/html', body: PAGE };
    await inPage(async (page) => {
      const message = `${at()} gives text/html in place of the WebAssembly: ${ELSE}.`;
      assert.deepEqual(await called(page), { ...failure, message });
    });
  });

  test('none there: the sentence names the status', async () => {
    wasm = { status: 404, type: 'text/html', body: PAGE };
    await inPage(async (page) => {
      assert.deepEqual(await called(page), {
        ...failure,
        message: `The WebAssembly is not at ${at()} (HTTP 404): ${ELSE}.`,
      });
    });
  });

  test('cut off: the sentence has what the engine says, and the engine’s error is the cause', async () => {
    wasm = { body: readFileSync(join(packageDir, 'dist/video_task_query_bg.wasm')).subarray(0, 1000) };
    await inPage(async (page) => {
      const { message, ...rest } = /** @type {any} */ (await called(page));
      const { message: _, ...expected } = { ...failure, message: '', cause: 'CompileError' };
      assert.deepEqual(rest, expected);
      assert.match(message, /^The WebAssembly cannot be loaded \(.+\): pass the place of /);
    });
  });

  test('no answer: the code is network, which may help when tried again', async () => {
    wasm = { drop: true };
    await inPage(async (page) => {
      const check = 'check the network, CORS, and connect-src of the Content-Security-Policy';
      const message = `The WebAssembly cannot be fetched from ${at()}: ${check}.`;
      assert.deepEqual(await called(page), {
        ...failure,
        code: 'network',
        retryable: true,
        message,
        cause: 'TypeError',
      });
    });
  });
});

test('a wrong MIME type is no failure: a warning says what to do', async () => {
  wasm = { type: 'text/plain' };
  await inPage(async (page, warnings) => {
    assert.deepEqual(await called(page), { status: 'queued' });
    const words = 'serve it as application/wasm, a type that servers know how to compress';
    assert.deepEqual(warnings, [`${at()} comes as text/plain: ${words}.`]);
  });
});

test('each failure is followed by another try, and a success by none', async () => {
  await inPage(async (page, warnings) => {
    wasm = { status: 404 };
    assert.match(/** @type {any} */ (await called(page)).message, /HTTP 404/);
    wasm = { type: 'text/html', body: PAGE };
    assert.match(/** @type {any} */ (await called(page)).message, /gives text\/html/);
    wasm = {};
    assert.deepEqual(await called(page), { status: 'queued' });
    assert.deepEqual(await called(page), { status: 'queued' });
    assert.equal(asked, 3);
    assert.deepEqual(warnings, []);
  });
});

describe('a Content Security Policy', () => {
  for (const entry of ['web.js', 'inline.js', 'bundle.js']) {
    test(`without wasm-unsafe-eval: ${entry} names the directive to allow`, async () => {
      policy = "script-src 'self'";
      await inPage(async (page) => {
        const message =
          "WebAssembly may not be compiled here: allow 'wasm-unsafe-eval' in script-src of the Content-Security-Policy, " +
          'or, where the runtime forbids it, pass a WebAssembly.Module to init().';
        assert.deepEqual(await called(page, entry), { ...failure, message, cause: 'CompileError' });
      });
    });

    test(`with it: ${entry} loads`, async () => {
      policy = "script-src 'self' 'wasm-unsafe-eval'";
      await inPage(async (page) => assert.deepEqual(await called(page, entry), { status: 'queued' }));
    });
  }
});

describe('the other ways of loading in a page', () => {
  test('inline asks for no file, and parseTask needs no init', async () => {
    await inPage(async (page) => {
      const status = await page.evaluate(
        async ([entry, body]) => (await import(`${entry}`)).parseTask(body).status,
        ['/inline.js', BODY],
      );
      assert.deepEqual([status, asked], ['queued', 0]);
    });
  });

  test('slim says that it has none, and loads what init is given', async () => {
    await inPage(async (page) => {
      const message = 'video-task-query/slim has no WebAssembly: call `await init(source)` once before anything else.';
      assert.deepEqual(await called(page, 'slim.js'), { ...failure, message });
      const status = await page.evaluate(
        async ([entry, body]) => {
          const { init, parseTask } = await import(`${entry}`);
          await init('/dist/video_task_query_bg.wasm');
          return parseTask(body).status;
        },
        ['/slim.js', BODY],
      );
      assert.equal(status, 'queued');
    });
  });
});
