// @ts-check
import { steps } from './steps.js';
import { asScriptError } from './script-error.js';

const margin = ' '.repeat(13);

/**
 * Runs the named steps and those that they need. A failed step stops only the steps that need it.
 *
 * @param {readonly string[]} names
 * @returns {Promise<{ passed: number, failed: number, ok: boolean }>} a failed step that is no test counts as one
 */
export async function runSteps(names) {
  const wanted = withNeeds(names);
  /** @type {Set<string>} */
  const broken = new Set();
  const sum = { passed: 0, failed: 0, ok: true };
  for (const [name, step] of Object.entries(steps)) {
    if (!wanted.has(name)) continue;
    console.log(`${name.padEnd(margin.length)}${step.what}`);
    const missing = step.needs?.find((need) => broken.has(need));
    if (missing) console.log(`${margin}NOT RUN, because it needs ${missing}`);
    const { passed, failed } = missing ? { passed: 0, failed: step.tests ? 1 : 0 } : await runStep(step);
    if (missing || failed > 0) broken.add(name);
    sum.passed += passed;
    sum.failed += failed;
  }
  sum.ok = broken.size === 0;
  return sum;
}

/**
 * @param {readonly string[]} names
 * @returns {Set<string>}
 */
function withNeeds(names) {
  return new Set(names.flatMap((name) => [name, ...withNeeds(steps[name]?.needs ?? [])]));
}

/**
 * @param {import('./steps.js').Step} step
 * @returns {Promise<{ passed: number, failed: number }>}
 */
async function runStep(step) {
  const start = performance.now();
  const outcome = await step.job().catch(asOutcome);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const { passed = 0, failed = 0 } = outcome;
  const empty = step.tests && passed + failed === 0;
  const bad = empty || failed > 0;
  if (bad && outcome.output) console.log(`\n${outcome.output.trim()}\n`);
  const note = empty ? 'it ran no tests, and there should be some' : (outcome.note ?? result(step, outcome));
  console.log(`${margin}${bad ? 'FAILED: ' : ''}${note} (${seconds} s)`);
  return { passed, failed: empty ? 1 : failed };
}

/**
 * @param {import('./steps.js').Step} step
 * @param {import('./steps.js').Outcome} outcome
 */
function result(step, { passed = 0, failed = 0 }) {
  return step.tests ? `${passed} passed${failed ? `, ${failed} failed` : ''}` : 'done';
}

/**
 * A step that breaks is a failed one, whatever it was: the last line of a run always comes.
 *
 * @param {unknown} error
 * @returns {import('./steps.js').Outcome}
 */
function asOutcome(error) {
  const trouble = asScriptError(error);
  if (trouble) return { failed: 1, note: trouble.message, output: trouble.output };
  const output = error instanceof Error ? error.stack : String(error);
  return { failed: 1, note: 'the step broke, which is a mistake in scripts/: see above', output };
}
