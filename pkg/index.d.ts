/**
 * Ask any video generation service how a task stands, and get one honest answer.
 *
 * Fields that end in `Ms` are milliseconds, instants are Unix epoch milliseconds, progress runs from 0 to 1. `null` means
 * that the service did not say. No field of a task is ever `undefined`, and none is ever missing.
 */

// ---------------------------------------------------------------------------------------------- the task

/** Where a task stands. `unknown` means that the service used a word that this version does not know; the task then
 *  never counts as ended. */
export type TaskStatus =
  // Still going.
  | 'queued'
  | 'processing'
  // Ended: `isDone` is true.
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'expired'
  | 'unknown';

export interface Task {
  /** The id to ask with: the one that was asked for, or else the one in the body; '' where neither is known. */
  id: string;
  /** The id in the body. Some services drop the prefix or answer with another id. Long numbers keep all digits. */
  responseId: string | null;
  /** Family of the model: 'sora', 'veo', 'grok', 'kling', 'runway', … or 'unknown'. */
  provider: string;
  /** The model as the service names it: 'sora-2', 'veo3.1-fast', … */
  model: string | null;
  /** Which kind of answer was recognised: 'unified', 'openai', 'new-api', 'kling', … or 'unknown'. */
  shape: string;

  status: TaskStatus;
  /** The service's own word for the status, unchanged. */
  rawStatus: string | null;
  /** The step within `processing`, if the service tells it: 'downloading_images' | 'generating' | 'upscaling' | … */
  stage: string | null;
  /** Whether the task has ended, one way or another. */
  isDone: boolean;
  /** 0 to 1 as reported; 1 when completed; null when not reported or when the task ended otherwise. Never invented. */
  progress: number | null;
  /** How many tasks are before this one. */
  queuePosition: number | null;
  /** How much time is left, as the service itself estimates it, in ms. */
  estimatedWaitMs: number | null;

  /** The best of `videos`, or null. */
  videoUrl: string | null;
  /** Every rendition found, best first, no URL twice. */
  videos: Video[];
  thumbnailUrl: string | null;
  /** A moving preview (gif, webp). */
  previewUrl: string | null;
  /** For a completed task whose answer carries no URL: the path on the service that serves the bytes, or an answer that
   *  says where they are. It needs the API key. */
  contentPath: string | null;
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
  prompt: string | null;
  enhancedPrompt: string | null;

  /** Why the task ended without a video. Null unless `status` is failed, cancelled or expired. */
  error: TaskFailure | null;
  /** What you should know but must not mistake for a failure: errors that a retry got over, refused URLs, … */
  warnings: TaskWarning[];

  createdAt: number | null;
  completedAt: number | null;
  updatedAt: number | null;

  /** The whole body, as `JSON.parse` gives it. Built when it is first read; not an own enumerable property. */
  readonly raw: unknown;
}

export interface Video {
  /** http(s), or data:video/…; never any other scheme. Site-relative URLs are already resolved against `baseUrl`. */
  url: string;
  kind: 'upscaled' | 'source' | 'medium' | 'watermarked';
  width: number | null;
  height: number | null;
  /** When the URL stops working: read from its own signature (Expires, X-Amz-Date + X-Amz-Expires, …), or else from the
   *  body. */
  expiresAt: number | null;
  /** Whether the URL answers only with the API key. */
  needsAuth: boolean;
}

export type FailureReason =
  'moderation' | 'invalid_input' | 'quota' | 'timeout' | 'no_output' | 'expired' | 'cancelled' | 'upstream' | 'unknown';
export interface TaskFailure {
  code: string | null;
  message: string;
  reason: FailureReason;
}
export interface TaskWarning {
  code: 'recovered_error' | 'unsafe_url' | 'no_output' | 'id_mismatch' | (string & {});
  message: string;
}

// ----------------------------------------------------------------------------------------------- errors

export type ErrorCode =
  | 'invalid_argument' // nearly always before any request: empty id, bad URL, unknown option (the message names it)
  | 'authentication' // 401, or the service's words for it
  | 'permission' // 403
  | 'insufficient_quota' // 402, or the service's quota words under any status
  | 'rate_limited' // 429, or the service's words for it
  | 'not_found' // every service's way of saying it: 404, new-api's 400 task_not_exist, DashScope's 200 UNKNOWN, …
  | 'bad_request' // other 4xx
  | 'server' // 5xx
  | 'network' // no answer
  | 'timeout' // timeoutMs or deadlineMs ran out
  | 'invalid_response' // not JSON, cut off, too large, no task in it, or a redirection that a key must not follow
  | 'task_failed'; // waitForTask: the task ended as failed, cancelled or expired

/** `name` is 'TaskQueryError'. No API key of eight characters or more ever stands in the message, the stack or any
 *  field, except in `task.raw` and the URLs of `task`, which are as the service gave them. */
export class TaskQueryError extends Error {
  readonly code: ErrorCode;
  /** HTTP status, or null when there was no answer. */
  readonly status: number | null;
  /** The service's own code and words, wherever in its answer they stood. */
  readonly serviceCode: string | null;
  readonly serviceMessage: string | null;
  /** The service's id for the request. Its support will ask for it. */
  readonly requestId: string | null;
  /** Whether asking again may help. */
  readonly retryable: boolean;
  /** When the service wants to be asked again, in ms counted from its answer. */
  readonly retryAfterMs: number | null;
  /** How many requests were made. */
  readonly attempts: number;
  /** For `not_found`: whether it is the task or the whole route that the service does not have, if that can be told. */
  readonly missing?: 'route' | 'task' | null;
  /** The last task seen before it went wrong (for waiting and watching); null after a single query. */
  readonly task: Task | null;
  readonly cause?: unknown;
  /** For tests, and for code of yours that stands in for this package. */
  constructor(fields: TaskQueryErrorFields);
  /** With a message alone, as any `Error`: `code` is then 'invalid_response'. */
  constructor(message?: string, options?: { cause?: unknown });
}
/** What a `TaskQueryError` is made of. What you leave out becomes null, false or 0. */
export interface TaskQueryErrorFields {
  code: ErrorCode;
  message: string;
  status?: number | null;
  serviceCode?: string | null;
  serviceMessage?: string | null;
  requestId?: string | null;
  retryable?: boolean;
  retryAfterMs?: number | null;
  attempts?: number;
  missing?: 'route' | 'task' | null;
  task?: Task | null;
  cause?: unknown;
}
/** Recognises errors from other realms and from another copy of the package too, which `instanceof` does not. */
export function isTaskQueryError(error: unknown): error is TaskQueryError;

// ---------------------------------------------------------------------------------------------- options

/** Which route is asked.
 *
 *  - 'unified': /v1/video/query?id={id}
 *  - 'openai': /v1/videos/{id}
 *  - 'generations': /v1/video/generations/{id}
 *  - 'auto' (default): these three in this order. The next one is tried only if the route itself is missing. Which one it
 *    was is remembered for each origin.
 *  - a path of your own that contains {id}, such as '/v1/videos/video_id?id={id}'
 *
 *  The id is percent-encoded. */
export type Endpoint = 'auto' | 'unified' | 'openai' | 'generations' | (string & {});

export interface QueryOptions {
  /** A function is called before each request, and once more after a 401. Default: VIDEO_TASK_API_KEY where there is a
   *  `process.env`, else no key is sent. '' sends no key. */
  apiKey?: string | (() => string | Promise<string>) | undefined;
  /** Default: VIDEO_TASK_BASE_URL, else 'https://api.quickrouter.ai'. In a browser a path from '/' on ('/api/video') is
   *  fine too. Plain http to anything but loopback is refused if a key would travel on it, also in a header of your
   *  own. */
  baseUrl?: string | undefined;
  /** Which route is asked. Default 'auto'. */
  endpoint?: Endpoint | undefined;
  /** Sent with each request. They replace headers of the same name, including `authorization`. */
  headers?: Record<string, string> | undefined;
  /** Aborting it ends the query at once, even in the pause before another attempt. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for one request, including its body. Default 30 000. Infinity is allowed, but Node's own fetch gives
   *  up after 300 s without an answer or without another byte of it. */
  timeoutMs?: number | undefined;
  /** How often to ask again after 408, 425, 429, 5xx (except 501), a network error or a connection that broke in the
   *  middle of an answer. Default 2. */
  maxRetries?: number | undefined;
  /** Bytes; a longer answer is given up. Default 32 MiB. */
  maxBodyBytes?: number | undefined;
  /** Called as `fetch(url, init)` in place of the global one, which is called with one `Request`. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

export interface WaitOptions extends QueryOptions {
  /** Milliseconds for the whole wait: pauses, requests and bodies. Default 30 minutes; Infinity is allowed. */
  deadlineMs?: number | undefined;
  /** A fixed interval in ms instead of the adaptive one. If the service asks for more time, it gets that. */
  intervalMs?: number | undefined;
  /** Called at every change of the task, including the last one. If it throws, or its promise rejects, the wait ends
   *  and you get that error, unless the wait was over by then. The end of the task waits for that promise. */
  onUpdate?: ((task: Task) => void) | undefined;
  /** Called when a poll brought no task and will be made again: after a 502, a broken connection, an empty answer. If
   *  it throws or rejects, the wait ends as with `onUpdate`. */
  onMissedPoll?: ((error: TaskQueryError, id: string) => void) | undefined;
  /** This many missed polls in a row end the wait. Default 5. */
  maxMissedPolls?: number | undefined;
  /** Attempts beyond the first within one poll. Default 0 here, since the next poll comes soon enough. There are none
   *  after a 429, or if the service says how long to wait: the wait itself respects that, for all tasks of that
   *  origin. */
  maxRetries?: number | undefined;
}

export interface WatchManyOptions extends WaitOptions {
  /** How many requests to one origin may be under way at once. Default 6. */
  concurrency?: number | undefined;
  /** Upper limit for one origin. Whatever it is, a 429 lowers the pace for all tasks of that origin. Default: none. */
  requestsPerSecond?: number | undefined;
}

// -------------------------------------------------------------------------------------------- functions

/** Asks once. Rejects with a TaskQueryError; after an abort it rejects with the signal's own reason. */
export function queryTask(id: string, options?: QueryOptions): Promise<Task>;

/** Asks until the task is completed. If it failed, was cancelled or expired, rejects with the code 'task_failed' and
 *  the task as `.task`. */
export function waitForTask(id: string, options?: WaitOptions): Promise<Task>;

/** Yields the task at once, then at every change, and last the task that has ended. One that failed is yielded too, not
 *  thrown. Throws only if asking went wrong for good. Leaving the loop stops the polling. A new `updatedAt` alone is
 *  not a change. */
export function watchTask(id: string, options?: WaitOptions): AsyncIterableIterator<Task>;

export type WatchEvent =
  { id: string; task: Task; error: null } | { id: string; task: Task | null; error: TaskQueryError };
/** The same for many ids, with one limiter for each origin. An `error` means that asking for this id went wrong for
 *  good; the others go on. A task that failed is an event with its `task`. Ends when every id has ended. An id that is
 *  given twice is watched once. */
export function watchTasks(ids: Iterable<string>, options?: WatchManyOptions): AsyncIterableIterator<WatchEvent>;

/** Reads a body that you already have, and sends nothing: a webhook's body, a stored row, a log line. If the body is an
 *  error answer, or the id is one that queryTask refuses, it throws the TaskQueryError that queryTask would reject
 *  with. */
export function parseTask(
  body: string | Uint8Array | ArrayBuffer | object,
  options?: { id?: string | undefined; baseUrl?: string | undefined },
): Task;

/** Tells which kind of answer was recognised, where each field came from, and what was not used. For people, support
 *  threads and tests. */
export function explainTask(
  body: string | Uint8Array | ArrayBuffer | object,
  options?: { id?: string | undefined; baseUrl?: string | undefined },
): Explanation;
export interface Explanation {
  shape: string;
  task: Task;
  /** One row for each field of the task that has a value: the path in the body that it came from (empty if it follows
   *  from something else), and why. Each warning has a row, with its code as the note. */
  fields: { field: string; path: string; note: string | null }[];
  ignored: { path: string; why: string }[];
}

/** One step of waiting as plain data, so that any scheduler (a queue's delayed job, a durable workflow, a cron) can
 *  carry it. Pass the cursor of the step before (null at first) and what the poll brought. What you get can be stored
 *  as JSON. `done` means that the task ended, that there is no point in asking again, or that `deadlineMs` is over, by
 *  default 30 minutes from the first step. Pass the very object that `queryTask` gave: a copy no longer knows when the
 *  service wants to be asked again. */
export function nextPoll(
  cursor: PollCursor | null,
  outcome: Task | TaskQueryError,
  options?: {
    now?: number | undefined;
    intervalMs?: number | undefined;
    deadlineMs?: number | undefined;
    maxMissedPolls?: number | undefined;
  },
): PollStep;
export interface PollCursor {
  readonly startedAt: number;
  readonly polls: number;
  readonly missed: number;
  readonly [more: string]: unknown;
}
export interface PollStep {
  done: boolean;
  delayMs: number;
  cursor: PollCursor;
}

/** The request that fetches the bytes of the best video, or of the one of a `kind`. Without `baseUrl` it uses the base
 *  URL of the call or client that gave the task, with the key and headers that were sent there. A copy of a task, and a
 *  task from `parseTask`, know none of these. The API key goes along only to the origin of `baseUrl`. */
export function videoRequest(task: Task, options?: VideoRequestOptions): Promise<Request>;
export type VideoRequestOptions = QueryOptions & { kind?: Video['kind'] | undefined };

/** The same functions with defaults, one limiter for each origin, and one memory of which routes services have. Waits
 *  of one client for the same id share their polls if they ask with the same options, and all its waits go through its
 *  limiter; `queryTask` asks at once. A `watchTasks` call with `concurrency` or `requestsPerSecond` of its own is bound
 *  by these alone and has its own limiter and polls. On Workers and edge routes each call has its own. */
export function createClient(defaults?: WatchManyOptions): Client;
export interface Client {
  queryTask: typeof queryTask;
  waitForTask: typeof waitForTask;
  watchTask: typeof watchTask;
  watchTasks: typeof watchTasks;
  parseTask: typeof parseTask;
  explainTask: typeof explainTask;
  videoRequest: typeof videoRequest;
}

/** Loads the WebAssembly ahead of time, or from a place of your own. The async functions load it by themselves. In
 *  browsers the sync ones (parseTask, explainTask, nextPoll) need this first, and say so if it is missing. In Node this
 *  is never needed. */
export function init(
  source?: URL | string | Request | Response | ArrayBuffer | ArrayBufferView | WasmModule,
): Promise<void>;
/** `WebAssembly.Module`, if the project's `lib` has it, which not every Node project's does. */
type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : never;
