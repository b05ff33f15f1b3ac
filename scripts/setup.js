// @ts-check
import { runCommand } from './command.js';
import { runSteps } from './run-steps.js';

const HELP = 'npm run setup    installs what the other commands need, into folders that git ignores';

await runCommand(HELP, async () => (await runSteps(['packages', 'toolchain', 'wasm-pack', 'chromium'])).ok);
