// @ts-check
/** README.md, CONTRIBUTING.md and CHANGELOG.md against what is there: examples run as written, tables name what exists. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findBrowser } from '../../scripts/browser.js';
import { createRelay } from '../../pkg/relay/relay.js';
import { runModule } from './child.js';
import { packageDir } from './packed.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8').replaceAll('\r', '');
const readme = read('README.md');
const types = readFileSync(join(packageDir, 'index.d.ts'), 'utf8').replaceAll('\r', '');

/** A task of the practice relay that has completed, in place of the examples' ids. */
const relay = createRelay({ lifeMs: 0 });
let kind = 'task_completes';
const server = createServer((req, res) => {
  req.url = req.url?.replace(/(sora-2|veo3\.1-fast|grok):[\w-]+/, `$1:${kind}`);
  relay(req, res);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const baseUrl = addressOf(server);

// A folder in which the package under test is installed.
const folder = mkdtempSync(join(tmpdir(), 'readme-'));
mkdirSync(join(folder, 'node_modules'));
symlinkSync(packageDir, join(folder, 'node_modules', 'video-task-query'), 'junction');
after(() => {
  rmSync(folder, { recursive: true });
  server.close();
  server.closeAllConnections();
});

const examples = blocks(readme, 'js').map((code, index) => ({ name: `example ${index + 1}`, code }));
const inPages = examples.filter(({ code }) => /\bdocument\b/.test(code));
const inNode = examples.filter((example) => !inPages.includes(example));

/**
 * What an example prints. Of its text only the addresses of services are replaced.
 *
 * @param {{ name: string, code: string }} example
 * @param {string} [apiKey]
 */
async function printed({ name, code }, apiKey = 'demo-key') {
  const file = join(folder, `${name.replace(' ', '-')}.mjs`);
  writeFileSync(file, code.replaceAll(/https:\/\/[\w.]+/g, baseUrl));
  const env = { VIDEO_TASK_BASE_URL: baseUrl, VIDEO_TASK_API_KEY: apiKey };
  const { code: exit, stdout, stderr } = await runModule(`await import('${pathToFileURL(file)}')`, { env });
  assert.deepEqual([exit, stderr], [0, ''], code);
  return stdout;
}

describe('the examples of README.md', () => {
  test('are there, for Node and for pages', () => {
    assert(inNode.length >= 5 && inPages.length >= 1, `${inNode.length} and ${inPages.length}`);
  });

  for (const example of inNode) {
    test(`${example.name} runs in Node as it is written`, async () => {
      const { code } = example;
      const stdout = await printed(example);
      assert.doesNotMatch(stdout, /undefined/);
      const said = [...code.matchAll(/console\.log\(.*\); \/\/ (.+)/g)].map(([, words]) => words);
      if (said.length > 0) assert.equal(stdout, `${said.join('\n')}\n`);
      else if (!code.includes('catch')) assert.match(stdout, /\bcompleted\b/);
    });
  }

  test('tell a task that failed from a question that failed', async () => {
    const [example] = inNode.filter(({ code }) => code.includes('catch'));
    assert(example);
    assert.equal(await printed(example), '');
    assert.match(await printed(example, 'wrong-key'), /^authentication The service does not accept the API key/);
    kind = 'moderated';
    assert.match(await printed(example), /^moderation ./);
    kind = 'task_completes';
  });

  for (const example of inPages) {
    test(`${example.name} runs in a page as it is written, behind a route that adds the key`, async (t) => {
      const executablePath = await findBrowser();
      if (!executablePath) return t.skip('There is no Chromium here.');
      const { complaints, authorization, progress, video } = await opened(example.code, executablePath);
      assert.deepEqual(complaints, []);
      assert.equal(authorization, undefined);
      assert.equal(progress, 1);
      assert.match(video, /^http:.*\/media\/dunes-720\.mp4$/);
    });
  }
});

/**
 * A page with an example in it, under the policy and with the import map that README.md names.
 *
 * @param {string} code
 * @param {string} executablePath
 */
async function opened(code, executablePath) {
  const html = `<!doctype html>${blocks(readme, 'html')[0]}<progress></progress><video></video>
    <script type="module" src="/example.js"></script>`;
  const own = "'self'";
  const policy = `default-src 'none'; script-src ${own} 'unsafe-inline' 'wasm-unsafe-eval'; connect-src ${own}`;
  /** @type {string | undefined} */
  let authorization;
  const site = createServer((req, res) => {
    const path = req.url ?? '/';
    const send = (/** @type {string} */ type, /** @type {string | Buffer} */ body) =>
      res.writeHead(200, { 'content-type': type, 'content-security-policy': `${policy}; media-src ${own}` }).end(body);
    if (path === '/') return send('text/html', html);
    if (path === '/example.js') return send('text/javascript', code);
    if (path === '/favicon.ico') return res.writeHead(204).end();
    const file = /^\/node_modules\/video-task-query\/([\w./-]+\.(js|wasm))$/.exec(path);
    if (file) {
      const type = file[2] === 'js' ? 'text/javascript' : 'application/wasm';
      return send(type, readFileSync(join(packageDir, file[1] ?? '')));
    }
    if (path.startsWith('/api/video/')) {
      authorization = req.headers.authorization;
      req.headers.authorization = 'Bearer demo-key';
      req.url = path.slice('/api/video'.length);
    }
    server.emit('request', req, res);
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const complaints = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(addressOf(site));
    await page.waitForFunction(() => document.querySelector('video')?.src, null, { timeout: 10_000 }).catch(() => {});
    const progress = await page.evaluate(() => document.querySelector('progress')?.value);
    const video = await page.evaluate(() => document.querySelector('video')?.src ?? '');
    return { complaints, authorization, progress, video };
  } finally {
    await browser.close();
    site.close();
    site.closeAllConnections();
  }
}

describe('the tables of README.md', () => {
  for (const [heading, type] of [
    ['Options', 'QueryOptions'],
    ['The task', 'Task'],
    ['A video', 'Video'],
  ]) {
    test(`${heading}: exactly the members of ${type}, with their types`, () => {
      assert.deepEqual(rows(heading), members(type));
    });
  }

  test('`TaskQueryError`: exactly its members, and two that every error has', () => {
    const inherited = { name: 'string', message: 'string' };
    assert.deepEqual(rows('`TaskQueryError`'), { ...inherited, ...members('TaskQueryError') });
  });

  test('Error codes: exactly those of ErrorCode', () => {
    assert.deepEqual(Object.keys(rows('Error codes')), literals('ErrorCode'));
  });

  test('all words of the types are named', () => {
    for (const type of ['TaskStatus', 'FailureReason', 'Endpoint', 'TaskWarning']) {
      const words = literals(type);
      assert(words.length > 0, type);
      for (const word of words) assert.match(readme, new RegExp(`\`'?${word}'?\``), `${type}: ${word}`);
    }
  });

  test('all functions of the package are named', () => {
    for (const [, name] of types.matchAll(/^export (?:function|class) (\w+)/gm))
      assert.match(readme, new RegExp(`\\b${name}\\b`));
  });
});

describe('what the documents point to is there', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
  const { scripts } = JSON.parse(read('package.json'));

  test('the two commands, and all others', () => {
    assert.deepEqual(Object.keys(rows('The two commands')), ['npm start', 'npm test']);
    for (const name of documents) {
      const commands = [...read(name).matchAll(/npm (?:run ([\w-]+)|(start|test)\b)/g)];
      for (const [, script, short] of commands) assert(scripts[script ?? short], `${name}: ${script ?? short}`);
    }
  });

  for (const name of documents) {
    test(`links and paths in ${name}`, () => {
      const text = read(name);
      for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https:/.test(target)) continue;
        const [path, anchor] = target.split('#');
        assert(path === '' || existsSync(join(root, path)), target);
        if (anchor) assert(anchors(path === '' ? text : read(path)).includes(anchor), target);
      }
      for (const [, path] of text.matchAll(/`((?:src|pkg|www|tests|scripts|docs|examples|\.ci)\/[\w./-]+)`/g)) {
        assert(existsSync(join(root, path)), path);
      }
    });
  }

  test('the picture, not too large', () => {
    assert(statSync(join(root, 'docs', 'page.jpg')).size < 300_000);
  });

  test('the tarball of this version', () => {
    const { name, version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
    assert(readme.includes(`/${name}-${version}.tgz`));
  });

  test('the lines of Rust that CONTRIBUTING.md shows', () => {
    const [table = ''] = blocks(read('CONTRIBUTING.md'), 'rust');
    let rest = read('src/shapes/runway.rs').split('\n');
    for (const line of table.trimEnd().split('\n')) {
      assert(rest.includes(line), `src/shapes/runway.rs no longer has: ${line}`);
      rest = rest.slice(rest.indexOf(line) + 1);
    }
  });
});

/** @param {string} text @param {string} language */
function blocks(text, language) {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, code]) => code ?? '');
}

/** The first two columns of the table under a heading, without their backticks. @param {string} heading */
function rows(heading) {
  const [, after = ''] = readme.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const table = /(?:^\|.*\n)+/m.exec(after)?.[0] ?? '';
  const cells = table
    .split('\n')
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('`', '').replaceAll('\\|', '|')));
  return Object.fromEntries(cells.slice(2, -1).map(([, name = '', type = '']) => [name, type]));
}

/** Without `undefined`, which for options counts as not given. @param {string} type @returns {Record<string, string>} member and type */
function members(type) {
  const body = new RegExp(`^export (?:interface|class) ${type}\\b.*\\{\\n([^]*?)^\\}`, 'm').exec(types)?.[1] ?? '';
  return Object.fromEntries(
    [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??: (.+);/gm)].map(([, name, of = '']) => [
      name,
      of.replace(/ \| undefined$/, '').replace(/^\((.*=>.*)\)$/, '$1'),
    ]),
  );
}

/** The texts that a type allows. @param {string} type */
function literals(type) {
  const from = types.indexOf(type, types.search(new RegExp(`^export (?:type|interface) ${type}\\b`, 'm')));
  const plain = types
    .slice(from)
    .replaceAll(/\/\/.*/g, '')
    .replaceAll(/\/\*[^]*?\*\//g, '');
  const end = type === 'TaskWarning' ? plain.indexOf('}') : plain.indexOf(';');
  return [...plain.slice(0, end).matchAll(/'([\w]+)'/g)].map(([, word]) => word ?? '');
}

/** As GitHub makes them of headings. @param {string} text */
function anchors(text) {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, words]) => words ?? '');
  return headings.map((words) =>
    words
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** @param {import('node:http').Server} listening */
function addressOf(listening) {
  return `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (listening.address()).port}`;
}
