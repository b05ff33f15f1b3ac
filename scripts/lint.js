// @ts-check
import { runCommand } from './command.js';
import { runSteps } from './run-steps.js';

const HELP = 'npm run lint    cargo fmt, Prettier, clippy and TypeScript look at everything and change nothing';

await runCommand(HELP, async () => (await runSteps(['rustfmt', 'prettier', 'clippy', 'clippy-wasm', 'types'])).ok);
