// @ts-check
/** What can be done with a task: saving its video, copying it and the asking for it. */
import { videoRequest } from 'video-task-query';
import { endingOf } from '../pkg/ui/ending.js';
import { addressIn, checkVideo, fetchFrom } from '../pkg/ui/response.js';
import { el } from './dom.js';

/** @typedef {import('video-task-query').Task} Task */
/** @typedef {{ id: string, options: import('./form.js').Options, url: string }} Asking how it was asked; '' where nobody was */

/** The path of a body that somebody saved is on a service that is not known. @param {Task | null} task @param {Asking['options']} options @returns {task is Task} */
const hasVideo = (task, options) =>
  task !== null && (task.videoUrl !== null || (task.contentPath !== null && options.baseUrl !== undefined));

/** The buttons stay while the task changes, and with them the focus. @param {() => Task | null} current the task as it is by now */
export function createActions(current) {
  /** @type {Asking} */
  let asked = { id: '', options: {}, url: '' };
  const said = el('span', { role: 'status' });
  /** @param {string} label @param {() => string} text */
  const copying = (label, text) => button(label, said, () => copy(text()));
  const saving = button('Save the video', said, () => save(/** @type {Task} */ (current()), asked.options));
  saving.classList.add('primary');
  const json = copying('Copy JSON', () => JSON.stringify(current(), null, 2));
  const curl = copying('Copy curl', () => curlOf(asked.url, asked.options));
  const code = copying('Copy code', () => codeOf(asked.id, asked.options));
  const element = el('div', { class: 'actions', hidden: true }, saving, json, curl, code, said);
  return {
    element,
    /** @param {Asking} asking */
    offer(asking) {
      if (asking.url !== asked.url) said.textContent = '';
      asked = asking;
      const task = current();
      saving.hidden = !hasVideo(task, asked.options);
      json.hidden = task === null;
      curl.hidden = code.hidden = asked.url === '';
      element.hidden = json.hidden && curl.hidden;
    },
  };
}

/** @param {string} label @param {HTMLElement} said @param {() => Promise<string>} act */
export function button(label, said, act) {
  const element = el('button', { type: 'button', class: 'small' }, label);
  let isActing = false;
  /** Not `disabled`, which would take the focus away. @param {boolean} isNow */
  const show = (isNow) => {
    isActing = isNow;
    element.setAttribute('aria-disabled', String(isNow));
  };
  element.addEventListener('click', async () => {
    if (isActing) return;
    show(true);
    said.textContent = '…';
    said.textContent = await act().catch((error) => `It did not work: ${error.message}`);
    show(false);
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
