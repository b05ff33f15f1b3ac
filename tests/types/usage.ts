/** What users write, compiled against the packed package; each `@ts-expect-error` has to be one. */
import {
  createClient,
  explainTask,
  init,
  isTaskQueryError,
  parseTask,
  queryTask,
  TaskQueryError,
  type Client,
  type ErrorCode,
  type Explanation,
  type QueryOptions,
  type Task,
  type Video,
} from 'video-task-query';
import * as inline from 'video-task-query/inline';
import * as slim from 'video-task-query/slim';

/** Compiles where the two types are the same, to the letter. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export function same<A, B>(_: Same<A, B>): void {}

export async function ask(): Promise<string | null> {
  const task = await queryTask('sora-2:task_1', {
    baseUrl: '/api/video',
    signal: AbortSignal.timeout(1000),
    maxRetries: 0,
  });
  same<typeof task, Task>(true);
  same<typeof task.progress, number | null>(true);
  same<typeof task.raw, unknown>(true);
  if (task.error) same<typeof task.error.message, string>(true);
  const best: Video | undefined = task.videos[0];
  return best?.url ?? task.videoUrl;
}

/** As from an environment: what is undefined counts as not given, under exactOptionalPropertyTypes too. */
export async function askWithWhatThereIs(apiKey: string | undefined, ms: number | undefined): Promise<Task> {
  parseTask('{}', { id: apiKey });
  await createClient({ concurrency: ms }).waitForTask('a', { deadlineMs: ms, onUpdate: undefined });
  return queryTask('a', { apiKey, timeoutMs: ms, signal: undefined, headers: undefined, fetch: undefined });
}

export async function askWrongly(): Promise<void> {
  // @ts-expect-error an id is a text
  await queryTask(1);
  // @ts-expect-error there is no such option
  await queryTask('a', { timeout: 1 });
  // @ts-expect-error null is not what an option is
  await queryTask('a', { baseUrl: null });
  // @ts-expect-error a task has no such field
  (await queryTask('a')).url;
  // @ts-expect-error the body as it came is not written to
  (await queryTask('a')).raw = null;
}

export function read(body: Uint8Array | ArrayBuffer | string | object): Explanation {
  const options: QueryOptions = { apiKey: async () => 'key', endpoint: '/v1/tasks/{id}', fetch };
  const client: Client = createClient(options);
  same<ReturnType<typeof client.parseTask>, Task>(true);
  parseTask(body, { id: 'a' });
  return explainTask(body);
}

export function codeOf(error: unknown): ErrorCode | null {
  if (!isTaskQueryError(error)) return null;
  same<typeof error, TaskQueryError>(true);
  const { retryAfterMs, task }: { retryAfterMs: number | null; task: Task | null } = error;
  return retryAfterMs === null && task === null ? error.code : null;
}

export async function load(module: WebAssembly.Module, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await init();
  await init(new URL('https://example.com/a.wasm'));
  await slim.init(module);
  await inline.init(bytes);
  await slim.init(await fetch('/a.wasm'));
}

same<typeof inline.queryTask, typeof queryTask>(true);
same<typeof slim.TaskQueryError, typeof TaskQueryError>(true);
