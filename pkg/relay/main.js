// @ts-check
/** `npm run relay`: the practice relay alone, on this machine's own address. */
import { asksForHelp, closeOnSignal, listenOnLoopback, portFrom } from './listen.js';
import { KINDS, MODELS } from './ids.js';
import { createRelay, KEY, LIFE_MS } from './relay.js';

const PORT = 8788;
const HELP = `The practice relay: answers questions about video tasks as relays do, without making a video.

  npm run relay              listens on 127.0.0.1:${PORT}, or on a free port if that one is taken
  PORT=9000 npm run relay    listens on port 9000

Ctrl-C ends it.`;

try {
  if (asksForHelp(process.argv.slice(2))) console.log(HELP);
  else await serve(portFrom(process.env.PORT, PORT));
} catch (error) {
  console.error(`The practice relay could not start: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

/** @param {number} wanted */
async function serve(wanted) {
  const { server, port, note } = await listenOnLoopback(createRelay(), wanted);
  closeOnSignal(server);
  if (note) console.log(note);
  console.log(greeting(`http://127.0.0.1:${port}`));
}

/** @param {string} base */
function greeting(base) {
  const width = Math.max(...KINDS.map(({ kind }) => kind.length)) + 2;
  return `Practice relay   ${base}
Key              ${KEY}

Ids are one of ${MODELS.map((model) => `${model}:`).join(' ')} followed by
${KINDS.map(({ kind, does }) => `  ${kind.padEnd(width)}${does}`).join('\n')}
A task lives ${LIFE_MS / 1000} s from the first question on. A suffix makes a fresh one: ${MODELS[0]}:${KINDS[0].kind}-2

  curl -H 'Authorization: Bearer ${KEY}' '${base}/v1/video/query?id=${MODELS[0]}:${KINDS[0].kind}'

Ctrl-C ends it.`;
}
