// @ts-check
/** A failure that is told in a sentence a reader can act on, and shown without a stack. */
export class ScriptError extends Error {
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
 * What no script foresees where it happens, since any file may be the one.
 *
 * @param {unknown} error
 * @returns {ScriptError | undefined} none for a mistake of the scripts themselves, whose stack is needed
 */
export function asScriptError(error) {
  if (error instanceof ScriptError) return error;
  const { code = '', path = '', syscall } = /** @type {NodeJS.ErrnoException} */ (error ?? {});
  // Of a file that is open already the system names no path.
  if (syscall && code === 'ENOSPC') return new ScriptError('The disk is full: make room and run this again.');
  // That is how Node 20 words it where it makes several folders at once and the file system can only be read.
  const readOnly = code === 'ENOENT' && syscall === 'mkdir';
  if (!syscall || !path || !(readOnly || ['EACCES', 'EPERM', 'EROFS'].includes(code))) return undefined;
  return new ScriptError(
    `This cannot be written: ${path} (${code}). Give this user the folder, or clone it elsewhere.`,
  );
}

/**
 * The body of a script that is started by itself: a failure becomes its sentence and exit code 1.
 *
 * @param {() => Promise<unknown>} job gives false where it has told of a failure itself
 */
export async function runScript(job) {
  endWithReader();
  try {
    refuseOldNode();
    if ((await job()) === false) process.exitCode = 1;
  } catch (error) {
    const told = asScriptError(error);
    if (!told) throw error;
    if (told.output) console.error(told.output.trimEnd());
    console.error(told.message);
    process.exitCode = 1;
  }
}

/** As other programs do where what they print goes to `head`, which has seen enough: without a word. */
function endWithReader() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code !== 'EPIPE') throw error;
      // The listener of run.js ends what is running first.
      if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(143);
    });
  }
}

function refuseOldNode() {
  if (Number.parseInt(process.versions.node, 10) >= 20) return;
  throw new ScriptError(
    `Node 20 or newer is needed and this is ${process.version}: ` +
      'install a newer one (https://nodejs.org) and run this again.',
  );
}
