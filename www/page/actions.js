// @ts-check
/** What can be done with a task: saving its video, copying it and the asking for it. */
import { videoRequest } from 'video-task-query';
import { endingOf } from '../pkg/ui/ending.js';
import { addressIn, checkVideo, fetchFrom } from '../pkg/ui/response.js';
import { el } from './dom.js';

/** @typedef {import('video-task-query').Task} Task */
/** @typedef {{ id: string, options: import('./form.js').Options, url: string }} Asking how it was asked; '' where nobody was */

/** What the buttons depend on; all else they look up when they are used. @param {Task | null} task @param {Asking} asking */
export const actionsKey = (task, { options, url }) =>
  JSON.stringify([task !== null, hasVideo(task, options), options, url]);

/** The path of a body that somebody saved is on a service that is not known. @param {Task | null} task @param {Asking['options']} options @returns {task is Task} */
const hasVideo = (task, options) =>
  task !== null && (task.videoUrl !== null || (task.contentPath !== null && options.baseUrl !== undefined));

/** @param {() => Task | null} current the task as it is by now @param {Asking} asking */
export function actionsOf(current, { id, options, url }) {
  if (current() === null && url === '') return [];
  const said = el('span', { role: 'status' });
  /** @param {string} label @param {() => string} text */
  const copying = (label, text) => button(label, said, () => copy(text()));
  return [
    hasVideo(current(), options) &&
      button('Save the video', said, () => save(/** @type {Task} */ (current()), options), 'small primary'),
    current() !== null && copying('Copy JSON', () => JSON.stringify(current(), null, 2)),
    url !== '' && copying('Copy curl', () => curlOf(url, options)),
    url !== '' && copying('Copy code', () => codeOf(id, options)),
    said,
  ];
}

/** @param {string} label @param {HTMLElement} said @param {() => Promise<string>} act */
export function button(label, said, act, className = 'small') {
  const element = el('button', { type: 'button', class: className }, label);
  element.addEventListener('click', async () => {
    element.disabled = true;
    said.textContent = '…';
    said.textContent = await act().catch((error) => `It did not work: ${error.message}`);
    element.disabled = false;
  });
  return element;
}

/** @param {string} text */
export async function copy(text) {
  await navigator.clipboard.writeText(text);
  return 'Copied.';
}

/** @param {string} url @param {Asking['options']} options */
function curlOf(url, { apiKey }) {
  return `curl ${apiKey === undefined ? '' : '-H "Authorization: Bearer $VIDEO_TASK_API_KEY" '}${quoted(url)}`;
}

/** For a shell: in single quotes nothing has a meaning but their own kind. @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** @param {string} id @param {Asking['options']} options */
function codeOf(id, { baseUrl, endpoint }) {
  const options = { ...(baseUrl ? { baseUrl } : {}), ...(endpoint === 'auto' ? {} : { endpoint }) };
  const words = Object.entries(options).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},\n`);
  return `import { waitForTask } from 'video-task-query';

// In Node the key comes from the environment variable VIDEO_TASK_API_KEY.
const task = await waitForTask(${JSON.stringify(id)}${words.length > 0 ? `, {\n${words.join('')}}` : ''});
console.log(task.videoUrl ?? task.contentPath);
`;
}

/** @param {Task} task @param {Asking['options']} options */
async function save(task, options) {
  let response = await fetchFrom(await videoRequest(task, options), null);
  const videoUrl = await addressIn(response);
  if (videoUrl) response = await fetchFrom(await videoRequest({ ...task, videoUrl }, options), null);
  await checkVideo(response);
  if (!response.ok) throw new Error(`HTTP ${response.status}.`);
  const url = URL.createObjectURL(await response.blob());
  el('a', {
    href: url,
    download: task.id.replaceAll(/[^\w.-]+/g, '-') + endingOf(videoUrl ?? task.videoUrl ?? ''),
  }).click();
  // Browsers read it after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return 'Saved.';
}
