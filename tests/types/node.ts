/** As scripts for Node use it, the examples of the README among them. */
import { readFileSync } from 'node:fs';
import { type Task, createClient, init, isTaskQueryError, queryTask } from 'video-task-query';

const task: Task = await queryTask('grok:eee6faa8-9dee-455c-aa82-02ac623adf3a', {
  baseUrl: 'https://api.quickrouter.ai',
  apiKey: process.env.VIDEO_TASK_API_KEY ?? '',
  signal: AbortSignal.timeout(1000),
});
console.log(task.isDone ? `ended: ${task.status}` : `still ${task.status}`);

await init(readFileSync('video_task_query_bg.wasm'));
await init(new URL('https://example.com/video_task_query_bg.wasm'));
for await (const { id, error } of createClient({ concurrency: 2 }).watchTasks(['a', 'b'])) {
  if (isTaskQueryError(error)) console.log(id, error.code);
}
