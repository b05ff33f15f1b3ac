// @ts-check
/** The package as programs that import it see it. */
import * as node from '../node.js';

export const { createClient, explainTask, isTaskQueryError, parseTask } = /** @type {typeof import('../index.js')} */ (
  /** @type {unknown} */ (node)
);
