// @ts-check
import { TaskQueryError, wrong } from './errors.js';

/**
 * Where the bytes of a task's video are: the best one, or that of a kind, or the path that serves them.
 *
 * @param {import('./index.d.ts').Task} task
 * @param {import('./index.d.ts').Video['kind']} [kind]
 * @returns {string}
 */
export function videoUrlOf(task, kind) {
  let url;
  try {
    url = picked(task, kind);
  } catch (cause) {
    throw cause instanceof TaskQueryError
      ? cause
      : wrong('The task cannot be read: pass one that queryTask or waitForTask gave.', cause);
  }
  if (typeof url === 'string') return url;
  throw wrong("A video's URL must be a string.");
}

/** @param {import('./index.d.ts').Task} task @param {import('./index.d.ts').Video['kind']} [kind] */
function picked(task, kind) {
  if (typeof task !== 'object' || task === null || !Array.isArray(task.videos)) {
    throw wrong('videoRequest takes a task, as queryTask and waitForTask give it.');
  }
  const { videos, videoUrl, contentPath, status } = task;
  if (kind !== undefined && kind !== null) {
    const video = videos.find((video) => video.kind === kind);
    if (video) return video.url;
    const kinds = [...new Set(videos.map((video) => video.kind))].join(', ');
    throw wrong(
      `The task has no video of the kind '${kind}': ${kinds ? `there is ${kinds}` : 'there is none at all'}.`,
    );
  }
  const url = videoUrl ?? contentPath;
  if (url === null || url === undefined) throw wrong(`The task has no video: it is ${status}.`);
  return url;
}
