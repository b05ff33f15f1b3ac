// @ts-check
/** The form: what is asked, and where. */
import { fillPractice, freshId, promiseOf } from './practice.js';

/** @template {HTMLElement} T @param {string} id @param {new () => T} type @returns {T} */
export function byId(id, type) {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new TypeError(`The page has no ${type.name} #${id}.`);
}

const base = byId('base', HTMLInputElement),
  key = byId('key', HTMLInputElement),
  id = byId('id', HTMLInputElement);
const endpoint = byId('endpoint', HTMLSelectElement),
  template = byId('template', HTMLInputElement);
const showKey = byId('show-key', HTMLButtonElement);

/** @returns {{ id: string, options: import('video-task-query').QueryOptions }} */
export function question() {
  return {
    id: id.value.trim(),
    options: {
      endpoint: endpoint.value === 'own' ? template.value.trim() : endpoint.value,
      ...(base.value.trim() === '' ? {} : { baseUrl: base.value.trim() }),
      ...(key.value === '' ? {} : { apiKey: key.value }),
    },
  };
}

export function prepareForm() {
  base.value = location.origin;
  key.value = 'demo-key';
  setId(freshId('sora-2', 'task_completes'));
  fillPractice(byId('models', HTMLElement), byId('kinds', HTMLElement), setId);
  base.addEventListener('input', showPractice);
  id.addEventListener('input', showPractice);
  endpoint.addEventListener('change', () => {
    byId('own', HTMLElement).hidden = endpoint.value !== 'own';
  });
  showKey.addEventListener('click', () => {
    const shown = key.type === 'password';
    key.type = shown ? 'text' : 'password';
    showKey.textContent = shown ? 'Hide' : 'Show';
    showKey.setAttribute('aria-label', `${showKey.textContent} the key`);
  });
  showPractice();
}

/** @param {string} value */
function setId(value) {
  id.value = value;
  showPractice();
}

/** Practice ids mean something only to the relay behind this page. */
function showPractice() {
  const own = base.value.trim().replace(/\/+$/, '') === location.origin;
  byId('practice', HTMLElement).hidden = !own;
  byId('id-note', HTMLElement).textContent = own ? promiseOf(id.value.trim()) : '';
}
