// @ts-check
/** Nitro, what Nuxt's servers are built with: a route that asks, in the server that it builds. */
import { join } from 'node:path';
import { mustRun } from '../../scripts/run.js';
import { project } from './project.js';
import { freePort, program } from './serve.js';
import { versionOf } from './tools.js';

const app = {
  'nitro.config.js': `export default { compatibilityDate: '2026-01-01' };\n`,
  'routes/index.js': `import * as api from 'video-task-query';
import { smoke } from '../smoke.js';
export default defineEventHandler((event) => {
  const { relay } = getQuery(event);
  return relay ? smoke(api, relay) : 'ready';
});\n`,
};

/** It copies only those files of a package that it has traced, so that the built server shows what it has missed. */
export const nitro = [
  /** @type {import('./all.js').Case} */ ({
    kind: 'bundler',
    name: 'Nitro, built server',
    version: () => versionOf('nitropack'),
    async run(relay) {
      const cwd = await project('nitro', app, ['nitropack']);
      const cli = join(cwd, 'node_modules', 'nitropack', 'dist', 'cli', 'index.mjs');
      await mustRun(process.execPath, [cli, 'build'], 'nitro build failed.', { cwd, minutes: 3 });
      const port = await freePort();
      const url = `http://127.0.0.1:${port}/`;
      const server = await program([process.execPath, join(cwd, '.output', 'server', 'index.mjs')], {
        cwd,
        url,
        env: { NITRO_HOST: '127.0.0.1', NITRO_PORT: `${port}` },
      });
      try {
        const answer = await fetch(`${url}?relay=${encodeURIComponent(relay)}`);
        const text = await answer.text();
        if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${text.slice(0, 500)}`);
        return JSON.parse(text);
      } finally {
        await server.stop();
      }
    },
  }),
];
