// @ts-check
/** The entries of the package next to each other, and what Node is told where the WebAssembly is not to be had. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { runModule } from './child.js';
import { packageDir } from './packed.js';
import { serve } from './service.js';

const ENTRIES = ['node.js', 'web.js', 'bundle.js', 'inline.js', 'slim.js', 'workerd.js', 'edge.js'];
const DONE = '{"id":"grok:1","status":"completed","video_url":"https://a.example/a.mp4"}';
const BODY = '{"id":"grok:1","status":"pending"}';
const ELSE =
  "pass the place of the package's dist/video_task_query_bg.wasm to init(), or import video-task-query/inline";

/** A copy of its own, in which nothing is loaded yet. @param {{ after: (end: () => void) => void }} t @param {string} entry */
async function fresh(t, entry) {
  const folder = mkdtempSync(join(tmpdir(), 'entries-'));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync(packageDir, folder, { recursive: true });
  return { folder, api: await import(pathToFileURL(join(folder, entry)).href) };
}

/** @param {() => unknown} job */
async function failureOf(job) {
  try {
    await job();
  } catch (error) {
    const { name, code, message, cause } = /** @type {any} */ (error);
    return { name, code, message, cause: cause?.code ?? cause?.name };
  }
  return 'it did not fail';
}

describe('the entries', () => {
  const types = readFileSync(join(packageDir, 'index.d.ts'), 'utf8');
  const declared = [...types.matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name).sort();

  for (const entry of ENTRIES) {
    test(`${entry} exports what index.d.ts declares, and nothing else`, () => {
      const source = readFileSync(join(packageDir, entry), 'utf8');
      const lists = [...source.matchAll(/^export (?:const )?\{([^}]*)\}/gm)].map(([, names = '']) => names);
      const names = lists
        .join()
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean);
      assert.deepEqual(names.sort(), declared);
    });
  }

  test('are all named by package.json, and all that it names is packed', () => {
    const { exports, main, browser } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
    const files = [...JSON.stringify([exports, main, browser]).matchAll(/\.\/[\w./]+/g)].map(([file]) => file);
    const found = new Set(
      readdirSync(packageDir, { recursive: true }).map((name) => `./${String(name).replaceAll('\\', '/')}`),
    );
    for (const file of files) assert(found.has(file) || file in exports, file);
    for (const entry of ENTRIES) assert(files.includes(`./${entry}`), entry);
  });

  test('can be required where Node can require an ES module', (t) => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    const can = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
    if (!can) return t.skip(`Node ${process.versions.node} cannot.`);
    const require = createRequire(join(packageDir, 'package.json'));
    for (const name of ['video-task-query', 'video-task-query/inline']) {
      assert.equal(require(name).parseTask(BODY).status, 'queued');
    }
  });
});

describe('inline', () => {
  test('needs no file and no init', async (t) => {
    const { folder, api } = await fresh(t, 'inline.js');
    rmSync(join(folder, 'dist', 'video_task_query_bg.wasm'));
    assert.equal(api.parseTask(BODY).status, 'queued');
    assert.equal(await api.init(), undefined);
  });

  test('holds the very bytes of the file', async () => {
    const { unpacked } = await import(pathToFileURL(join(packageDir, 'unpack.js')).href);
    assert(readFileSync(join(packageDir, 'dist', 'video_task_query_bg.wasm')).equals(unpacked()));
  });
});

describe('slim', () => {
  test('says that it has no WebAssembly, and takes one', async (t) => {
    const { folder, api } = await fresh(t, 'slim.js');
    const message = 'video-task-query/slim has no WebAssembly: call `await init(source)` once before anything else.';
    const failure = { name: 'TaskQueryError', code: 'invalid_argument', message, cause: undefined };
    assert.deepEqual(await failureOf(() => api.queryTask('sora-2:task_1')), failure);
    for (const name of ['parseTask', 'explainTask', 'nextPoll']) {
      const message = `${name} needs the WebAssembly, which is not loaded yet: call \`await init()\` once before.`;
      assert.deepEqual(await failureOf(() => api[name](BODY, {})), { ...failure, message });
    }
    await api.init(readFileSync(join(folder, 'dist', 'video_task_query_bg.wasm')));
    assert.equal(api.parseTask(BODY).status, 'queued');
  });
});

/** An entry for workers, bundled as their tools do it: the import of the file is a module. @param {string} entry */
async function inWorker(/** @type {{ after: (end: () => void) => void }} */ t, entry) {
  const { build } = await import('esbuild');
  const folder = mkdtempSync(join(tmpdir(), 'entries-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const bytes = JSON.stringify(join(packageDir, 'dist', 'video_task_query_bg.wasm'));
  const contents = `import { readFileSync } from 'node:fs'; export default new WebAssembly.Module(readFileSync(${bytes}))`;
  const outfile = join(folder, 'worker.mjs');
  await build({
    entryPoints: [join(packageDir, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins: [
      {
        name: 'modules',
        setup(build) {
          build.onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({ path, namespace: 'modules' }));
          build.onLoad({ filter: /./, namespace: 'modules' }, () => ({ contents, resolveDir: packageDir }));
        },
      },
    ],
  });
  return import(pathToFileURL(outfile).href);
}

describe('for workers', () => {
  for (const entry of ['workerd.js', 'edge.js']) {
    test(`${entry} needs no init, and two waits for one task share nothing`, async (t) => {
      const service = await serve(t, () => ({ body: DONE }));
      const api = await inWorker(t, entry);
      assert.equal(api.parseTask(BODY).status, 'queued');
      assert.equal(await (await inWorker(t, entry)).init(), undefined);
      const client = api.createClient({ baseUrl: service.url, endpoint: 'unified' });
      await Promise.all([client.waitForTask('grok:1'), client.waitForTask('grok:1')]);
      assert.equal(service.requests.length, 2);
    });
  }
});

describe('in Node', () => {
  test('a missing file is named, with what to do, and is found once it is there', async (t) => {
    const { folder, api } = await fresh(t, 'node.js');
    const file = join(folder, 'dist', 'video_task_query_bg.wasm');
    rmSync(file);
    const hint = 'install video-task-query again, or, in a bundle, import video-task-query/inline';
    const message = `The WebAssembly cannot be read from ${file}: ${hint}.`;
    const failure = { name: 'TaskQueryError', code: 'invalid_argument', message, cause: 'ENOENT' };
    assert.deepEqual(await failureOf(() => api.parseTask(BODY)), failure);
    assert.deepEqual(await failureOf(() => api.init()), failure);
    assert.deepEqual(await failureOf(() => api.queryTask('sora-2:task_1')), failure);
    assert.deepEqual(await failureOf(() => api.init(pathToFileURL(file))), failure);
    cpSync(join(packageDir, 'dist', 'video_task_query_bg.wasm'), file);
    assert.equal(api.parseTask(BODY).status, 'queued');
  });

  test('a bundle that does not know where it is, is told which entry to take', async (t) => {
    const { build } = await import('esbuild');
    const folder = mkdtempSync(join(tmpdir(), 'entries-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const outfile = join(folder, 'bundle.cjs');
    const entryPoints = [join(packageDir, 'node.js')];
    await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'silent' });
    const message = 'The WebAssembly cannot be found from this bundle: import video-task-query/inline in it.';
    const failure = { name: 'TaskQueryError', code: 'invalid_argument', message, cause: 'ERR_INVALID_URL' };
    assert.deepEqual(await failureOf(() => createRequire(outfile)(outfile).parseTask(BODY)), failure);
  });

  test('a file that may not be read is named, with the option that allows it', async () => {
    const wasm = join(packageDir, 'dist', 'video_task_query_bg.wasm');
    const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
    const modules = ['node.js', 'dist/shared.js', 'package.json'].map((name) => join(packageDir, ...name.split('/')));
    const { stdout, stderr } = await runModule(
      `const { parseTask } = await import(process.env.PACKAGE);
      try { parseTask('{}'); } catch ({ code, message, cause }) { console.log([code, message, cause.code].join('\\n')); }`,
      { args: [flag, ...modules.map((file) => `--allow-fs-read=${file}`)] },
    );
    const message = `The WebAssembly cannot be read from ${wasm}: allow it with --allow-fs-read (--allow-read in Deno), or import video-task-query/inline.`;
    assert.equal(stdout, `invalid_argument\n${message}\nERR_ACCESS_DENIED\n`, stderr);
  });

  test('a URL of a file is not blamed on the network where only Node’s own entry reads files', async (t) => {
    const { api } = await fresh(t, 'slim.js');
    const message = `The WebAssembly cannot be fetched from file:///a.wasm: ${ELSE}.`;
    assert.equal(/** @type {any} */ (await failureOf(() => api.init('file:///a.wasm?b'))).message, message);
  });

  test('init says what is wrong with a source', async (t) => {
    const service = await serve(t, ({ path }) =>
      path === '/page'
        ? { headers: { 'content-type': 'text/html' }, body: '<!doctype html>' }
        : { status: 404, body: 'none' },
    );
    const { api } = await fresh(t, 'node.js');
    const given = { name: 'TaskQueryError', code: 'invalid_argument', cause: undefined };
    const message = `${service.url}/page gives text/html in place of the WebAssembly: ${ELSE}.`;
    for (const secret of ['?signature=secret', '#secret']) {
      assert.deepEqual(await failureOf(() => api.init(`${service.url}/page${secret}`)), { ...given, message });
    }
    const long = `data:text/plain,${'x'.repeat(300)}`;
    const start = `${long.slice(0, 200)} gives text/plain in place of the WebAssembly: ${ELSE}.`;
    assert.deepEqual(await failureOf(() => api.init(long)), { ...given, message: start });
    const missing = `The WebAssembly is not at ${service.url}/a.wasm (HTTP 404): ${ELSE}.`;
    assert.deepEqual(await failureOf(() => api.init(new URL('/a.wasm', service.url))), { ...given, message: missing });
    assert.deepEqual(await failureOf(() => api.init(new Request(`${service.url}/a.wasm`))), {
      ...given,
      message: missing,
    });
    const { message: words, ...rest } = /** @type {any} */ (await failureOf(() => api.init(new Uint8Array([1, 2, 3]))));
    assert.deepEqual(rest, { name: 'TaskQueryError', code: 'invalid_argument', cause: 'CompileError' });
    assert.match(words, /^The WebAssembly cannot be loaded \(.+\): pass the place of /);
    // Another program, which imports what nobody here has.
    const other = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 120, 1, 121, 0, 0);
    const { code, message: why } = /** @type {any} */ (await failureOf(() => api.init(other)));
    assert.equal(code, 'invalid_argument');
    assert.match(why, /^The WebAssembly cannot be loaded \(.+\): pass the place of /);
    assert.equal(api.parseTask(BODY).status, 'queued');
  });

  test('many queries on one signal are no leak, neither inline', async (t) => {
    for (const entry of ['node.js', 'inline.js']) {
      const service = await serve(t, () => ({ body: DONE }));
      const { api } = await fresh(t, entry);
      /** @type {string[]} */
      const warnings = [];
      const listen = (/** @type {Error} */ warning) => warnings.push(warning.name);
      process.on('warning', listen);
      const ids = Array.from({ length: 20 }, (_, i) => `sora-2:task_${i}`);
      for (const ask of [api.queryTask, api.waitForTask]) {
        const { signal } = new AbortController();
        await Promise.all(ids.map((id) => ask(id, { baseUrl: service.url, signal })));
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
      process.off('warning', listen);
      assert.deepEqual([entry, ...warnings], [entry]);
    }
  });
});
