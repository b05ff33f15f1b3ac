// @ts-check
/** React Router as a framework, what Remix has become: a page, and a loader that answers by itself. */
import { reactPage } from '../pages.js';

/** By these it knows that its server is Node, and what it need not install by itself, which would remove all else. */
const dependencies = { 'video-task-query': '0.1.0', '@react-router/node': '8.4.0', isbot: '5.2.3' };

/** @type {import('../frameworks.js').Framework} */
export const reactRouter = {
  name: 'React Router',
  tool: 'react-router',
  files: {
    'package.json': JSON.stringify({ name: 'app', private: true, type: 'module', dependencies }),
    'vite.config.js': `import { reactRouter } from '@react-router/dev/vite';
export default { plugins: [reactRouter()] };\n`,
    'app/routes.js': `import { index, route } from '@react-router/dev/routes';
export default [index('page.jsx'), route('node', 'node.js')];\n`,
    'app/root.jsx': `import { Outlet, Scripts } from 'react-router';
export default () => <html><head><link rel="icon" href="data:," /></head><body><Outlet /><Scripts /></body></html>;\n`,
    'app/page.jsx': reactPage,
    'app/node.js': `import * as api from 'video-task-query';
import { smoke } from '../smoke.js';
export const loader = async ({ request }) => Response.json(await smoke(api, new URL(request.url).searchParams.get('relay')));\n`,
  },
  build: ['@react-router/dev/bin.cjs', 'build'],
  client: 'build/client',
  start: ['node_modules/@react-router/serve/bin.cjs', 'build/server/index.js'],
  dev: (port) => ['@react-router/dev/bin.cjs', 'dev', '--host', '127.0.0.1', '--port', `${port}`],
};
