// @ts-check
/** What `npm start` runs once the package is built: the page and the practice relay, on this machine's own address. */
import { existsSync } from 'node:fs';
import { asksForHelp, closeOnSignal, listenOnLoopback, portFrom } from '../pkg/relay/listen.js';
import { KINDS, MODELS } from '../pkg/relay/ids.js';
import { KEY } from '../pkg/relay/relay.js';
import { HELP, PORT } from './help.js';
import { createSite } from './serve.js';

try {
  if (asksForHelp(process.argv.slice(2))) console.log(HELP);
  else await serve(portFrom(process.env.PORT, PORT));
} catch (error) {
  console.error(`The page could not be served: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

/** @param {number} wanted */
async function serve(wanted) {
  if (!existsSync(new URL('../pkg/dist', import.meta.url))) {
    throw new Error('the package is not built yet. Run `npm run build`, or `npm start`, which does it by itself.');
  }
  const { server, port, note } = await listenOnLoopback(createSite(), wanted);
  closeOnSignal(server);
  if (note) console.log(note);
  console.log(greeting(`http://localhost:${port}`));
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
