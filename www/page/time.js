// @ts-check
/** Instants and spans as people say them. */
import { el, setText } from './dom.js';

const CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const AGE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** @param {number} instant epoch ms */
function ageOf(instant) {
  const age = instant - Date.now();
  // A service's clock may run a little ahead of this one.
  if (age > -1000 && age < 60_000) return 'just now';
  const [unit, size] = UNITS.find(([, ms]) => Math.abs(age) >= ms) ?? UNITS[UNITS.length - 1];
  return AGE.format(Math.trunc(age / size), unit);
}

/** An instant in local time, with an age that stays true. @param {number} instant epoch ms */
export function timeOf(instant) {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return el('span', {}, String(instant));
  const age = el('small', { 'data-instant': instant }, ageOf(instant));
  return el('time', { datetime: date.toISOString() }, CLOCK.format(date), ' ', age);
}

/** @param {number} ms */
export function spanOf(ms) {
  const seconds = Math.round(ms / 1000);
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** What is left until an instant, kept up to date. @param {number} instant epoch ms */
export const leftUntil = (instant) => el('span', { 'data-until': instant }, leftOf(instant));

/** @param {number} instant epoch ms */
export function leftOf(instant) {
  const left = instant - Date.now();
  return left < 1000 ? 'due any moment' : `about ${spanOf(left)} left`;
}

/** @param {string} name @param {(instant: number) => string} wordsOf */
function refresh(name, wordsOf) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`[data-${name}]`))) {
    setText(element, wordsOf(Number(element.dataset[name])));
  }
}

setInterval(() => {
  refresh('instant', ageOf);
  refresh('until', leftOf);
}, 1000);
