// @ts-check
/** What screen readers say. They say only the last words of a polite region: what comes at once is said together. */
import { byId, setText, shortened } from './dom.js';
import { sentence } from './words.js';

/** So long is gathered what is about one task of several. */
const GATHER_MS = 1000;
const MOST_TASKS = 3;
const LONGEST = 300;

const host = byId('announce', HTMLElement);
/** What is to be said of each task. @type {Map<string, string>} */
const gathered = new Map();
/** What was said of each task last: nobody needs to hear it at every poll. @type {Map<string, string>} */
const said = new Map();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Says words about all of it, and nothing more of what was before. @param {string} words */
export function announce(words) {
  clearTimeout(timer);
  timer = undefined;
  gathered.clear();
  said.clear();
  setText(host, shortened(words, LONGEST));
}

/** Says words about one of several tasks, with those about others. @param {string} id @param {string} words */
export function announceOf(id, words) {
  if (said.get(id) === words) return;
  said.set(id, words);
  gathered.set(id, words);
  timer ??= setTimeout(() => sayGathered(), GATHER_MS);
}

/** Says what is gathered now, behind words about all of it. @param {string} words */
export function conclude(words) {
  clearTimeout(timer);
  sayGathered(sentence(words));
}

function sayGathered(first = '') {
  timer = undefined;
  const all = [...gathered].map(([id, words]) => shortened(`${id}: ${words}`, LONGEST));
  gathered.clear();
  const more = all.length > MOST_TASKS ? ` And ${all.length - MOST_TASKS} more.` : '';
  setText(host, [first, ...all.slice(0, MOST_TASKS)].join(' ').trim() + more);
}
