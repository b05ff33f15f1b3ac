// @ts-check
/** The form: what is asked, and where. */
import { byId, setText, shortened } from './dom.js';
import { taskIn } from './pasted.js';
import { fillPractice, freshId, oneOfEach, promiseOf } from './practice.js';

/** Where this page is, and with it the practice relay. */
export const HOME = new URL('.', location.href).href.replace(/\/$/, '');
/** What the practice relay takes: it is for no other service. */
const PRACTICE_KEY = 'demo-key';

const base = byId('base', HTMLInputElement);
const key = byId('key', HTMLInputElement);
const endpoint = byId('endpoint', HTMLSelectElement);
const template = byId('template', HTMLInputElement);
const ids = byId('ids', HTMLTextAreaElement);
const showKey = byId('show-key', HTMLButtonElement);

/** @typedef {{ baseUrl?: string, endpoint?: string, apiKey?: string }} Options */
/** @typedef {{ ids: string[], options: Options, isPractice: boolean }} Question */

/** @returns {Question} */
export function question() {
  return {
    ids: linesOf(ids.value),
    options: {
      endpoint: endpoint.value === 'own' ? template.value.trim() : endpoint.value,
      baseUrl: base.value.trim(),
      ...(key.value === '' ? {} : { apiKey: key.value }),
    },
    isPractice: isPractice(),
  };
}

/** The lines with something in them, each once. @param {string} text */
const linesOf = (text) => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

/** @param {import('./link.js').Asked | null} known what a link asked for */
export function prepareForm(known) {
  base.value = known?.base ?? HOME;
  // The field drops line ends.
  const given = base.value;
  key.value = known?.base ? '' : PRACTICE_KEY;
  if (known?.endpoint) choose(known.endpoint);
  fillPractice(byId('models', HTMLElement), byId('kinds', HTMLElement), (id) => setIds([id]));
  byId('one-of-each', HTMLElement).addEventListener('click', () => setIds(oneOfEach()));
  setIds(known?.ids ?? [freshId('sora-2', 'task_completes')]);
  const noteBase = () =>
    setText(
      byId('base-note', HTMLElement),
      known?.base && base.value === given ? 'This base URL came with the link: the key will go there.' : '',
    );
  noteBase();
  base.addEventListener('input', noteBase);
  base.addEventListener('input', swapKey);
  ids.addEventListener('paste', takePasted);
  for (const field of [base, ids]) field.addEventListener('input', refresh);
  endpoint.addEventListener('change', refresh);
  showKey.addEventListener('click', () => {
    const shown = key.type === 'password';
    key.type = shown ? 'text' : 'password';
    showKey.textContent = shown ? 'Hide' : 'Show';
    showKey.setAttribute('aria-label', `${showKey.textContent} the key`);
  });
}

/** @param {string} wanted */
function choose(wanted) {
  const isKnown = Array.from(endpoint.options, ({ value }) => value).includes(wanted);
  endpoint.value = isKnown ? wanted : 'own';
  if (!isKnown) template.value = wanted;
}

/** @param {string[]} wanted */
function setIds(wanted) {
  ids.value = wanted.join('\n');
  refresh();
}

/** The practice relay's key goes with its base URL, and comes back with it. */
function swapKey() {
  if (isPractice()) key.value ||= PRACTICE_KEY;
  else if (key.value === PRACTICE_KEY) key.value = '';
}

/** The key of a command that is pasted does not even get into the field. @param {ClipboardEvent} event */
function takePasted(event) {
  const found = taskIn(event.clipboardData?.getData('text') ?? '');
  if (!found) return;
  event.preventDefault();
  const left = ids.value.slice(0, ids.selectionStart) + ids.value.slice(ids.selectionEnd);
  // Ids that stood there are those of another service once the base URL is another.
  const kept = found.base === base.value.trim() ? linesOf(left) : [];
  // And so is the key, which must not go there.
  if (originOf(found.base) !== originOf(base.value)) key.value = '';
  base.value = found.base;
  base.dispatchEvent(new Event('input', { bubbles: true }));
  setIds([...kept, ...found.ids]);
  setText(byId('ids-note', HTMLElement), 'Id and base URL are those of what was pasted. Nothing else of it was kept.');
}

/** @param {string} url */
const originOf = (url) => (URL.canParse(url) ? new URL(url).origin : '');

const isPractice = () => base.value.trim().replace(/\/+$/, '') === HOME;

/** Practice ids mean something only to the relay behind this page. */
function refresh() {
  const { ids: all } = question();
  byId('own', HTMLElement).hidden = endpoint.value !== 'own';
  byId('practice', HTMLElement).hidden = !isPractice();
  setText(byId('ids-note', HTMLElement), noteOn(all));
  ids.rows = Math.min(10, Math.max(1, ids.value.split('\n').length));
}

/** @param {string[]} all */
function noteOn(all) {
  // Such an id may exist, so it is asked for.
  const several = all.find((id) => /[\s,;]/.test(id));
  if (several !== undefined) return `“${shortened(several, 60)}” counts as one id. Put each on a line of its own.`;
  if (all.length > 1) return `${all.length} tasks`;
  return isPractice() ? promiseOf(all[0] ?? '') : '';
}
