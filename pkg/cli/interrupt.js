// @ts-check
/** Ctrl-C and its like: everything under way is given up, the terminal is left as it was, and the exit code tells. */

/** What a shell reports of a program that such a signal ended. */
const CODES = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });

export class Interrupted extends Error {
  /** @param {number} code */
  constructor(code) {
    super('interrupted');
    this.code = code;
  }
}

/**
 * @param {import('./live.js').LiveProgress | null} live
 * @returns {{ signal: AbortSignal, end: () => void }}
 */
export function onInterrupt(live) {
  const controller = new AbortController();
  /** @type {[NodeJS.Signals, () => void][]} */
  const listeners = Object.entries(CODES).map(([name, code]) => [
    /** @type {NodeJS.Signals} */ (name),
    () => {
      live?.stop();
      // Twice: whatever it waits for, it is over now.
      if (controller.signal.aborted) process.exit(code);
      controller.abort(new Interrupted(code));
    },
  ]);
  if (live && process.platform !== 'win32') {
    // Ctrl-Z: the shell gets its cursor back, and `fg` brings the bars back.
    listeners.push([
      'SIGTSTP',
      () => {
        live.pause();
        process.kill(process.pid, 'SIGSTOP');
      },
    ]);
    listeners.push(['SIGCONT', () => (controller.signal.aborted ? undefined : live.resume())]);
  }
  for (const [name, listener] of listeners) process.on(name, listener);
  const stop = () => live?.stop();
  process.on('exit', stop);
  return {
    signal: controller.signal,
    end() {
      for (const [name, listener] of listeners) process.off(name, listener);
      process.off('exit', stop);
    },
  };
}
