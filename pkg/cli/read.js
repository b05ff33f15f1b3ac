// @ts-check
/** `vtq parse` and `vtq explain`: a saved answer, read without asking anybody. */
import { createReadStream } from 'node:fs';
import { codeOfError, codeOfTask } from './exit.js';
import { readInput } from './input.js';
import { insteadOfAnswer } from '../ui/instead.js';
import { Output } from './output.js';
import { explainTask, isTaskQueryError, parseTask } from './package.js';
import { brief, jsonLine, plain } from './plain.js';
import { painter } from './style.js';
import { UsageError } from './usage.js';
import { fit, width } from './width.js';
import { wrongOption } from './wrong-option.js';

/** @type {Record<string, (name: string) => string>} by the system's code */
const SENTENCES = {
  ENOENT: (name) => `There is no file ${name}.`,
  EISDIR: (name) => `${name} is a folder, not a file.`,
  EACCES: (name) => `${name} cannot be read, permission is missing.`,
  ENAMETOOLONG: (name) => `The name ${name} is too long for a file.`,
};

/** @param {import('./arguments.js').Call} call @returns {Promise<number>} the exit code */
export async function read({ command, words, values }) {
  const [file, ...more] = words;
  if (file === undefined || more.length > 0)
    throw new UsageError(`vtq ${command} takes one file, or - for standard input.`);
  const body = await bodyOf(file);
  const options = {
    ...(values.id === undefined ? {} : { id: String(values.id) }),
    ...(values['base-url'] === undefined ? {} : { baseUrl: String(values['base-url']) }),
  };
  const output = new Output({ json: values.json === true });
  try {
    if (command === 'explain') {
      const explanation = explainTask(body, options);
      process.stdout.write(values.json ? `${jsonLine(explanation)}\n` : `${table(explanation).join('\n')}\n`);
      return codeOfTask(explanation.task);
    }
    const task = parseTask(body, options);
    output.task(task.id, task, null);
    return codeOfTask(task);
  } catch (error) {
    const wrong = values.json ? null : wrongOption(error, values, {});
    if (wrong || !isTaskQueryError(error)) throw wrong ?? error;
    // Nobody asked a service, of which the package's words speak.
    const message = insteadOfAnswer(body.toString(), error);
    if (message) Object.assign(error, { message, serviceMessage: null });
    output.error(String(values.id ?? file), error, 'read');
    return codeOfError(error);
  }
}

/** @param {string} file */
async function bodyOf(file) {
  const name = file === '-' ? 'standard input' : brief(file, 200);
  try {
    // By and by: devices and pipes have no end.
    return await (file === '-' ? readInput() : readInput(createReadStream(file), `in ${name}`));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code = '', message } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new UsageError(SENTENCES[code]?.(name) ?? `${name} cannot be read: ${plain(message)}`);
  }
}

/** Field, path and value, and what was not used. @param {import('../index.js').Explanation} explanation */
function table({ shape, task, fields, ignored }) {
  const paint = painter(process.stdout, process.env);
  const rows = fields.map(({ field, path, note }) => [
    plain(field),
    plain(path) || '-',
    brief(valueAt(task, field), 60),
    note ? plain(note) : '',
  ]);
  const wide = (/** @type {number} */ column) =>
    Math.min(50, Math.max(5, ...rows.map((row) => width(row[column] ?? ''))));
  const [first, second] = [wide(0), wide(1)];
  const lines = rows.map(([field = '', path = '', value = '', note = '']) => {
    const why = note ? paint('dim', `  (${note})`) : '';
    return `  ${fit(field, first)}  ${paint('cyan', path.padEnd(second))}  ${value}${why}`;
  });
  const third = Math.min(50, Math.max(0, ...ignored.map(({ path }) => width(plain(path)))));
  const unused = ignored.map(({ path, why }) => `  ${plain(path).padEnd(third)}  ${plain(why)}`);
  return [
    `shape  ${paint('bold', plain(shape))}`,
    '',
    `  ${paint('dim', `${'field'.padEnd(first)}  ${'path'.padEnd(second)}  value`)}`,
    ...lines,
    ...(unused.length > 0 ? ['', 'not used', ...unused] : []),
  ];
}

/** What a task has at a path such as `videos[0].url`. @param {any} task @param {string} field */
function valueAt(task, field) {
  const value = field
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce((inner, name) => inner?.[name], task);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
