// @ts-check
import { runSteps } from './run-steps.js';
import { runScript } from './trouble.js';

await runScript(async () => (await runSteps(['rustfmt', 'prettier', 'clippy', 'clippy-wasm', 'types'])).ok);
