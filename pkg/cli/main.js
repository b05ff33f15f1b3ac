#!/usr/bin/env node
// @ts-check
/** The command `video-task-query`, for short `vtq`. */
import './node-version.js';
import { parseCall } from './arguments.js';
import { ask } from './ask.js';
import { codeOfError, EXIT } from './exit.js';
import { HELP, version } from './help.js';
import { plain } from './plain.js';
import { read } from './read.js';
import { withoutKeys } from '../ui/secrets.js';
import { UsageError } from './usage.js';
import { sentences } from './wrap.js';

/** What a shell reports of a program whose reader has left: that of SIGPIPE. */
const READER_LEFT = 141;

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    // `vtq … | head -1` is no error.
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EPIPE') process.exit(READER_LEFT);
    if (stream === process.stdout)
      process.stderr.write(`Standard output cannot be written: ${plain(error.message)}.\n`);
    process.exit(EXIT.unasked);
  });
}

process.exitCode = await main(process.argv.slice(2));

/** @param {readonly string[]} args @returns {Promise<number>} */
async function main(args) {
  try {
    const call = parseCall(args);
    if (call.values.help) return said(HELP);
    if (call.values.version) return said(version());
    if (call.command === 'ask' && args.length === 0) throw new UsageError(`There is no id to ask for.\n\n${HELP}`);
    switch (call.command) {
      case 'demo':
        return await (await import('./demo.js')).demo(call);
      case 'parse':
      case 'explain':
        return await read(call);
      default:
        return await ask(call);
    }
  } catch (error) {
    return complaint(error);
  }
}

/** @param {string} text */
function said(text) {
  process.stdout.write(`${text}\n`);
  return EXIT.completed;
}

/** @param {unknown} error */
function complaint(error) {
  if (error instanceof UsageError) {
    // A key that was pasted into the wrong place is repeated as what makes no sense there.
    const message = withoutKeys(plain(error.message), [process.env.VIDEO_TASK_API_KEY]);
    process.stderr.write(
      error.message.includes(HELP)
        ? `${error.message}\n`
        : `${sentences(process.stderr, message)}\nvtq --help tells more.\n`,
    );
    return EXIT.usage;
  }
  const { message } = error instanceof Error ? error : { message: error };
  process.stderr.write(`${sentences(process.stderr, plain(message))}\n`);
  return codeOfError(error);
}
