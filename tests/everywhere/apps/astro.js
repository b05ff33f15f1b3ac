// @ts-check
/** Astro with its adapter for Node: a script of a page that is rendered ahead, and an endpoint. */
import { asking } from '../pages.js';

/** @type {import('../frameworks.js').Framework} */
export const astro = {
  name: 'Astro',
  tool: 'astro',
  files: {
    'astro.config.mjs': `import node from '@astrojs/node';
export default { adapter: node({ mode: 'standalone' }), devToolbar: { enabled: false } };\n`,
    'src/pages/index.astro': `<html><head><link rel="icon" href="data:,"></head><body><script>
import * as api from 'video-task-query';
import { smoke } from '../../smoke.js';
${asking}
</script></body></html>\n`,
    'src/pages/node.js': `import * as api from 'video-task-query';
import { smoke } from '../../smoke.js';
export const prerender = false;
export const GET = async ({ url }) => Response.json(await smoke(api, url.searchParams.get('relay')));\n`,
  },
  build: ['astro/bin/astro.mjs', 'build'],
  client: 'dist/client',
  start: ['dist/server/entry.mjs'],
  dev: (port) => ['astro/bin/astro.mjs', 'dev', '--host', '127.0.0.1', '--port', `${port}`],
};
