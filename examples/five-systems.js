// @ts-check
// Asks each of the five systems how a task stands. Each service gets its own key, and no other service's:
//   QUICKROUTER_KEY=… RELAY_URL=… RELAY_KEY=… CODEX_KEY=… node examples/five-systems.js
import { queryTask } from 'video-task-query';

const { QUICKROUTER_URL = 'https://api.quickrouter.ai', QUICKROUTER_KEY = '' } = process.env;
const { RELAY_URL = 'https://api.quickrouter.ai', RELAY_KEY = '' } = process.env;
const { CODEX_URL = 'https://new.22codex.xyz', CODEX_KEY = '' } = process.env;

for (const [id, endpoint, baseUrl, apiKey] of [
  ['veo3.1-fast:1770350082-trii1OXZc3', 'openai', QUICKROUTER_URL, QUICKROUTER_KEY],
  ['veo3.1-fast:1770350082-trii1OXZc3', 'unified', QUICKROUTER_URL, QUICKROUTER_KEY],
  ['sora-2:task_01k74ynm13exf9ha36zz7820hv', 'unified', RELAY_URL, RELAY_KEY],
  ['grok:eee6faa8-9dee-455c-aa82-02ac623adf3a', 'unified', QUICKROUTER_URL, QUICKROUTER_KEY],
  ['sora-2:task_01kbfq03gpe0wr9ge11z09xqrj', '/v1/videos/video_id?id={id}', CODEX_URL, CODEX_KEY],
]) {
  const said = await queryTask(id, { apiKey, baseUrl, endpoint }).then((task) => task.videoUrl ?? task.status, String);
  console.log(`${id}: ${said}`);
}
