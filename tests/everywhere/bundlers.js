// @ts-check
/** Bundlers, without a plugin or a setting for the package: what they build and what they serve is opened in Chromium. */
import { join } from 'node:path';
import { mustRun } from '../../scripts/run.js';
import { browser } from './browsers.js';
import { countWasm } from './count-wasm.js';
import { asking, html } from './pages.js';
import { project } from './project.js';
import { files, freePort, program } from './serve.js';
import { versionOf } from './tools.js';

/** @typedef {import('./all.js').Case} Case */

const main = (from = 'video-task-query') => `import * as api from '${from}';
import { smoke } from './smoke.js';
${asking}\n`;
const tag = '<script type="module" src="./main.js"></script>';
/** @param {string} [src] @param {string} [from] */
const app = (src = tag, from) => ({ 'index.html': html(src), 'main.js': main(from) });
const built = app('<script type="module" src="./dist/main.js"></script>');
const node = process.execPath;

/**
 * @typedef {object} Bundler
 * @property {string} name
 * @property {string} tool
 * @property {Record<string, string>} files
 * @property {readonly string[]} [build] program inside node_modules and its arguments
 * @property {(port: number) => readonly string[]} [dev]
 * @property {string} [out] folder that is served; that of the project if not given
 * @property {string} [scan] folder in which the WebAssembly is counted
 * @property {boolean} [fast]
 */

/** What webpack and Rspack have in common. @param {string} server */
const packed = (server) => `export default {
  entry: './main.js', output: { filename: 'main.js' }, performance: { hints: false },
  devServer: { host: '127.0.0.1', static: '.', devMiddleware: { publicPath: '/dist/' }, ${server} },
};\n`;

/** @param {string} [options] */
const rollup = (options = '') => `import resolve from '@rollup/plugin-node-resolve';
export default { input: 'main.js', output: { file: 'dist/main.js', format: 'iife' }, plugins: [resolve(${options})] };\n`;

const metro = `module.exports = {
  resolver: { unstable_conditionsByPlatform: { web: ['browser'] }, platforms: ['web'] },
  transformer: { getTransformOptions: () => ({ transform: { experimentalImportSupport: true } }) },
};\n`;

/** @param {...string} flags */
const esbuild = (...flags) => [
  'esbuild/bin/esbuild',
  'main.js',
  '--bundle',
  '--format=esm',
  '--outfile=dist/main.js',
  ...flags,
];

/** @type {Bundler[]} */
const bundlers = [
  ...['vite-8', 'vite-7'].map((tool) => ({
    name: `Vite ${tool.slice(-1)}`,
    tool,
    fast: tool === 'vite-8',
    files: app(),
    build: ['vite/bin/vite.js', 'build', '--logLevel', 'warn'],
    dev: (/** @type {number} */ port) => [
      'vite/bin/vite.js',
      '--host',
      '127.0.0.1',
      '--strictPort',
      '--port',
      `${port}`,
    ],
    out: 'dist',
  })),
  {
    name: 'webpack',
    tool: 'webpack',
    files: { ...built, 'webpack.config.js': packed('hot: false, liveReload: false, client: false') },
    build: ['webpack-cli/bin/cli.js', 'build', '--mode', 'production'],
    dev: (port) => ['webpack-cli/bin/cli.js', 'serve', '--mode', 'development', '--port', `${port}`],
    scan: 'dist',
  },
  {
    name: 'Rspack',
    tool: 'rspack',
    files: { ...built, 'rspack.config.js': packed('hot: false, liveReload: false, client: false') },
    build: ['@rspack/cli/bin/rspack.js', 'build', '--mode', 'production'],
    dev: (port) => ['@rspack/cli/bin/rspack.js', 'serve', '--mode', 'development', '--port', `${port}`],
    scan: 'dist',
  },
  {
    name: 'Rollup',
    tool: 'rollup',
    files: { ...built, 'rollup.config.js': rollup() },
    build: ['rollup/dist/bin/rollup', '-c', '--silent'],
    scan: 'dist',
  },
  {
    // With this setting it asks for what Vite's build asks for, which copies the file.
    name: 'Rollup for browsers, /inline',
    tool: 'rollup',
    files: { ...built, 'main.js': main('video-task-query/inline'), 'rollup.config.js': rollup('{ browser: true }') },
    build: ['rollup/dist/bin/rollup', '-c', '--silent'],
    scan: 'dist',
  },
  {
    name: 'esbuild',
    tool: 'esbuild',
    fast: true,
    files: built,
    build: esbuild('--minify', '--log-level=warning'),
    dev: (port) => esbuild('--servedir=.', `--serve=127.0.0.1:${port}`),
    scan: 'dist',
  },
  {
    // As `ng build` of Angular asks; Angular itself is hundreds of packages.
    name: 'esbuild as Angular runs it',
    tool: 'esbuild',
    fast: true,
    files: built,
    build: esbuild('--minify', '--conditions=es2015,es2020,production,module,browser', '--log-level=warning'),
    scan: 'dist',
  },
  {
    name: 'Parcel',
    tool: 'parcel',
    files: app(),
    build: ['parcel/lib/bin.js', 'build', 'index.html', '--no-source-maps', '--log-level', 'error'],
    dev: (port) => [
      'parcel/lib/bin.js',
      'serve',
      'index.html',
      '--host',
      '127.0.0.1',
      '--port',
      `${port}`,
      '--no-hmr',
      '--no-autoinstall',
    ],
    out: 'dist',
  },
  {
    // As Expo asks for the web. What it writes is a script, in which an import.meta would be a mistake.
    name: 'Metro for the web',
    tool: 'metro',
    files: { ...app('<script src="./dist/main.js"></script>'), 'metro.config.cjs': metro, 'dist/.keep': '' },
    build: ['metro/src/cli.js', 'build', 'main.js', '--platform', 'web', '--out', 'dist/main.js'],
    scan: 'dist',
  },
];

/** @param {string} folder @param {readonly string[]} command */
const inside = (folder, [file = '', ...args]) => [node, join(folder, 'node_modules', ...file.split('/')), ...args];

/** @param {Bundler} bundler @returns {Case[]} */
function casesOf(bundler) {
  const common = { kind: 'bundler', fast: bundler.fast ?? false, version: () => versionOf(bundler.tool) };
  /** @type {Case[]} */
  const cases = [];
  if (bundler.build)
    cases.push({ ...common, name: `${bundler.name}, build`, run: (relay) => opensBuild(bundler, relay) });
  if (bundler.dev)
    cases.push({ ...common, name: `${bundler.name}, dev server`, run: (relay) => opensDev(bundler, relay) });
  return cases;
}

/** @param {Bundler} bundler @param {string} relay */
async function opensBuild({ name, tool, files: app, build = [], out = '', scan }, relay) {
  const cwd = await project(name, app, [tool]);
  const [program = '', ...args] = inside(cwd, build);
  await mustRun(program, args, `${name} could not build.`, { cwd, minutes: 3 });
  countWasm(join(cwd, scan ?? out));
  const site = await files(join(cwd, out));
  try {
    return await (await browser('chromium')).open(`${site.url}/?relay=${encodeURIComponent(relay)}`);
  } finally {
    await site.stop();
  }
}

/** @param {Bundler} bundler @param {string} relay */
async function opensDev({ name, tool, files: app, dev }, relay) {
  const cwd = await project(`${name}-dev`, app, [tool]);
  const port = await freePort();
  const command = inside(cwd, dev?.(port) ?? []);
  const server = await program(command, { cwd, url: `http://127.0.0.1:${port}/` });
  try {
    return await (await browser('chromium')).open(`${server.url}?relay=${encodeURIComponent(relay)}`);
  } finally {
    await server.stop();
  }
}

/** What runs in Node as one file that can be moved away from its node_modules. @type {Case} */
const singleFile = {
  kind: 'bundler',
  name: 'esbuild, one file for Node',
  fast: true,
  version: () => versionOf('esbuild'),
  async run(relay) {
    const script = `import * as api from 'video-task-query';\nimport { smoke } from './smoke.js';
console.log(JSON.stringify(await smoke(api, process.env.RELAY)));\n`;
    const cwd = await project('esbuild-node', { 'main.js': script }, ['esbuild']);
    const away = await project('esbuild-away', {});
    const file = join(away, 'main.mjs');
    const [program = '', ...args] = inside(cwd, [
      'esbuild/bin/esbuild',
      'main.js',
      '--bundle',
      '--platform=node',
      '--format=esm',
      `--outfile=${file}`,
    ]);
    await mustRun(program, args, 'esbuild could not build.', { cwd, minutes: 1 });
    return JSON.parse(
      await mustRun(node, [file], 'The file did not run.', { cwd: away, env: { RELAY: relay }, minutes: 1 }),
    );
  },
};

/** The way for those who want to say themselves where the file is. @type {Bundler} */
const slim = {
  name: 'Vite 8, /slim with ?url',
  tool: 'vite-8',
  files: {
    ...app(),
    'main.js': main('video-task-query/slim')
      .replace('api.init()', 'api.init(url)')
      .replace(/^/, `import url from 'video-task-query/video_task_query_bg.wasm?url';\n`),
  },
  build: ['vite/bin/vite.js', 'build', '--logLevel', 'warn'],
  out: 'dist',
};

export const bundled = [...bundlers.flatMap(casesOf), ...casesOf(slim), singleFile];
