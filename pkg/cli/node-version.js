// @ts-check
/** Imported before all else: what an older Node lacks would be told as a ReferenceError from somewhere inside. */

const OLDEST = 20;

if (Number.parseInt(process.versions.node, 10) < OLDEST) {
  process.stderr.write(`vtq needs Node ${OLDEST} or newer, and this is Node ${process.versions.node}.\n`);
  // As in exit.js, which is not loaded yet: nothing could be asked.
  process.exit(3);
}
