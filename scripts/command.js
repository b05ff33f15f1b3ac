// @ts-check
/** The commands that take no words but those that ask for help. */
import { ScriptError, runScript } from './script-error.js';

const HELP_WORDS = ['--help', '-h'];

/**
 * The body of such a command. Its words are looked at first: what it does may take minutes.
 *
 * @param {string} help
 * @param {() => Promise<unknown>} job gives false where it has told of a failure itself
 */
export function runCommand(help, job) {
  return runScript(async () => {
    const words = process.argv.slice(2);
    const unknown = words.find((word) => !HELP_WORDS.includes(word));
    if (unknown !== undefined)
      throw new ScriptError(`Not understood: ${unknown}. Known are ${HELP_WORDS.join(' and ')}.`);
    return words.length > 0 ? console.log(help) : job();
  });
}
