// @ts-check
import { join } from 'node:path';
import { portFrom } from '../pkg/relay/listen.js';
import { HELP, PORT } from '../www/help.js';
import { runCommand } from './command.js';
import { isBuilt } from './compile.js';
import { root } from './paths.js';
import { run } from './run.js';
import { runSteps } from './run-steps.js';
import { ScriptError } from './script-error.js';

await runCommand(HELP, async () => {
  refusePort();
  if (!isBuilt() && !(await runSteps(['build'])).ok) return false;
  const { code } = await run(process.execPath, [join(root, 'www', 'main.js')], { live: true });
  process.exitCode = code;
  return undefined;
});

/** Before the set-up, which takes minutes. */
function refusePort() {
  try {
    portFrom(process.env.PORT, PORT);
  } catch (error) {
    throw new ScriptError(`The page could not be served: ${error instanceof Error ? error.message : error}`);
  }
}
