// @ts-check
import { runSteps } from './run-steps.js';
import { steps } from './steps.js';
import { ScriptError, runScript } from './script-error.js';

const all = ['rust', 'wasm', 'build', 'types', 'node', 'browser', 'everywhere'];

const help = `npm test                       everything, on a machine that has only Rust and Node
npm test -- --only=rust,node   some of it, and what that needs

${all.map((name) => `${name.padEnd(10)} ${steps[name]?.what}`).join('\n')}`;

await runScript(async () => {
  const options = process.argv.slice(2);
  if (options.some((word) => word === '--help' || word === '-h')) return console.log(help);
  const { passed, failed, ok } = await runSteps(wanted(options));
  console.log(`\n${passed} passed, ${failed} failed`);
  return ok;
});

/**
 * @param {readonly string[]} options
 * @returns {readonly string[]}
 */
function wanted(options) {
  if (options.length === 0) return all;
  const [only, ...rest] = options;
  const names = /^--only=(.+)$/.exec(only ?? '')?.[1]?.split(',') ?? [];
  if (rest.length > 0 || names.length === 0 || !names.every((name) => all.includes(name))) {
    throw new ScriptError(`Not understood: ${options.join(' ')}\n\n${help}`);
  }
  return names;
}
