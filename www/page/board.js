// @ts-check
/** The tasks that are on the page: asks for them, shows them, stops. */
import { init, queryTask, watchTasks } from 'video-task-query';
import { button, copy } from './actions.js';
import { announce, announceOf, conclude } from './announcer.js';
import { Card } from './card.js';
import { check } from './check.js';
import { byId } from './dom.js';
import { markRefused } from './fields.js';
import { linkOf } from './link.js';
import { NOBODY_ASKED, countedFetch } from './network.js';
import { readSaved } from './saved.js';
import { REASONS, sentence, statusOf } from './words.js';

/** @typedef {import('./form.js').Question} Question */
/** @typedef {import('./network.js').Use} Use */

/** Practice tasks live for seconds; the package's own pace is for minutes. */
const PRACTICE_EVERY_MS = 1000;

const host = byId('tasks', HTMLElement);
const summary = byId('summary', HTMLElement);
const heading = byId('count', HTMLElement);
/** @type {Map<string, Card>} */
let cards = new Map();
/** What the cards are about. @type {Question | undefined} */
let shown;
/** The link of the last question that was sent: what is refused may hold a key. */
let linked = '';
const said = summary.querySelector('span') ?? summary;
const link = button('Copy link', said, () => copy(linked));
byId('link', HTMLElement).replaceWith(link);

/** Those of the same ids at the same service stay, with what was seen of them. @param {Question} question @param {AbortSignal} [signal] */
function deal(question, signal) {
  const isSame =
    shown?.options.baseUrl === question.options.baseUrl && shown?.options.endpoint === question.options.endpoint;
  if (!isSame) cards = new Map();
  shown = question;
  said.textContent = '';
  const { ids, options } = question;
  // A body that somebody saved came from no service.
  link.hidden = options.baseUrl === undefined || linkOf(question) !== linked;
  cards = new Map(ids.map((id) => [id, cards.get(id) ?? new Card(id)]));
  host.replaceChildren(...[...cards.values()].map(({ element }) => element));
  host.classList.toggle('many', ids.length > 1);
  for (const card of cards.values()) {
    card.begin(question, ids.length === 1);
    signal?.addEventListener('abort', () => card.stop());
  }
  const network = countedFetch(question, {
    onSent: () => keepLink(question),
    onAnswered(id) {
      if (question === shown) cards.get(id)?.count(network.of(id));
    },
  });
  return network;
}

/** The address of the page becomes the link, so that nothing but the key is lost when it is loaded again. @param {Question} question */
function keepLink(question) {
  if (question !== shown) return;
  linked = linkOf(question);
  link.hidden = false;
  history.replaceState(null, '', linked);
}

/** @param {Question} question @param {AbortSignal} signal */
function begin(question, signal) {
  try {
    check(question);
  } catch (error) {
    clear();
    throw error;
  }
  return deal(question, signal);
}

/** Asks for each task once. @param {Question} question @param {AbortSignal} signal */
export async function query(question, signal) {
  const { ids, options } = question;
  const network = begin(question, signal);
  await Promise.all(
    ids.map(async (id) => {
      try {
        const task = await queryTask(id, { ...options, signal, fetch: network.fetch });
        if (!signal.aborted) show(id, task, network.of(id));
      } catch (error) {
        if (!signal.aborted) showTrouble(id, error, network.of(id));
      }
    }),
  );
  if (signal.aborted) return;
  for (const card of cards.values()) card.rest();
  if (ids.length > 1) conclude(heading.innerText);
}

/** Asks until each task has ended. @param {Question} question @param {AbortSignal} signal */
export async function watch(question, signal) {
  const { ids, options, isPractice } = question;
  const network = begin(question, signal);
  const events = watchTasks(ids, {
    ...options,
    signal,
    fetch: network.fetch,
    ...(isPractice ? { intervalMs: PRACTICE_EVERY_MS } : {}),
    onMissedPoll: (error, id) => showMissed(id, error, network.of(id)),
  });
  for await (const { id, task, error } of events) {
    if (signal.aborted) return;
    if (error) showTrouble(id, error, network.of(id));
    else if (task) show(id, task, network.of(id));
  }
}

/** A body that cannot be read must not stand above somebody else's card. */
function clear() {
  cards = new Map();
  host.replaceChildren();
  summary.hidden = true;
}

/** Reads a body that somebody saved. @param {string} body */
export async function read(body) {
  clear();
  await init();
  const task = readSaved(body);
  const id = task.id || 'Saved body';
  deal({ ids: [id], options: {}, isPractice: false });
  show(id, task, NOBODY_ASKED);
  cards.get(id)?.rest();
}

/** @param {string} id @param {import('video-task-query').Task} task @param {Use} use */
function show(id, task, use) {
  const card = cards.get(id);
  const before = card?.task?.status;
  card?.show(task, use);
  const why = task.error === null ? '' : `. ${REASONS[task.error.reason] ?? ''}`;
  if (cards.size === 1 || (task.isDone && before !== task.status)) tell(id, `${statusOf(task)}${why}`);
  summarise();
}

/** @param {string} id @param {import('video-task-query').TaskQueryError} error @param {Use} use */
function showMissed(id, error, use) {
  tell(id, `${cards.get(id)?.showMissed(error, use)}. Asking again.`);
}

/** @param {string} id @param {unknown} error @param {Use} use */
function showTrouble(id, error, use) {
  const title = cards.get(id)?.showTrouble(error, use);
  markRefused(error);
  if (cards.size === 1) announce(`${title}.`);
  else tell(id, `${title}.`);
  summarise();
}

function summarise() {
  const ended = [...cards.values()].filter(({ task }) => task?.isDone).length;
  const count = cards.size === 1 ? '1 task' : `${cards.size} tasks`;
  summary.hidden = false;
  heading.textContent = ended === 0 ? count : `${count} · ${ended} ended`;
}

/** @param {string} id @param {string} words */
function tell(id, words) {
  if (cards.size === 1) announce(`${id}: ${words}`);
  else announceOf(id, sentence(words));
}
