// @ts-check
/** The page: asks, shows, stops. */
import { queryTask, watchTask } from 'video-task-query';
import { createCard, statusOf } from './card.js';
import { byId, prepareForm, question } from './form.js';
import { spanOf } from './time.js';
import { troubleOf } from './trouble.js';

/** Practice tasks live for seconds; the package's own pace is for minutes. */
const WATCH_EVERY_MS = 2000;
/** A query is usually answered before anybody could want to stop it. */
const OFFER_STOP_AFTER_MS = 300;

const result = byId('result', HTMLElement),
  trouble = byId('trouble', HTMLElement),
  host = byId('task', HTMLElement);
const watchButton = byId('watch', HTMLButtonElement),
  announcer = byId('announce', HTMLElement);

/** @type {AbortController | null} the asking that is under way */
let current = null;
/** @type {ReturnType<typeof createCard> | null} */
let card = null;

/** @param {boolean} keepOn */
async function ask(keepOn) {
  current?.abort();
  const mine = (current = new AbortController());
  const { id, options } = question();
  let asked = 0,
    startedAt = 0;
  /** @type {typeof fetch} */
  const counted = (input, init) => {
    asked += 1;
    startedAt = performance.now();
    return fetch(input, init);
  };
  const asking = { ...options, signal: mine.signal, fetch: counted };
  let shown = 0;
  const show = (/** @type {import('video-task-query').Task} */ task) => {
    const times = asked === 1 ? 'Asked once' : `Asked ${asked} times`;
    showTask(id, task, `${times}, answered in ${spanOf(performance.now() - startedAt)}`, options);
    shown += 1;
    if (shown === 1) bringIntoView();
  };
  const offerStop = setTimeout(showStop, keepOn ? 0 : OFFER_STOP_AFTER_MS, true);
  result.setAttribute('aria-busy', 'true');
  try {
    if (!keepOn) return show(await queryTask(id, asking));
    for await (const task of watchTask(id, { ...asking, intervalMs: WATCH_EVERY_MS })) {
      if (mine.signal.aborted) return;
      show(task);
    }
  } catch (error) {
    if (!mine.signal.aborted) showTrouble(id, error);
  } finally {
    clearTimeout(offerStop);
    if (current === mine) idle();
  }
}

function idle() {
  current = null;
  showStop(false);
  result.setAttribute('aria-busy', 'false');
}

/** @param {boolean} underWay */
function showStop(underWay) {
  watchButton.textContent = underWay ? 'Stop' : 'Watch';
  document.body.classList.toggle('asking', underWay);
}

/**
 * @param {string} id
 * @param {import('video-task-query').Task} task
 * @param {string} foot
 * @param {import('video-task-query').QueryOptions} options
 */
function showTask(id, task, foot, options) {
  result.setAttribute('aria-busy', 'false');
  trouble.replaceChildren();
  if (card?.id !== id) {
    card = createCard(id);
    host.replaceChildren(card.element);
  }
  card.show(task, foot, options);
  announce(`${id}: ${statusOf(task)}`);
}

/** The last task that was seen stays, if it is the one that was asked for. @param {string} id @param {unknown} error */
function showTrouble(id, error) {
  const { title, element } = troubleOf(error);
  trouble.replaceChildren(element);
  if (card?.id !== id) {
    card = null;
    host.replaceChildren();
  }
  announce(`${title}.`);
  bringIntoView();
}

/** Said by screen readers, and only when it is new. @param {string} words */
function announce(words) {
  if (announcer.textContent !== words) announcer.textContent = words;
}

/** On a narrow screen the result is below the form. */
function bringIntoView() {
  if (result.getBoundingClientRect().top < innerHeight * 0.6) return;
  result.scrollIntoView({ block: 'start' });
}

prepareForm();
byId('ask', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void ask(false);
});
watchButton.addEventListener('click', () => {
  if (watchButton.textContent !== 'Stop') return void ask(true);
  current?.abort();
  idle();
  announce('Stopped.');
});
