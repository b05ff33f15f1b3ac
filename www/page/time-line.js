// @ts-check
/** What was seen of a task, and when: changes, missed polls, and how many requests it took. */
import { el, fold, shortened } from './dom.js';
import { spanOf } from './time.js';

const MOST_ENTRIES = 300;

export function createTimeLine() {
  const list = el('ol', { class: 'times' });
  const element = fold('Time line', list);
  let startedAt = 0;
  let last = '';
  let requestsBefore = 0;

  return {
    element,
    /** A new asking begins. */
    begin() {
      if (startedAt === 0) startedAt = Date.now();
      requestsBefore = 0;
    },
    /** @param {string} words @param {number} requests made since the asking began @param {'change' | 'missed' | 'end'} kind */
    add(words, requests, kind) {
      if (words === last && kind !== 'missed') return;
      last = words;
      const made = requests - requestsBefore;
      requestsBefore = requests;
      const count = made === 0 ? '' : made === 1 ? '1 request' : `${made} requests`;
      list.append(
        el(
          'li',
          { class: kind },
          el('span', { class: 'at' }, `+${spanOf(Date.now() - startedAt)}`),
          el('span', {}, shortened(words, 300)),
          el('small', {}, count),
        ),
      );
      if (list.childElementCount > MOST_ENTRIES) list.firstElementChild?.remove();
    },
  };
}
