// @ts-check
/** What `npm start` runs once the package is built: the page and the practice relay, on this machine's own address. */
import { existsSync } from 'node:fs';
import { closeOnSignal, listenOnLoopback, portFrom } from '../pkg/relay/listen.js';
import { KINDS, MODELS } from '../pkg/relay/ids.js';
import { KEY } from '../pkg/relay/relay.js';
import { createSite } from './serve.js';

const PORT = 8787;
const HELP = `The demo page of video-task-query, with a practice relay to ask.

  npm start              builds what is missing, then serves http://localhost:${PORT} (a free port where it is taken)
  PORT=9000 npm start    serves port 9000

Ctrl-C ends it.`;

if (process.argv.includes('--help') || process.argv.includes('-h')) {
  console.log(HELP);
} else if (!existsSync(new URL('../pkg/dist', import.meta.url))) {
  console.error('The package is not built yet: run `npm run build`, or `npm start`, which does it by itself.');
  process.exitCode = 1;
} else {
  try {
    const { server, port } = await listenOnLoopback(createSite(), portFrom(process.env.PORT, PORT));
    closeOnSignal(server);
    console.log(greeting(`http://localhost:${port}`));
  } catch (error) {
    console.error(`The page could not be served: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

/** @param {string} base */
function greeting(base) {
  const id = `${MODELS[0]}:${KINDS[0].kind}`;
  const script =
    `import { queryTask } from './pkg/node.js'; ` +
    `console.log(await queryTask('${id}', { baseUrl: '${base}', apiKey: '${KEY}' }))`;
  return `The page is at   ${base}

Ask from Node, in another shell, in this folder:

  node --input-type=module -e "${script}"

Ctrl-C ends it.`;
}
