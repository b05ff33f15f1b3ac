// @ts-check
/** The picture of a task: its video, else its thumbnail, else dunes. */
import { drawing, el, isWebUrl, link } from './dom.js';
import { isOfThisMachine } from './hosts.js';

/** @typedef {import('video-task-query').Task} Task */

/** Two tasks of one key look the same. @param {Task} task */
export const mediaKey = (task) =>
  JSON.stringify([playable(task)?.url ?? null, task.thumbnailUrl, task.isDone, needsKey(task)]);

/** @param {Task} task @param {string | undefined} baseUrl of the service that was asked @returns {HTMLElement[]} */
export function mediaOf(task, baseUrl) {
  const isLoaded = (/** @type {string | null} */ url) => url !== null && mayBeLoaded(url, baseUrl);
  const thumbnail = isWebUrl(task.thumbnailUrl) && isLoaded(task.thumbnailUrl) ? task.thumbnailUrl : null;
  const video = playable(task);
  if (video && isLoaded(video.url)) return [player(video.url, thumbnail)];
  const frame = el('div', { class: task.isDone ? 'frame' : 'frame working' }, drawing('dunes', 'dunes'));
  if (thumbnail) frame.append(still(thumbnail));
  if (video)
    frame.append(el('p', {}, 'The video is not loaded: its URL leads to this machine, and the service is elsewhere.'));
  if (needsKey(task)) frame.append(el('p', {}, 'The video needs the key, which no player sends.'));
  return [frame];
}

/** Whoever wrote the body must not make this page ask programs on this machine. @param {string} url @param {string | undefined} baseUrl */
function mayBeLoaded(url, baseUrl) {
  if (!URL.canParse(url)) return false;
  const asked = new URL(url);
  if (asked.origin === location.origin || !isOfThisMachine(asked)) return true;
  return baseUrl !== undefined && isOfThisMachine(new URL(baseUrl, location.href));
}

/** @param {string} url */
function still(url) {
  const image = el('img', { src: url, alt: 'Thumbnail' });
  image.addEventListener('error', () => image.remove());
  return image;
}

/** There is a video, and none that plays without the key. @param {Task} task */
function needsKey(task) {
  return task.status === 'completed' && !playable(task) && (task.videos.length > 0 || task.contentPath !== null);
}

/** A `<video>` cannot send the key along. @param {Task} task */
function playable(task) {
  return task.videos.find(({ url, needsAuth }) => !needsAuth && (isWebUrl(url) || /^data:video\//i.test(url)));
}

/** @param {string} url @param {string | null} poster */
function player(url, poster) {
  const video = el('video', { src: url, poster, controls: true, playsinline: true, loop: true, preload: 'metadata' });
  video.setAttribute('aria-label', 'Video of the task');
  const frame = el('div', { class: 'frame' }, video);
  video.addEventListener('error', () => {
    const why = 'It cannot be played here: its URL may have expired, or this browser does not know its format. ';
    frame.replaceChildren(drawing('dunes', 'dunes'), el('p', {}, why, isWebUrl(url) && link(url, 'Open the video')));
    if (poster) frame.insertBefore(still(poster), frame.lastChild);
  });
  return frame;
}
