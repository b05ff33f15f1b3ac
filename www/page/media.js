// @ts-check
/** The picture of a task: its video, else its thumbnail, else dunes. */
import { drawing, el, isWebUrl, link } from './dom.js';

/** @typedef {import('video-task-query').Task} Task */

/** Two tasks of one key look the same. @param {Task} task */
export const mediaKey = (task) => JSON.stringify([playable(task)?.url ?? null, task.thumbnailUrl, task.isDone]);

/** @param {Task} task @returns {HTMLElement[]} */
export function mediaOf(task) {
  const thumbnail = isWebUrl(task.thumbnailUrl) ? task.thumbnailUrl : null;
  const video = playable(task);
  if (video) return [player(video.url, thumbnail)];
  const frame = el('div', { class: task.isDone ? 'frame' : 'frame working' }, drawing('dunes', 'dunes'));
  if (thumbnail) {
    const image = el('img', { src: thumbnail, alt: 'Thumbnail' });
    image.addEventListener('error', () => image.remove());
    frame.append(image);
  }
  return [frame];
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
    frame.replaceChildren(
      drawing('dunes', 'dunes'),
      el('p', {}, 'This browser cannot play it here. ', link(url, 'Open the video')),
    );
  });
  return frame;
}
