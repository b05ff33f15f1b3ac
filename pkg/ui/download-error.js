// @ts-check

/** The video could not be saved; the task itself is fine. */
export class DownloadError extends Error {
  name = 'DownloadError';
  code = 'download';

  /** @param {string} message @param {{ isPassing?: boolean, waitMs?: number, cause?: unknown }} [more] isPassing: trying again may help */
  constructor(message, { isPassing = false, waitMs = 0, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.isPassing = isPassing;
    this.waitMs = waitMs;
  }
}
