// @ts-check
/** A button that saves the video of a task, with the key where the service wants it. */
import { videoRequest } from 'video-task-query';
import { el } from './dom.js';

/** @typedef {import('video-task-query').Task} Task */

/** @param {Task} task @param {import('video-task-query').QueryOptions} options */
export function saveOf(task, options) {
  if (task.videoUrl === null && task.contentPath === null) return [];
  const button = el('button', { type: 'button' }, 'Save the video');
  const said = el('span', { role: 'status' });
  button.addEventListener('click', async () => {
    button.disabled = true;
    said.textContent = 'Fetching …';
    said.textContent = await save(task, options).catch((error) => `It could not be fetched: ${error.message}`);
    button.disabled = false;
  });
  return [button, said];
}

/** @param {Task} task @param {import('video-task-query').QueryOptions} options */
async function save(task, options) {
  const response = await fetch(await videoRequest(task, options));
  if (!response.ok) throw new Error(`HTTP ${response.status}.`);
  const url = URL.createObjectURL(await response.blob());
  el('a', { href: url, download: `${task.id.replaceAll(/[^\w.-]+/g, '-')}.mp4` }).click();
  // Browsers read it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return 'Saved.';
}
