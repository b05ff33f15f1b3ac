/**
 * Ask any video generation service how a task stands, and get one honest answer.
 *
 * Times are milliseconds, instants are Unix epoch milliseconds, progress runs from 0 to 1. `null` says "the service did
 * not tell"; no field of a task is ever `undefined`, and none is ever missing.
 */

// ---------------------------------------------------------------------------------------------- the task

/** Where a task stands. `unknown`: the service used a word that this version does not know; never terminal. */
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
  /** The id to ask with: the requested one, else the one in the body. */
  id: string;
  /** The id that the body carries; services drop prefixes or answer with another id. Digits of a numeric id are kept exactly. */
  responseId: string | null;
  /** Family of the model: 'sora', 'veo', 'grok', 'kling', 'runway', … or 'unknown'. */
  provider: string;
  /** As the service names it: 'sora-2', 'veo3.1-fast', … */
  model: string | null;
  /** Which wire shape was recognised: 'unified', 'openai', 'new-api', 'kling', … or 'unknown'. */
  shape: string;

  status: TaskStatus;
  /** The service's own word for the status, untouched. */
  rawStatus: string | null;
  /** The step inside `processing`, where the service tells: 'downloading_images' | 'generating' | 'upscaling' | … */
  stage: string | null;
  /** The task has ended, one way or another. */
  isDone: boolean;
  /** 0 to 1 as reported; 1 when completed; null when not reported or when it ended otherwise. Never invented. */
  progress: number | null;
  queuePosition: number | null;
  /** What the service itself estimates is left, in ms. */
  estimatedWaitMs: number | null;

  /** The best of `videos`, or null. */
  videoUrl: string | null;
  /** Every rendition found, best first, no URL twice. */
  videos: Video[];
  thumbnailUrl: string | null;
  /** A moving preview (gif, webp). */
  previewUrl: string | null;
  /** Path on the service that serves the bytes with the API key, for shapes that carry no URL. */
  contentPath: string | null;
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
  prompt: string | null;
  enhancedPrompt: string | null;

  /** Why it ended without a video. Null unless status is failed, cancelled or expired. */
  error: TaskFailure | null;
  /** What a reader should know but must not mistake for failure: errors that a retry got over, URLs that were refused, … */
  warnings: TaskWarning[];

  createdAt: number | null;
  completedAt: number | null;
  updatedAt: number | null;

  /** The whole body, as `JSON.parse` gives it. Built at the first access; not an own enumerable property. */
  readonly raw: unknown;
}

export interface Video {
  /** http(s), or data:video/…; never any other scheme. Site-relative URLs come resolved against `baseUrl`. */
  url: string;
  kind: 'upscaled' | 'source' | 'medium' | 'watermarked';
  width: number | null;
  height: number | null;
  /** Read from the URL's own signature (Expires, X-Amz-Date + X-Amz-Expires, …) or from the body. */
  expiresAt: number | null;
  /** The URL answers only with the API key. */
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
  | 'invalid_argument' // before any request: empty id, bad URL, unknown option name (the message names it)
  | 'authentication' // 401
  | 'permission' // 403
  | 'insufficient_quota' // 402, or the service's quota words under any status
  | 'rate_limited' // 429
  | 'not_found' // every service's way of saying it: 404, new-api's 400 task_not_exist, DashScope's 200 UNKNOWN, …
  | 'bad_request' // other 4xx
  | 'server' // 5xx
  | 'network' // no answer
  | 'timeout' // timeoutMs or deadlineMs ran out
  | 'invalid_response' // not JSON, cut off, too large, or no task in it
  | 'task_failed'; // waitForTask: the task ended as failed, cancelled or expired

/** `name` is 'TaskQueryError'. Neither message, stack nor any field ever holds an API key of eight characters or more; `task.raw` and
 *  the URLs of `task` are as the service gave them. */
export class TaskQueryError extends Error {
  readonly code: ErrorCode;
  /** HTTP status, or null when there was no answer. */
  readonly status: number | null;
  /** The service's own code and words, dug out of its envelope. */
  readonly serviceCode: string | null;
  readonly serviceMessage: string | null;
  readonly requestId: string | null;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  /** How many requests were made. */
  readonly attempts: number;
  /** For `not_found`: whether the service lacks the task or the whole route, where its words tell. */
  readonly missing?: 'route' | 'task' | null;
  /** The last task seen before it went wrong (waiting and watching). */
  readonly task: Task | null;
  readonly cause?: unknown;
  /** For tests and for code that answers in this package's place. */
  constructor(fields: TaskQueryErrorFields);
  /** Words alone, as of any `Error`: `code` is 'invalid_response'. */
  constructor(message?: string, options?: { cause?: unknown });
}
/** What a `TaskQueryError` is made of; what is left out becomes null, false or 0. */
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
/** Works across realms and across two copies of the package. */
export function isTaskQueryError(error: unknown): error is TaskQueryError;

// ---------------------------------------------------------------------------------------------- options

/** 'unified' /v1/video/query?id={id} · 'openai' /v1/videos/{id} · 'generations' /v1/video/generations/{id} ·
 *  'auto' (default) starts with 'unified' and moves on only when the route itself is missing, remembered per origin ·
 *  or a template of your own that contains {id}, such as '/v1/videos/video_id?id={id}'. The id is percent-encoded. */
export type Endpoint = 'auto' | 'unified' | 'openai' | 'generations' | (string & {});

export interface QueryOptions {
  /** A function is asked before each request, and once more after a 401. Absent: VIDEO_TASK_API_KEY where there is a process.env, else no key is sent. */
  apiKey?: string | (() => string | Promise<string>) | undefined;
  /** Default: VIDEO_TASK_BASE_URL, else 'https://api.quickrouter.ai'. A relative URL ('/api/video') is fine in a browser.
   *  Plain http to anything but loopback is refused when a key would travel on it, be it in a header of your own. */
  baseUrl?: string | undefined;
  endpoint?: Endpoint | undefined;
  headers?: Record<string, string> | undefined;
  signal?: AbortSignal | undefined;
  /** For one request, body included. Default 30 000. Node's own fetch gives up after 300 s without an answer or a byte of it. */
  timeoutMs?: number | undefined;
  /** After 408, 425, 429, 5xx (501 aside), network errors and connections that break in the middle of an answer. Default 2. */
  maxRetries?: number | undefined;
  /** Default 32 MiB. */
  maxBodyBytes?: number | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}

export interface WaitOptions extends QueryOptions {
  /** Total, over sleeps, requests and body reads. Default 30 minutes; Infinity allowed. */
  deadlineMs?: number | undefined;
  /** Fixed interval instead of the adaptive one. A service that asks for more time gets it. */
  intervalMs?: number | undefined;
  /** Every change of the task, the last one included. What it throws, or its promise rejects with, ends the wait and reaches
   *  the caller, unless the wait was over by then; the end of the task waits for that promise. */
  onUpdate?: ((task: Task) => void) | undefined;
  /** Each poll that brought no task and will be made again: a 502, a broken connection, an empty answer. What it throws
   *  or rejects with ends the wait as that of `onUpdate` does. */
  onMissedPoll?: ((error: TaskQueryError, id: string) => void) | undefined;
  /** Consecutive polls that may go unanswered before the wait gives up. Default 5. */
  maxMissedPolls?: number | undefined;
  /** Attempts beyond the first within one poll. Default 0 here: the next poll is soon enough. None after a 429, or where the
   *  service says how long to wait: the wait itself heeds that, for all tasks of that origin. */
  maxRetries?: number | undefined;
}

export interface WatchManyOptions extends WaitOptions {
  /** Requests under way at once to one origin. Default 6. */
  concurrency?: number | undefined;
  /** Upper bound to one origin; a 429 lowers the pace for all of that origin's tasks. Default: none. */
  requestsPerSecond?: number | undefined;
}

// -------------------------------------------------------------------------------------------- functions

/** One answer. Rejects with TaskQueryError; an abort rejects with the signal's own reason. */
export function queryTask(id: string, options?: QueryOptions): Promise<Task>;

/** Resolves when the task is completed. Failed, cancelled, expired: rejects with code 'task_failed' and `.task`. */
export function waitForTask(id: string, options?: WaitOptions): Promise<Task>;

/** Yields the task at once, then at every change, the terminal one last (a failed one too: it is yielded, not thrown).
 *  Throws only when asking went wrong for good. Leaving the loop stops the polling. A new `updatedAt` alone is no change. */
export function watchTask(id: string, options?: WaitOptions): AsyncIterableIterator<Task>;

export type WatchEvent =
  { id: string; task: Task; error: null } | { id: string; task: Task | null; error: TaskQueryError };
/** Many ids over one limiter per origin. `error` says that asking went wrong for good, and ends that id alone; a task that
 *  ended as failed is an event with its `task`. Ends when every id has. An id that is given twice is watched once. */
export function watchTasks(ids: Iterable<string>, options?: WatchManyOptions): AsyncIterableIterator<WatchEvent>;

/** Pure and offline: a webhook's body, a stored row, a log line. A body that is an error envelope throws the TaskQueryError that queryTask would,
 *  and so does an id that it refuses. */
export function parseTask(
  body: string | Uint8Array | ArrayBuffer | object,
  options?: { id?: string | undefined; baseUrl?: string | undefined },
): Task;

/** Which shape and rule gave each field, and what was ignored. For people, support threads and tests. */
export function explainTask(
  body: string | Uint8Array | ArrayBuffer | object,
  options?: { id?: string | undefined; baseUrl?: string | undefined },
): Explanation;
export interface Explanation {
  shape: string;
  task: Task;
  /** One row a field of the task that has a value: the path in the body it came from, empty for what follows from
   *  something else, and why. */
  fields: { field: string; path: string; note: string | null }[];
  ignored: { path: string; why: string }[];
}

/** One step of waiting as plain data, so that any scheduler (a queue's delayed job, a durable workflow, a cron) can carry it.
 *  Pass the cursor of the step before (null at first) and what the poll brought. JSON-serialisable. `done` says that the task
 *  ended, that asking again has no point, or that `deadlineMs` is over: 30 minutes from the first step where it is not given. Pass
 *  the very task that `queryTask` gave: a copy has lost when the service wants to be asked again. */
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

/** The request that fetches a video's bytes: the best one, or that of a kind. Without `baseUrl` it is that of the call or
 *  client that gave the task, with the key and headers that went there; a copy of a task, or one of `parseTask`, knows of
 *  none. The API key goes along only to `baseUrl`'s own origin. */
export function videoRequest(task: Task, options?: VideoRequestOptions): Promise<Request>;
export type VideoRequestOptions = QueryOptions & { kind?: Video['kind'] | undefined };

/** The same functions with defaults, one limiter and one endpoint memory. Waiting and watching of a client share the polls
 *  of one id, and go through its limiter, while `queryTask` asks at once; `concurrency` or `requestsPerSecond` given to one call
 *  bind that call alone, which then has a limiter and polls of its own. On Workers and edge routes each call has them. */
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

/** Loads the WebAssembly ahead of time, or from a place of your own. The async functions do it by themselves; the sync ones
 *  (parseTask, explainTask, nextPoll) need it in browsers, and say so when it is missing. In Node nothing is ever needed. */
export function init(
  source?: URL | string | Request | Response | ArrayBuffer | ArrayBufferView | WasmModule,
): Promise<void>;
/** `WebAssembly.Module`, where the project's `lib` has it: not every Node project's does. */
type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : never;
