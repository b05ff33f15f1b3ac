// @ts-check
import { readFileSync } from 'node:fs';

// 24 lines of 80 columns: what a terminal shows at once.
export const HELP = `Usage: vtq [options] <id>...       ask how tasks stand; - reads ids from stdin
       vtq parse <file|->          read a saved answer
       vtq explain <file|->        say where in it each field comes from
       vtq demo                    show all of it with a practice relay; no key

  -w, --wait             wait for the end, with a progress bar for each task
  --download[=FILE]      save the video, or go on where it was cut off; FILE may
                         be a folder; --force overwrites an existing file
  --kind KIND            save the upscaled, source, medium or watermarked one
  --json                 a line of JSON for each task, also if asking failed
  --base-url URL         the service; default: VIDEO_TASK_BASE_URL
  --api-key KEY          others can read it here; better set VIDEO_TASK_API_KEY
  --endpoint E           auto, unified, openai, generations, or a path with {id}
  --header 'NAME: VALUE' send this with each request; may be repeated
  --timeout-ms, --max-retries, --max-body-bytes N   for each request
  --deadline-ms, --interval-ms, --max-missed-polls, --requests-per-second N
                         for --wait; --concurrency N  requests at once
  --id ID                parse, explain: the id that was asked for
  -h, --help  -V, --version

Exit codes: 0 all completed   1 a task failed       2 wrong usage
            3 could not ask, save or write          4 a task is still going
Of several tasks the first of 3, 1, 4 counts. An id like a command: vtq -- demo
Cards go to stdout, those of errors to stderr; all lines of --json to stdout.`;

/** The version of the package that this file is in. */
export function version() {
  /** @type {{ version: string }} */
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return manifest.version;
}
