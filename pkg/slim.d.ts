// By its name also where `exports` is not read: module resolution of the kind `node10`.
import { init as anywhere } from './index.js';

export * from './index.js';
/** Loads the WebAssembly, of which this entry has none of its own: from a URL, an answer, bytes or a module. */
export function init(source: NonNullable<Parameters<typeof anywhere>[0]>): Promise<void>;
