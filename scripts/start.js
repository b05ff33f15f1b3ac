// @ts-check
import { join } from 'node:path';
import { isBuilt } from './compile.js';
import { root } from './paths.js';
import { run } from './run.js';
import { runSteps } from './run-steps.js';
import { runScript } from './trouble.js';

await runScript(async () => {
  if (!isBuilt() && !(await runSteps(['build'])).ok) return false;
  const page = join(root, 'www', 'main.js');
  const { code } = await run(process.execPath, [page, ...process.argv.slice(2)], { live: true });
  process.exitCode = code;
  return undefined;
});
