// @ts-check
/** How the WebAssembly comes into a Node process: lazily, once, from anywhere, and again after a failure. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runModule } from './child.js';
import { init } from './packed.js';
import { serve, taskBody } from './service.js';

/** Tells how often the .wasm was read so far, and imports the package. */
const START = `
  import fs from 'node:fs';
  import { createRequire, syncBuiltinESMExports } from 'node:module';
  const { readFileSync } = fs;
  let reads = 0;
  fs.readFileSync = (...args) => {
    if (String(args[0]).endsWith('.wasm')) reads += 1;
    return readFileSync(...args);
  };
  syncBuiltinESMExports();
  const wasm = createRequire(process.env.PACKAGE).resolve('video-task-query/video_task_query_bg.wasm');
  const found = await import(process.env.PACKAGE);
  const { queryTask, parseTask, createClient, init, TaskQueryError, isTaskQueryError } = found;
  const body = '{"id":"grok:1","status":"pending"}';
  const said = [];
  const say = (value) => said.push(value);
  process.on('exit', () => console.log(JSON.stringify(said)));`;

/** What a module says that starts so. @param {string} source @param {Record<string, string>} [env] */
async function said(source, env) {
  const { stdout, stderr, code } = await runModule(`${START}\n${source}`, { env });
  assert.equal(code, 0, stderr);
  assert.equal(stderr, '');
  return JSON.parse(stdout);
}

describe('the WebAssembly', () => {
  test('is not read by an import, nor by what does not need it', async () => {
    const source = `
      say(reads);
      createClient({ apiKey: 'key-1' });
      isTaskQueryError(new TaskQueryError({ code: 'network', message: 'No answer.' }));
      say(reads);`;
    assert.deepEqual(await said(source), [0, 0]);
  });

  test('is read once, at the first call that needs it', async (t) => {
    const service = await serve(t, () => taskBody());
    const source = `
      const baseUrl = process.env.SERVICE;
      parseTask(body);
      say(reads);
      parseTask(body);
      const client = createClient({ baseUrl });
      await Promise.all([queryTask('a', { baseUrl }), client.queryTask('b'), client.queryTask('c')]);
      await init();
      say(reads);`;
    assert.deepEqual(await said(source, { SERVICE: service.url }), [1, 1]);
  });

  test('is read once when the first calls come together', async (t) => {
    const service = await serve(t, () => taskBody());
    const source = `
      const baseUrl = process.env.SERVICE;
      const queries = [queryTask('a', { baseUrl }), init(), queryTask('b', { baseUrl }), init()];
      await Promise.all(queries);
      say(reads);`;
    assert.deepEqual(await said(source, { SERVICE: service.url }), [1]);
  });
});

test('an engine without WebAssembly is named as the reason, whatever is called', async () => {
  const source = `
    delete globalThis.WebAssembly;
    for (const call of [() => queryTask('a'), () => init(new Uint8Array([1])), async () => parseTask(body)])
      say(await call().then(() => 'done', ({ code, message }) => [code, message]));`;
  const message = 'There is no WebAssembly here, as in React Native: ask from a server of yours.';
  assert.deepEqual(await said(source), Array(3).fill(['invalid_argument', message]));
});

test('a policy is named in whatever words the engine has for it, or none', async () => {
  const words = [
    'WebAssembly.compile(): ',
    'violates the following Content Security Policy directive',
    "Refused to create a WebAssembly object because 'unsafe-eval' is no allowed source of script",
    'call to WebAssembly.compile() blocked by CSP',
    'WebAssembly.compile(): Wasm code generation disallowed by embedder',
    'Dynamic code generation is not allowed',
  ];
  const source = `
    for (const words of ${JSON.stringify(words)}) {
      WebAssembly.compile = async () => { throw new WebAssembly.CompileError(words); };
      say(await init(readFileSync(wasm)).catch(({ message, cause }) => [message, cause.message]));
    }`;
  const message =
    "WebAssembly may not be compiled here: allow 'wasm-unsafe-eval' in script-src of the Content-Security-Policy, or, " +
    'where the runtime forbids it, pass a WebAssembly.Module to init().';
  assert.deepEqual(
    await said(source),
    words.map((words) => [message, words]),
  );
});

test('what does not load is told with the reason, and asking again helps only where the network was at fault', async () => {
  // Nobody may fetch from port 1.
  const source = `
    const tried = async (wrong) =>
      say(await init(wrong).catch(({ message, code, retryable, cause }) => [message, code, retryable, cause?.name]));
    await tried('http://127.0.0.1:1/file.wasm?signature=secret\\nmore');
    await tried(new Response(new TextEncoder().encode('<html>')));
    // Node's fetch has what it compiles itself by now.
    WebAssembly.compile = async () => { throw 'no reason'; };
    await tried(readFileSync(wasm));`;
  const place =
    "pass the place of the package's dist/video_task_query_bg.wasm to init(), or import video-task-query/inline";
  const check = 'check the network, CORS, and connect-src of the Content-Security-Policy';
  assert.deepEqual(await said(source), [
    [`The WebAssembly cannot be fetched from http://127.0.0.1:1/file.wasm: ${check}.`, 'network', true, 'TypeError'],
    [`[object Response] gives something else in place of the WebAssembly: ${place}.`, 'invalid_argument', false, null],
    [`The WebAssembly cannot be loaded (no reason): ${place}.`, 'invalid_argument', false, null],
  ]);
});

test('another type than application/wasm loads too, with a warning', async () => {
  const source = `
    console.warn = say;
    await init(new Response(readFileSync(wasm), { headers: { 'content-type': 'application/octet-stream' } }));
    say(parseTask(body).status);`;
  assert.deepEqual(await said(source), [
    '[object Response] comes as application/octet-stream: serve it as application/wasm, a type that servers know how to compress.',
    'queued',
  ]);
});

describe('init', () => {
  test('is never needed and does no harm', async () => {
    assert.equal(await init(), undefined);
    assert.equal(await init(), undefined);
    assert.deepEqual(await said(`await init(); say(parseTask(body).status); await init(); say(reads)`), ['queued', 1]);
  });

  for (const [what, source] of Object.entries({
    bytes: 'readFileSync(wasm)',
    'an ArrayBuffer': 'new Uint8Array(readFileSync(wasm)).buffer',
    'a module': 'new WebAssembly.Module(readFileSync(wasm))',
    'a module of another realm': `new ((await import('node:vm')).runInNewContext('WebAssembly').Module)(readFileSync(wasm))`,
    'a Response': `new Response(readFileSync(wasm), { headers: { 'content-type': 'application/wasm' } })`,
    'a Response of a longer type': `new Response(readFileSync(wasm), { headers: { 'content-type': 'Application/WASM; v=1' } })`,
    'a Response without a type': 'new Response(readFileSync(wasm))',
    'a promise of bytes': 'Promise.resolve(readFileSync(wasm))',
    'a data: URL': `'data:application/wasm;base64,' + readFileSync(wasm).toString('base64')`,
    'a file: URL': `(await import('node:url')).pathToFileURL(wasm)`,
  })) {
    test(`takes ${what}, and the package’s own file is not read`, async () => {
      assert.deepEqual(await said(`await init(${source}); say(parseTask(body).status); say(reads)`), ['queued', 0]);
    });
  }

  test('that fails can be tried again, and does not stand in the way of the package’s own file', async () => {
    const source = `
      for (const wrong of [new Uint8Array([1, 2, 3]), 'data:application/wasm;base64,AAAA', 'nonsense']) {
        say(await init(wrong).then(() => 'loaded', (error) => error instanceof Error));
      }
      await init(readFileSync(wasm));
      say(parseTask(body).status);`;
    assert.deepEqual(await said(source), [true, true, true, 'queued']);
    const own = `await init(new Uint8Array([1])).catch(() => {}); say(parseTask(body).status); say(reads)`;
    assert.deepEqual(await said(own), ['queued', 1]);
  });

  test('refuses what is of another program or version, and takes the package’s own after it', async () => {
    const source = `
      const other = readFileSync(wasm, 'latin1').replace(/_[0-9a-f]{8}/, '_00000000');
      const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
      for (const wrong of [Buffer.from(other, 'latin1'), empty]) {
        say(await init(wrong).then(() => 'loaded', ({ message }) => message));
      }
      await init(readFileSync(wasm));
      say(parseTask(body).status);`;
    const place =
      "pass the place of the package's dist/video_task_query_bg.wasm to init(), or import video-task-query/inline";
    assert.deepEqual(await said(source), [
      `The WebAssembly cannot be loaded (it is of another version than the JavaScript, or of another program): ${place}.`,
      `The WebAssembly cannot be loaded (it is not of this package): ${place}.`,
      'queued',
    ]);
  });

  test('that takes long holds up neither an abort nor a deadline', async (t) => {
    let isAsked = false;
    const silent = await serve(t, () => void (isAsked = true));
    const source = `
      init(process.env.SERVICE).catch(() => {});
      const soon = () => AbortSignal.timeout(100);
      const name = ({ name }) => name;
      say(await queryTask('a', { signal: AbortSignal.abort('before') }).catch((reason) => reason));
      say(await queryTask('a', { signal: soon() }).catch(name));
      say(await found.videoRequest({ videoUrl: 'https://cdn.example/v.mp4', videos: [] }, { signal: soon() }).catch(name));
      say(await found.waitForTask('a', { signal: soon() }).catch(name));
      say(await found.waitForTask('a', { deadlineMs: 100 }).catch(({ code }) => code));
      for await (const { id, error } of found.watchTasks(['a', 'b'], { deadlineMs: 100 })) say([id, error.code]);
      process.exit();`;
    const expected = [
      'before',
      'TimeoutError',
      'TimeoutError',
      'TimeoutError',
      'timeout',
      ['a', 'timeout'],
      ['b', 'timeout'],
    ];
    assert.deepEqual(await said(source, { SERVICE: silent.url }), expected);
    assert.equal(isAsked, true);
  });

  test('that is still under way does not disturb what a call in between has loaded', async (t) => {
    const service = await serve(t, async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return taskBody();
    });
    const source = `
      const baseUrl = process.env.SERVICE;
      const underWay = init(readFileSync(wasm));
      say(parseTask(body).status);
      const client = createClient({ baseUrl });
      const queries = Array.from({ length: 5 }, (_, i) => client.queryTask('sora-2:task_' + i));
      await underWay;
      say(parseTask(body).status);
      for (const query of queries) say((await query).status);
      say((await client.queryTask('sora-2:task_1')).status);`;
    assert.deepEqual(await said(source, { SERVICE: service.url }), Array(8).fill('queued'));
  });
});
