// @ts-check
/** Chips for the practice relay's ids. */
import { KINDS, MODELS, parsePracticeId } from '../relay/ids.js';
import { el } from './dom.js';

const NAMES = { 'sora-2': 'Sora', 'veo3.1-fast': 'Veo', grok: 'Grok' };

/** Each suffix is a task of its own, which begins at the first question. @param {string} model @param {string} kind */
export function freshId(model, kind) {
  return `${model}:${kind}-${Math.random().toString(36).slice(2, 6)}`;
}

/** What a practice id does; '' for any other id. @param {string} id */
export function promiseOf(id) {
  const kind = parsePracticeId(id)?.kind;
  const does = KINDS.find((each) => each.kind === kind)?.does;
  return does ? `Practice task: ${does}.` : '';
}

/** A fresh task of every kind, the models in turn. */
export const oneOfEach = () => KINDS.map(({ kind }, at) => freshId(MODELS[at % MODELS.length] ?? MODELS[0], kind));

/** @param {HTMLElement} models @param {HTMLElement} kinds @param {(id: string) => void} choose */
export function fillPractice(models, kinds, choose) {
  /** @type {{ model: string, kind: string }} */
  const wanted = { model: MODELS[0], kind: KINDS[0].kind };
  const pick = (/** @type {Partial<typeof wanted>} */ change) => {
    Object.assign(wanted, change);
    choose(freshId(wanted.model, wanted.kind));
  };
  models.append(
    ...MODELS.map((model) => {
      const radio = el('input', { type: 'radio', name: 'model', checked: model === wanted.model });
      radio.addEventListener('change', () => pick({ model }));
      return el('label', {}, radio, el('span', {}, NAMES[model]));
    }),
  );
  kinds.append(
    ...KINDS.map(({ kind, does }) => {
      const name = kind.replace(/^task_/, '').replaceAll('_', ' ');
      const chip = el('button', { type: 'button', class: 'chip', title: does }, name);
      chip.addEventListener('click', () => pick({ kind }));
      return chip;
    }),
  );
}
