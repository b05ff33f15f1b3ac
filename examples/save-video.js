// @ts-check
// Waits for a task and saves its video:
//   VIDEO_TASK_API_KEY=… node examples/save-video.js sora-2:task_01k74ynm13exf9ha36zz7820hv film.mp4
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { videoRequest, waitForTask } from 'video-task-query';

const [id = '', file = 'video.mp4'] = process.argv.slice(2);
const task = await waitForTask(id, { onUpdate: ({ status, progress }) => console.log(status, progress ?? '') });
const response = await fetch(await videoRequest(task));
if (!response.ok || !response.body) throw new Error(`The video cannot be fetched: HTTP ${response.status}`);
await pipeline(response.body, createWriteStream(file));
console.log(`saved as ${file}`);
