// @ts-check
/** Node, Deno, Bun, workerd, edge-runtime: each runs the smoke in a project that has the packed package. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mustRun } from '../../scripts/run.js';
import { project } from './project.js';
import { nodeOf, tool, versionOf } from './tools.js';

/** @typedef {import('./all.js').Case} Case */

const say = `console.log(JSON.stringify(await smoke(api, process.env.RELAY)));`;
const ESM = `import * as api from 'video-task-query';\nimport { smoke } from './smoke.js';\n${say}\n`;
const INLINE = ESM.replace("'video-task-query'", "'video-task-query/inline'");
const REQUIRE = `const api = require('video-task-query');
import('./smoke.js').then(async ({ smoke }) => { ${say} });\n`;
const IMPORT = `import('video-task-query').then(async (api) => { const { smoke } = await import('./smoke.js'); ${say} });\n`;

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} relay
 * @param {Record<string, string>} app
 */
async function saidBy(program, args, relay, app) {
  const cwd = await project(`${args.join(' ')}`, app);
  const env = { RELAY: relay, DENO_DIR: join(cwd, '.deno'), DENO_NO_UPDATE_CHECK: '1', NODE_OPTIONS: '' };
  const output = await mustRun(program, args, `${program} failed.`, { cwd, env, minutes: 1 });
  // Node tells on stderr that it can require an ES module only as an experiment.
  const [line] = output.match(/^\[.*\]$/m) ?? [output];
  return JSON.parse(line);
}

/** @type {Case[]} */
const nodes = [20, 22, 24, 26].flatMap((major) => {
  // The one that runs the tests needs no download.
  const isOwn = Number.parseInt(process.versions.node, 10) === major;
  const program = async () => (isOwn ? process.execPath : await nodeOf(major));
  const version = () => (isOwn ? process.versions.node : versionOf(`node-${major}`));
  const fast = major === 20;
  const kind = 'runtime';
  return [
    {
      kind,
      fast,
      version,
      name: `Node ${major}, import`,
      run: async (relay) => saidBy(await program(), ['app.js'], relay, { 'app.js': ESM }),
    },
    {
      kind,
      fast,
      version,
      name: `Node ${major}, require`,
      run: async (relay) => saidBy(await program(), ['app.cjs'], relay, { 'app.cjs': REQUIRE }),
    },
    {
      kind,
      fast,
      version,
      name: `Node ${major}, import() in CommonJS`,
      run: async (relay) => saidBy(await program(), ['app.cjs'], relay, { 'app.cjs': IMPORT }),
    },
    {
      kind,
      fast,
      version,
      name: `Node ${major}, /inline`,
      run: async (relay) => saidBy(await program(), ['app.js'], relay, { 'app.js': INLINE }),
    },
  ];
});

/** @param {string} name @param {string} file inside node_modules */
const programOf = async (name, file) => join(await tool(name), 'node_modules', ...file.split('/'));

/** @type {Case[]} */
const others = [
  {
    kind: 'runtime',
    name: 'Deno',
    version: () => versionOf('deno'),
    run: async (relay) =>
      saidBy(
        await programOf('deno', 'deno/deno'),
        ['run', '--allow-read', '--allow-env', '--allow-net', '--node-modules-dir=manual', 'app.js'],
        relay,
        { 'app.js': `import process from 'node:process';\n${ESM}` },
      ),
  },
  {
    kind: 'runtime',
    name: 'Bun',
    version: () => versionOf('bun'),
    run: async (relay) =>
      saidBy(await programOf('bun', 'bun/bin/bun.exe'), ['run', 'app.js'], relay, { 'app.js': ESM }),
  },
  {
    kind: 'runtime',
    name: 'Cloudflare workerd (miniflare)',
    version: () => versionOf('workerd', 'workerd'),
    run: inWorkerd,
  },
  { kind: 'runtime', name: 'edge-runtime, /inline', version: () => versionOf('edge-runtime'), run: inEdgeRuntime },
];

/** Bundled as wrangler does it: by esbuild, with the WebAssembly left as a module of its own. @param {string} relay */
async function inWorkerd(relay) {
  const miniflare = createRequire(join(await tool('workerd'), 'package.json')).resolve('miniflare');
  const cwd = await project(
    'workerd',
    {
      'app.js': `import * as api from 'video-task-query';\nimport { smoke } from './smoke.js';
// As users write it: one client, made where nobody has asked yet.
let client;
export default { async fetch(request, env) {
  const id = new URL(request.url).searchParams.get('id');
  if (!id) return Response.json(await smoke(api, env.RELAY));
  client ??= api.createClient({ baseUrl: env.RELAY, apiKey: 'demo-key' });
  const deadlineMs = id.endsWith('leaves') ? 300 : 30_000;
  return client.waitForTask(id.replace(/ .*/, ''), { intervalMs: 200, deadlineMs }).then(
    (task) => new Response(task.status), (error) => new Response(error.code));
} };\n`,
      'run.js': `import { Miniflare } from ${JSON.stringify(pathToFileURL(miniflare).href)};
const runtime = new Miniflare({
  scriptPath: 'out/app.js', modules: true, modulesRules: [{ type: 'CompiledWasm', include: ['**/*.wasm'] }],
  compatibilityDate: '2026-01-01', bindings: { RELAY: process.env.RELAY }, cf: false,
});
console.log(await (await runtime.dispatchFetch('http://worker/')).text());
// A request may use nothing that was made for another one, though their waits run at once, for one task and for many.
const ids = ['sora-2:task_completes-one leaves', ...Array(4).fill('sora-2:task_completes-one'),
  ...Array.from({ length: 10 }, (_, at) => \`sora-2:task_completes-many-\${at}\`)];
const ask = async (id) => (await runtime.dispatchFetch(\`http://worker/?id=\${encodeURIComponent(id)}\`)).text();
const late = new Promise((resolve) => setTimeout(resolve, 20_000, 'no answer').unref());
const told = await Promise.all(ids.map((id) => Promise.race([ask(id).catch(String), late])));
const right = ids.every((id, at) => told[at] === (id.endsWith('leaves') ? 'timeout' : 'completed'));
if (!right) throw new Error(\`Requests at once were told: \${told.join(', ')}\`);
await runtime.dispose();\n`,
    },
    ['esbuild'],
  );
  const esbuild = join(cwd, 'node_modules', 'esbuild', 'bin', 'esbuild');
  const flags = [
    '--bundle',
    '--format=esm',
    '--conditions=workerd,worker,browser',
    '--loader:.wasm=copy',
    '--outdir=out',
  ];
  await mustRun(process.execPath, [esbuild, 'app.js', ...flags], 'esbuild failed.', { cwd, minutes: 1 });
  // miniflare itself wants a newer Node.
  const output = await mustRun(await nodeOf(24), ['run.js'], 'workerd failed.', {
    cwd,
    env: { RELAY: relay },
    minutes: 1,
  });
  return JSON.parse(output.match(/^\[.*\]$/m)?.[0] ?? output);
}

/** @param {string} relay */
async function inEdgeRuntime(relay) {
  const edge = createRequire(join(await tool('edge-runtime'), 'package.json')).resolve('edge-runtime');
  const cwd = await project(
    'edge-runtime',
    {
      'app.js': `import * as api from 'video-task-query/inline';\nimport { smoke } from './smoke.js';
addEventListener('fetch', (event) => event.respondWith(
  (async () => Response.json(await smoke(api, new URL(event.request.url).searchParams.get('relay'))))()));\n`,
      'run.js': `import { readFileSync } from 'node:fs';
import edge from ${JSON.stringify(pathToFileURL(edge).href)};
const runtime = new edge.EdgeRuntime({ initialCode: readFileSync('out.js', 'utf8') });
const answer = await runtime.dispatchFetch('http://edge/?relay=' + encodeURIComponent(process.env.RELAY));
console.log(await answer.text());\n`,
    },
    ['esbuild'],
  );
  const esbuild = join(cwd, 'node_modules', 'esbuild', 'bin', 'esbuild');
  await mustRun(process.execPath, [esbuild, 'app.js', '--bundle', '--outfile=out.js'], 'esbuild failed.', {
    cwd,
    minutes: 1,
  });
  const output = await mustRun(process.execPath, ['run.js'], 'edge-runtime failed.', {
    cwd,
    env: { RELAY: relay },
    minutes: 1,
  });
  return JSON.parse(output.match(/^\[.*\]$/m)?.[0] ?? output);
}

export const runtimes = [...nodes, ...others];
