// @ts-check
/** Next.js: a page that asks in the browser, a route in Node and a route of the edge, built and served by itself. */
import { join } from 'node:path';
import { mustRun } from '../../scripts/run.js';
import { countWasm } from './count-wasm.js';
import { reactPage } from './pages.js';
import { project } from './project.js';
import { saidAt } from './said-at.js';
import { freePort, program } from './serve.js';
import { versionOf } from './tools.js';

const route = (/** @type {string} */ runtime) => `import * as api from 'video-task-query';
import { smoke } from '../../smoke.js';
export const runtime = '${runtime}';
export const dynamic = 'force-dynamic';
export async function GET(request) {
  return Response.json(await smoke(api, new URL(request.url).searchParams.get('relay')));
}\n`;

const app = {
  'app/layout.js': `export default function Layout({ children }) { return <html><body>{children}</body></html>; }\n`,
  'app/page.js': `'use client';\n${reactPage}`,
  'app/node/route.js': route('nodejs'),
  'app/edge/route.js': route('edge'),
};

const env = { NEXT_TELEMETRY_DISABLED: '1' };

/** With webpack Next 16.4 fails to build any route of the edge, one that imports nothing as well. */
const withoutEdge = Object.fromEntries(Object.entries(app).filter(([file]) => !file.includes('edge')));

/** @param {string} name @param {'build' | 'dev'} command @param {string[]} [flags] @returns {import('./all.js').Case} */
const nextCase = (name, command, flags = []) => ({
  kind: 'bundler',
  name,
  version: () => versionOf('next'),
  async run(relay) {
    const isWebpack = flags.includes('--webpack');
    const cwd = await project(name, isWebpack ? withoutEdge : app, ['next']);
    const next = [process.execPath, join(cwd, 'node_modules', 'next', 'dist', 'bin', 'next')];
    if (command === 'build') {
      const [program = '', ...args] = [...next, 'build', ...flags];
      await mustRun(program, args, 'next build failed.', { cwd, env, minutes: 5 });
      countWasm(join(cwd, '.next', 'static'));
    }
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const serving = command === 'build' ? ['start'] : ['dev', ...flags];
    const server = await program([...next, ...serving, '--hostname', '127.0.0.1', '--port', `${port}`], {
      cwd,
      url,
      env,
    });
    try {
      return await saidAt(url, relay, isWebpack ? ['node'] : ['node', 'edge']);
    } finally {
      await server.stop();
    }
  },
});

export const next = [
  nextCase('Next.js, build: page, route, edge', 'build'),
  nextCase('Next.js, dev server: the same', 'dev'),
  nextCase('Next.js --webpack, build: page, route', 'build', ['--webpack']),
];
