// @ts-check
/** A failure that is told in a sentence a reader can act on, and shown without a stack. */
export class Trouble extends Error {
  /**
   * @param {string} sentence what went wrong and what to do about it
   * @param {string} [output] what the failing command printed
   */
  constructor(sentence, output = '') {
    super(sentence);
    this.output = output;
  }
}

/**
 * The body of a script that is started by itself: a failure becomes its sentence and exit code 1.
 *
 * @param {() => Promise<unknown>} job gives false where it has told of a failure itself
 */
export async function runScript(job) {
  try {
    refuseOldNode();
    if ((await job()) === false) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (error.output) console.error(error.output.trimEnd());
    console.error(error.message);
    process.exitCode = 1;
  }
}

function refuseOldNode() {
  if (Number.parseInt(process.versions.node, 10) >= 20) return;
  throw new Trouble(
    `Node 20 or newer is needed and this is ${process.version}: ` +
      'install a newer one (https://nodejs.org) and run this again.',
  );
}
