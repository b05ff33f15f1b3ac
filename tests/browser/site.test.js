// @ts-check
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createSite } from '../../www/serve.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const server = createServer(createSite({ packageDir: process.env.PACKAGE_DIR }));
let port = 0;

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = /** @type {import('node:net').AddressInfo} */ (server.address()).port;
});
after(() => {
  server.close();
  server.closeAllConnections();
});

/**
 * A request as typed: `fetch` would tidy the path.
 * @param {string} path @param {string} [method] @param {Record<string, string>} [headers]
 * @returns {Promise<{ status: number | undefined, headers: import('node:http').IncomingHttpHeaders, body: Buffer }>}
 */
function get(path, method = 'GET', headers = {}) {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, async (res) => {
      resolve({ status: res.statusCode, headers: res.headers, body: Buffer.concat(await res.toArray()) });
    })
      .on('error', reject)
      .end();
  });
}

test('the page, its files, the package and the relay come from one port, with their types', async () => {
  const types = [
    ['/', 'text/html; charset=utf-8'],
    ['/page/theme.css', 'text/css; charset=utf-8'],
    ['/page/main.js', 'text/javascript; charset=utf-8'],
    ['/page/icon.svg', 'image/svg+xml'],
    ['/relay/ids.js', 'text/javascript; charset=utf-8'],
    ['/pkg/web.js', 'text/javascript; charset=utf-8'],
    ['/pkg/dist/video_task_query_bg.wasm', 'application/wasm'],
    ['/media/dunes-360.mp4', 'video/mp4'],
  ];
  for (const [path, type] of types) {
    const { status, headers } = await get(path);
    assert.deepEqual(
      [path, status, headers['content-type'], headers['x-content-type-options']],
      [path, 200, type, 'nosniff'],
    );
  }
  assert.equal((await get('/v1/videos/x')).status, 401);
});

test('nothing but these files can be read', async () => {
  const paths = [
    '/serve.js',
    '/main.js',
    '/relay/relay.js',
    '/relay/ids.js/',
    '/page/',
    '/pkg',
    '/pkg/package.json',
    '/page/../serve.js',
    '/pkg/../Cargo.toml',
    '/page/..%2fserve.js',
    '/page/%2e%2e/serve.js',
    '/pkg/..\\..\\Cargo.toml',
    '/pkg//etc/passwd.js',
    '/.git/config',
    '/pkg/.x.js',
    '//',
    '/page/%00.js',
    '/constructor',
    '/page/missing.js',
  ];
  for (const path of paths) {
    const { status, body } = await get(path);
    assert.deepEqual([path, status, body.toString()], [path, 404, 'No such file.\n']);
  }
  assert.deepEqual([(await get('/', 'POST')).status, (await get('/', 'HEAD')).body.length], [405, 0]);
});

test('files are asked for anew each time, and not sent again while they are the same', async () => {
  const { headers } = await get('/page/main.js');
  assert.equal(headers['cache-control'], 'no-cache');
  assert.equal((await get('/page/main.js', 'GET', { 'if-none-match': headers.etag ?? '' })).status, 304);
});

test('the page’s policy lets in its own scripts, its import map and WebAssembly, and nothing else', async () => {
  const policy = String((await get('/')).headers['content-security-policy']).split('; ');
  assert.match(policy[1], /^script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/]{43}='$/);
  const anywhere = "'self' https: http://localhost:* http://*.localhost:* http://127.0.0.1:*";
  assert.deepEqual(
    policy.filter((_, i) => i !== 1),
    [
      "default-src 'none'",
      "style-src 'self'",
      `connect-src ${anywhere} data:`,
      `img-src ${anywhere}`,
      `media-src ${anywhere} data:`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ],
  );
});

test('the page imports the package by its name, as a user’s page would', () => {
  const board = readFileSync(`${root}/www/page/board.js`, 'utf8');
  assert.match(board, /^import \{ init, queryTask, watchTasks \} from 'video-task-query';$/m);
});

describe('npm start’s server', () => {
  test('prints the page’s address and a Node one-liner that works in a shell', async () => {
    const child = spawn(process.execPath, ['www/main.js'], { cwd: root, env: { ...process.env, PORT: '0' } });
    let out = '';
    for await (const chunk of child.stdout) {
      out += chunk;
      if (out.includes('Ctrl-C ends it.')) break;
    }
    const address = /http:\/\/localhost:\d+/.exec(out)?.[0];
    const line = out
      .split('\n')
      .map((text) => text.trim())
      .find((text) => text.startsWith('node '));
    assert.ok(address && line);
    assert.match(await (await fetch(address)).text(), /<title>video-task-query/);
    const { stdout } = await promisify(execFile)(line, { cwd: root, shell: true });
    assert.match(stdout, /status: 'queued'/);
    assert.match(stdout, /id: 'sora-2:task_completes'/);
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  test('has a --help', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['www/main.js', '--help'], { cwd: root });
    assert.match(stdout, /^The demo page of video-task-query, .*\n\n {2}npm start /);
  });
});
