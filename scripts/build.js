// @ts-check
import { runCommand } from './command.js';
import { runSteps } from './run-steps.js';

const HELP = 'npm run build    compiles the crate into pkg/dist, unless that is up to date';

await runCommand(HELP, async () => (await runSteps(['build'])).ok);
