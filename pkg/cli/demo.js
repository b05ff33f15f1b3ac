// @ts-check
/** `vtq demo`: the whole of it in some seconds, against a practice relay of its own. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listenOnLoopback } from '../relay/listen.js';
import { createRelay, KEY } from '../relay/relay.js';
import { follow } from './ask.js';
import { EXIT } from './exit.js';
import { Output } from './output.js';
import { programName } from './resume.js';
import { saver } from './saver.js';
import { UsageError } from './usage.js';

/** How long an ordinary task of the relay lives. */
const LIFE_MS = 6000;
const INTERVAL_MS = 250;

const IDS = [
  'sora-2:task_completes',
  'veo3.1-fast:task_completes',
  'grok:recovers',
  'sora-2:moderated',
  'veo3.1-fast:fails',
  'grok:errors_twice',
  'sora-2:no_such_task',
];

/** @param {import('./arguments.js').Call} call @returns {Promise<number>} */
export async function demo({ words }) {
  if (words.length > 0) throw new UsageError('vtq demo takes no ids: it has its own.');
  const name = programName(process.env);
  const { server, port } = await listenOnLoopback(createRelay({ lifeMs: LIFE_MS }), 0);
  const folder = await mkdtemp(join(tmpdir(), 'video-task-query-'));
  const tidy = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  // Also where the process ends at once: its reader left, or Ctrl-C was pressed twice.
  process.once('exit', tidy);
  try {
    const baseUrl = `http://127.0.0.1:${port}`;
    process.stdout.write(`A practice relay listens at ${baseUrl}, and ${IDS.length} tasks are waited for, as by\n\n`);
    process.stdout.write(`  ${name} --wait --download ${IDS.slice(0, 2).join(' ')} …\n\n`);
    const options = { baseUrl, apiKey: KEY, intervalMs: INTERVAL_MS };
    const values = { wait: true, download: folder };
    const save = await saver(values, options);
    save?.name(IDS);
    const output = new Output({ live: true });
    const code = await follow(IDS, { options, values, save, output, resume: () => `To go on:\n\n  ${name} demo` });
    // Whatever became of the tasks: what was to be shown was shown.
    if (code > EXIT.going) return code;
    process.stdout.write(`\nThe films were saved, and are gone again with the relay. Now with a service of yours:\n\n`);
    process.stdout.write(`  VIDEO_TASK_BASE_URL=https://… VIDEO_TASK_API_KEY=… ${name} --wait --download ID\n`);
    return EXIT.completed;
  } finally {
    server.close();
    server.closeAllConnections();
    process.off('exit', tidy);
    tidy();
  }
}
