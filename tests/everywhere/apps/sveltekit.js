// @ts-check
/** SvelteKit with its adapter for Node: a page and an endpoint. */
import { asking } from '../pages.js';

/** @type {import('../frameworks.js').Framework} */
export const sveltekit = {
  name: 'SvelteKit',
  tool: 'sveltekit',
  files: {
    'vite.config.js': `import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
export default { plugins: [sveltekit({ adapter: adapter() })] };\n`,
    'src/app.html':
      '<!doctype html><html><head>%sveltekit.head%</head><body><div>%sveltekit.body%</div></body></html>\n',
    'src/routes/+page.svelte': `<script>
import { onMount } from 'svelte';
import * as api from 'video-task-query';
import { smoke } from '../../smoke.js';
onMount(() => { ${asking} });
</script>
<p>Asking</p>\n`,
    'src/routes/node/+server.js': `import * as api from 'video-task-query';
import { smoke } from '../../../smoke.js';
export const GET = async ({ url }) => Response.json(await smoke(api, url.searchParams.get('relay')));\n`,
  },
  build: ['vite/bin/vite.js', 'build'],
  client: 'build/client',
  start: ['build/index.js'],
  dev: (port) => ['vite/bin/vite.js', 'dev', '--host', '127.0.0.1', '--port', `${port}`],
};
