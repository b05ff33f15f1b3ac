// @ts-check
/** What `npm start` says of itself: before it builds anything too, so no more than this is loaded for it. */

/** Where the page is served unless PORT says otherwise. */
export const PORT = 8787;

export const HELP = `The demo page of video-task-query, with a practice relay to ask.

  npm start              builds what is missing, then serves http://localhost:${PORT} (a free port where it is taken)
  PORT=9000 npm start    serves port 9000

Ctrl-C ends it.`;
