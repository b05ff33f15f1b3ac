// @ts-check
/** The page: what its buttons do. */
import { init } from 'video-task-query';
import { announce } from './announcer.js';
import { query, read, watch } from './board.js';
import { clearMarks, markRefused } from './fields.js';
import { byId } from './dom.js';
import { prepareForm, question } from './form.js';
import { asksFor } from './link.js';
import { isTouched } from './touch.js';
import { troubleOf } from './trouble.js';

/** A query is usually answered before anybody could want to stop it. */
const OFFER_STOP_AFTER_MS = 300;

const form = byId('ask', HTMLFormElement);
const result = byId('result', HTMLElement);
const trouble = byId('trouble', HTMLElement);
const watchButton = byId('watch', HTMLButtonElement);

/** @type {AbortController | null} the asking that is under way */
let current = null;
let offersStop = false;

/** @param {(signal: AbortSignal) => Promise<void>} act @param {import('./advice.js').About} about @param {number} offerStopAfterMs */
async function run(act, about, offerStopAfterMs) {
  current?.abort();
  const mine = (current = new AbortController());
  const offerStop = setTimeout(showStop, offerStopAfterMs, true);
  result.dataset.asking = 'true';
  trouble.replaceChildren();
  clearMarks();
  // What comes of this asking is said though it be what came of the last one.
  announce('');
  try {
    const acting = act(mine.signal);
    bringIntoView();
    await acting;
  } catch (error) {
    if (mine.signal.aborted) return;
    mine.abort();
    const { title, message, element } = troubleOf(error, about);
    trouble.replaceChildren(element);
    bringIntoView();
    markRefused(error);
    announce(`${title}. ${message}`);
  } finally {
    clearTimeout(offerStop);
    if (current === mine) idle();
  }
}

function idle() {
  current = null;
  showStop(false);
  result.dataset.asking = 'false';
}

/** @param {boolean} underWay */
function showStop(underWay) {
  offersStop = underWay;
  watchButton.textContent = underWay ? 'Stop' : 'Watch';
  document.body.classList.toggle('asking', underWay);
}

/** @param {typeof query} how */
function ask(how, offerStopAfterMs = OFFER_STOP_AFTER_MS) {
  const asking = question();
  // Their keyboard would cover what comes of it.
  if (isTouched()) /** @type {HTMLElement | null} */ (form.querySelector(':is(input, textarea):focus'))?.blur();
  void run((signal) => how(asking, signal), asking, offerStopAfterMs);
}

function showNetwork() {
  byId('offline', HTMLElement).textContent = navigator.onLine
    ? ''
    : 'The browser is offline: Watch waits until it is back, Query tries all the same.';
}

/** On a narrow screen the result is below the form. */
function bringIntoView() {
  if (result.getBoundingClientRect().top < innerHeight * 0.6) return;
  result.scrollIntoView({ block: 'start' });
}

const link = asksFor();
prepareForm(link);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  ask(query);
});
byId('ids', HTMLElement).addEventListener('keydown', (event) => {
  // As in a field of one line; with Shift a new one begins, and so without on a phone, whose keyboard has no such Shift.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || isTouched()) return;
  event.preventDefault();
  ask(query);
});
watchButton.addEventListener('click', () => {
  if (!offersStop) return ask(watch, 0);
  current?.abort();
  idle();
  announce('Stopped.');
});
byId('read', HTMLElement).addEventListener('click', () => {
  void run(() => read(byId('body', HTMLTextAreaElement).value), null, OFFER_STOP_AFTER_MS);
});
addEventListener('hashchange', () => location.reload());
for (const change of ['online', 'offline']) addEventListener(change, showNetwork);
showNetwork();
// A saved body can then be read without a network. If it fails, the first question says why.
init().catch(() => {});
// Another service needs a key first, and that is never in a link.
if (link && !link.base) ask(watch, 0);
