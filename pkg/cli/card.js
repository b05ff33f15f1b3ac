// @ts-check
/** A task in lines for people. */
import { percent } from '../ui/percent.js';
import { brief, plain } from './plain.js';
import { STATUS_LOOKS } from './style.js';
import { ago, instant, span } from './times.js';
import { wrapped } from './wrap.js';
import { inOptions } from './wrong-option.js';

/**
 * @typedef {import('../index.js').Task} Task
 * @typedef {import('./style.js').Paint} Paint
 */

const LABEL_WIDTH = 11;
const MOST_VIDEOS = 10;
const LONG = 300;
const LONGEST_URL = 8000;

/**
 * @typedef {object} Sheet What a card is written on.
 * @property {Paint} paint
 * @property {number} [columns] where text has to go on below itself
 *
 * @param {Sheet} sheet
 * @param {string} label
 * @param {string} text
 * @param {import('./style.js').Look} [look]
 */
export function row({ paint, columns = Infinity }, label, text, look) {
  const indent = 2 + LABEL_WIDTH;
  const lines = wrapped(text, columns - indent).map((line) => (look ? paint(look, line) : line));
  return `  ${paint('dim', label.padEnd(LABEL_WIDTH))}${lines.join(`\n${' '.repeat(indent)}`)}`;
}

/** @param {Task} task @param {Sheet & { now: number, name?: string }} sheet */
export function card(task, { now, name = task.id, ...sheet }) {
  const { paint } = sheet;
  const add = (/** @type {string} */ label, /** @type {string} */ text) => row(sheet, label, text);
  const look = STATUS_LOOKS[task.status];
  return [
    `${paint(look, task.status)}  ${paint('bold', brief(name, LONG))}`,
    ...[state(task), model(task), size(task)].flatMap(([label, text]) => (text ? [add(label, text)] : [])),
    ...reasons(task).map(([label, text, look]) => row(sheet, label, text, look)),
    ...videos(task, now).map(([label, text]) => add(label, text)),
    ...ages(task, now).map(([label, text]) => add(label, text)),
    ...(task.prompt ? [add('prompt', brief(task.prompt, LONG))] : []),
  ];
}

/** @param {Task} task @returns {[string, string]} */
function state({ progress, stage, status, rawStatus, queuePosition, estimatedWaitMs }) {
  const parts = [
    progress === null || status === 'completed' ? '' : percent(progress),
    stage === null ? '' : brief(stage, 60),
    queuePosition === null ? '' : `${plain(queuePosition)} in the queue before it`,
    estimatedWaitMs === null ? '' : `about ${span(estimatedWaitMs)} left, says the service`,
    status === 'unknown' && rawStatus !== null ? `the service says “${brief(rawStatus, 60)}”` : '',
  ];
  return ['progress', parts.filter(Boolean).join(', ')];
}

/** @param {Task} task @returns {[string, string]} */
function model({ model, provider }) {
  const name = model === null ? '' : brief(model, 80);
  return [
    'model',
    provider === 'unknown' || provider === name ? name : [name, `(${brief(provider, 40)})`].filter(Boolean).join(' '),
  ];
}

/** @param {Task} task @returns {[string, string]} */
function size({ width, height, durationSeconds }) {
  const parts = [
    width === null || height === null ? '' : `${width} × ${height}`,
    durationSeconds === null ? '' : `${durationSeconds} s`,
  ];
  return ['size', parts.filter(Boolean).join(', ')];
}

/** @param {Task} task @returns {[string, string, import('./style.js').Look][]} */
function reasons({ error, warnings }) {
  /** @type {[string, string, import('./style.js').Look][]} */
  const rows = warnings.map(({ code, message }) => [
    'warning',
    `${brief(code, 40)}: ${brief(message, LONG)}`,
    'yellow',
  ]);
  if (!error) return rows;
  const code = error.code === null ? '' : ` (${brief(error.code, 80)})`;
  return [
    ['reason', `${error.reason === 'unknown' ? '' : `${error.reason}: `}${brief(error.message, LONG)}${code}`, 'red'],
    ...rows,
  ];
}

/** @param {Task} task @param {number} now @returns {[string, string][]} */
function videos({ videos, contentPath, thumbnailUrl, previewUrl }, now) {
  /** @type {[string, string][]} */
  const rows = videos.slice(0, MOST_VIDEOS).flatMap((video, index) => {
    const { url, kind, width, height, expiresAt, needsAuth } = video;
    const facts = [
      width === null || height === null ? '' : `${width} × ${height}`,
      needsAuth ? 'needs the key' : '',
      expiresAt === null ? '' : `${expiresAt > now ? 'expires' : 'expired'} ${ago(expiresAt, now)}`,
    ];
    /** @type {[string, string]} A URL stands whole and alone, to be copied. */
    const line = [index === 0 ? 'video' : '', address(url)];
    const told = [videos.length > 1 ? kind : '', ...facts].filter(Boolean).join(', ');
    return told ? [line, /** @type {[string, string]} */ (['', told])] : [line];
  });
  if (videos.length > MOST_VIDEOS) rows.push(['', `and ${videos.length - MOST_VIDEOS} more: see --json`]);
  if (videos.length === 0 && contentPath)
    rows.push(['video', `at ${brief(contentPath, LONG)} on the service, with the key`]);
  if (thumbnailUrl) rows.push(['still', address(thumbnailUrl)]);
  if (previewUrl) rows.push(['preview', address(previewUrl)]);
  return rows;
}

/** Whole, but for a video that stands in the URL itself. @param {string} url */
function address(url) {
  if (url.startsWith('data:')) return `${brief(url, 40)} (${url.length} characters: --download saves it)`;
  return url.length > LONGEST_URL ? `${brief(url, 40)} (${url.length} characters: see --json)` : plain(url);
}

/** @param {Task} task @param {number} now @returns {[string, string][]} */
function ages({ createdAt, completedAt, updatedAt }, now) {
  const when = (/** @type {number} */ at) => `${ago(at, now)} (${instant(at)})`;
  /** @type {[string, string][]} */
  const rows = createdAt === null ? [] : [['created', when(createdAt)]];
  if (completedAt !== null) {
    const took = createdAt === null || completedAt < createdAt ? '' : `, took ${span(completedAt - createdAt)}`;
    rows.push(['ended', when(completedAt) + took]);
  } else if (updatedAt !== null) rows.push(['updated', when(updatedAt)]);
  return rows;
}

/**
 * Why a task could not be asked for, or an answer not be read.
 *
 * @param {string} id
 * @param {any} error
 * @param {Sheet & { act: 'ask' | 'read', hint?: string | null }} sheet act: what was tried
 */
export function errorCard(id, error, { act, hint, ...sheet }) {
  const { paint } = sheet;
  const add = (/** @type {string} */ label, /** @type {string} */ text) => row(sheet, label, text);
  const { code, message, status, serviceCode, serviceMessage, requestId, retryAfterMs, attempts, task } = error;
  const service = [serviceCode, serviceMessage]
    .filter(Boolean)
    .map((text) => brief(text, LONG))
    .join(': ');
  const facts = [
    typeof status === 'number' ? `HTTP ${status}` : '',
    requestId ? `request id ${brief(requestId, 80)}` : '',
    attempts > 1 ? `${attempts} requests` : '',
  ];
  return [
    `${paint('red', task ? 'could not go on asking' : `could not ${act}`)}  ${paint('bold', brief(id, LONG))}`,
    row(sheet, 'reason', `${brief(code ?? 'error', 40)}: ${brief(inOptions(message), LONG * 2)}`, 'red'),
    ...(service && !(serviceMessage && String(message).includes(serviceMessage)) ? [add('service', service)] : []),
    ...(facts.some(Boolean) ? [add('answer', facts.filter(Boolean).join(', '))] : []),
    ...(typeof retryAfterMs === 'number' ? [add('again', `in ${span(retryAfterMs)}, says the service`)] : []),
    ...(task
      ? [
          add(
            'last seen',
            [task.status, task.progress === null ? '' : percent(task.progress)].filter(Boolean).join(', '),
          ),
        ]
      : []),
    ...(hint ? [add('hint', hint)] : []),
  ];
}
