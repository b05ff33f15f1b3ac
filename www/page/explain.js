// @ts-check
/** The body of an answer, and which field of the task came from where in it. */
import { explainTask, isTaskQueryError } from 'video-task-query';
import { TURNING, el, fold, shortened } from './dom.js';

/** @typedef {import('video-task-query').Task} Task */
/** @typedef {{ path: string, text: string }} Line */

const MOST_LINES = 2000;
const MOST_ROWS = 200;
const LONGEST = 2000;
/** Written as deep as this line by line, and all that is deeper on one line. */
const DEEPEST = 200;

/** Written out only while somebody looks. @param {() => string | undefined} baseUrl */
export function createExplanation(baseUrl) {
  const host = el('div', { class: 'explained' });
  const element = fold('Explain', host);
  /** @type {Task | null} */
  let current = null;
  /** @type {unknown} */
  let shown;
  const scrolled = () => [...host.querySelectorAll('ul, pre')];
  const write = () => {
    // Whoever has the focus in there is not to lose it, nor the place in the body.
    if (!element.open || !current || shown === current.raw || host.contains(document.activeElement)) return;
    shown = current.raw;
    const [rows = 0, lines = 0] = scrolled().map(({ scrollTop }) => scrollTop);
    try {
      host.replaceChildren(...explained(current, baseUrl()));
    } catch (error) {
      // A body of a hundred thousand brackets is a task, but no engine writes it out.
      const why = error instanceof RangeError ? 'it is nested too deep.' : String(error);
      host.replaceChildren(el('p', {}, `The body cannot be shown: ${why}`));
    }
    scrolled().forEach((part, at) => (part.scrollTop = at === 0 ? rows : lines));
  };
  element.addEventListener('toggle', write);
  host.addEventListener('focusout', () => setTimeout(write));
  return {
    element,
    /** @param {Task} task */
    show(task) {
      current = task;
      write();
    },
  };
}

/** @param {Task} task @param {string | undefined} baseUrl */
function explained({ raw, id }, baseUrl) {
  const body = typeof raw === 'string' ? raw : JSON.stringify(raw);
  const { recognised, fields, ignored } = explanationOf(body, baseUrl === undefined ? {} : { id, baseUrl });
  const lines = linesOf(raw);
  const spans = lines.map(({ text, path }) => el('span', { class: 'line' }, text));
  const pre = el('pre', { tabindex: 0, role: 'group', 'aria-label': 'Body' }, ...spans);
  const at = new Map(lines.map(({ path }, index) => [path, spans[index]]));
  // What follows from something else has no place in the body.
  at.delete('');
  for (const { field, path } of fields) {
    const line = at.get(path);
    if (line) line.dataset.fields = line.dataset.fields ? `${line.dataset.fields}, ${field}` : field;
  }
  const rows = fields.slice(0, MOST_ROWS).map(({ field, path, note }) => row(field, path, note ?? '', at.get(path)));
  const unused = ignored.slice(0, MOST_ROWS).map(({ path, why }) => row('not used', path, why, at.get(path)));
  const hidden = fields.length + ignored.length - rows.length - unused.length;
  return [
    el('p', { class: 'note' }, recognised),
    el('ul', { class: 'origins' }, ...rows, ...unused, hidden > 0 && el('li', {}, `and ${hidden} more`)),
    pre,
  ];
}

/** @param {string} body @param {{ id?: string, baseUrl?: string }} options */
function explanationOf(body, options) {
  try {
    const { shape, ...told } = explainTask(body, options);
    return { ...told, recognised: `Recognised as “${shape}”. Choose a path to see it in the body.` };
  } catch (error) {
    if (!isTaskQueryError(error)) throw error;
    return {
      fields: [],
      ignored: [],
      recognised: 'By itself this body is no task: the HTTP status with it made it one.',
    };
  }
}

/** @param {string} field @param {string} path @param {string} note @param {HTMLElement | undefined} line */
function row(field, path, note, line) {
  const where = line
    ? el('button', { type: 'button', class: 'path' }, shortened(path, 200))
    : path !== '' && el('code', {}, shortened(path, 200));
  if (line && where instanceof HTMLElement) where.addEventListener('click', () => mark(line));
  return el(
    'li',
    {},
    el('span', { class: 'field' }, field),
    where,
    note !== '' && el('small', {}, shortened(note, 300)),
  );
}

/** @param {HTMLElement} line */
function mark(line) {
  const pre = line.parentElement;
  if (!pre) return;
  pre.querySelector('.marked')?.classList.remove('marked');
  line.classList.add('marked');
  // Not scrollIntoView: the page itself is to stay where it is.
  pre.scrollTo({ top: line.offsetTop - pre.offsetTop - pre.clientHeight / 3 });
  pre.focus({ preventScroll: true });
}

/** As JSON, with the characters that turn the direction of a line visible: they would turn what stands around them too. @param {unknown} value */
const written = (value) =>
  (JSON.stringify(value) ?? '').replaceAll(
    TURNING,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A value as indented JSON, each line with its path as explainTask writes it. @param {unknown} value @returns {Line[]} */
function linesOf(value) {
  /** @type {Line[]} */
  const lines = [];
  /** @param {unknown} inner @param {string} path @param {string} before @param {string} indent @param {string} comma @param {number} depth */
  const walk = (inner, path, before, indent, comma, depth) => {
    if (lines.length >= MOST_LINES) return;
    const isList = Array.isArray(inner);
    const all = typeof inner === 'object' && inner !== null ? Object.entries(inner) : [];
    if (all.length === 0 || depth === DEEPEST)
      return void lines.push({ path, text: before + shortened(written(inner), LONGEST) + comma });
    lines.push({ path, text: `${before}${isList ? '[' : '{'}` });
    all.forEach(([key, child], index) => {
      // One line after the other would repeat a long one.
      const isPlace = (depth === 0 || path !== '') && path.length + key.length < LONGEST;
      const next = !isPlace ? '' : isList ? `${path}[${key}]` : depth === 0 ? key : `${path}.${key}`;
      const name = isList ? '' : `${shortened(written(key), LONGEST)}: `;
      walk(child, next, `${indent}  ${name}`, `${indent}  `, index < all.length - 1 ? ',' : '', depth + 1);
    });
    lines.push({ path: '', text: `${indent}${isList ? ']' : '}'}${comma}` });
  };
  walk(value, '', '', '', '', 0);
  if (lines.length >= MOST_LINES) lines.push({ path: '', text: `… (more than ${MOST_LINES} lines)` });
  return lines;
}
