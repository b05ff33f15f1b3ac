// @ts-check
/** Frameworks with a server: what it answers, and what its page says in Chromium, as they build it and as they develop it. */
import { join } from 'node:path';
import { mustRun } from '../../scripts/run.js';
import { angular } from './apps/angular.js';
import { astro } from './apps/astro.js';
import { nuxt } from './apps/nuxt.js';
import { reactRouter } from './apps/react-router.js';
import { sveltekit } from './apps/sveltekit.js';
import { countWasm } from './count-wasm.js';
import { project } from './project.js';
import { saidAt } from './said-at.js';
import { freePort, program } from './serve.js';
import { nodeOf, versionOf } from './tools.js';

/** @typedef {import('./all.js').Case} Case */

/**
 * Its server has a route `node`, and its page is at the root.
 *
 * @typedef {object} Framework
 * @property {string} name
 * @property {string} tool
 * @property {Record<string, string>} files
 * @property {readonly string[]} build program inside node_modules and its arguments
 * @property {string} client folder of what browsers get, in which the WebAssembly is counted
 * @property {readonly string[]} start program inside the project and its arguments
 * @property {(port: number) => readonly string[]} dev program inside node_modules and its arguments
 */

const QUIET = { CI: '1', NUXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1', NG_CLI_ANALYTICS: 'false' };

/** Most of them want a newer Node than the oldest that this package runs on. */
const node = () => nodeOf(24);

/** @param {string} cwd @param {readonly string[]} command @param {string} relay */
async function served(cwd, [file = '', ...args], relay, port = 0) {
  port ||= await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { ...QUIET, HOST: '127.0.0.1', PORT: `${port}` };
  const server = await program([await node(), join(cwd, file), ...args], { cwd, url, env });
  try {
    return await saidAt(url, relay, ['node']);
  } finally {
    await server.stop();
  }
}

/** @param {Framework} framework @returns {Case[]} */
function casesOf({ name, tool, files, build, client, start, dev }) {
  const common = { kind: 'bundler', version: () => versionOf(tool) };
  return [
    {
      ...common,
      name: `${name}, build: page, server`,
      async run(relay) {
        const cwd = await project(name, files, [tool]);
        const [file = '', ...args] = build;
        const command = [join(cwd, 'node_modules', file), ...args];
        await mustRun(await node(), command, `${name} could not build.`, { cwd, env: QUIET, minutes: 3 });
        countWasm(join(cwd, client));
        return served(cwd, start, relay);
      },
    },
    {
      ...common,
      name: `${name}, dev server: the same`,
      async run(relay) {
        const cwd = await project(`${name}-dev`, files, [tool]);
        const port = await freePort();
        const [file = '', ...args] = dev(port);
        return served(cwd, [join('node_modules', file), ...args], relay, port);
      },
    },
  ];
}

export const frameworks = [nuxt, angular, sveltekit, astro, reactRouter].flatMap(casesOf);
