// By its name also where `exports` is not read: module resolution of the kind `node10`.
export * from './index.js';
