// @ts-check
/**
 * What one writes instead: `JSON.parse`, and a mapping that tries the usual names. It is short, knows neither units nor
 * stale errors, and so is wrong where the package is not; `parse` tells for how many fixtures.
 */

const WORDS = {
  queued: 'queued pending submitted not_start in_queue starting queueing throttled waiting preparing',
  processing: 'processing in_progress running generating dreaming active',
  completed: 'completed succeeded success succeed done ok',
  failed: 'failed failure fail error',
  cancelled: 'cancelled canceled aborted',
  expired: 'expired timeout',
};

/** @type {Map<string, string>} */
const STATUS = new Map(
  Object.entries(WORDS).flatMap(([status, words]) => words.split(' ').map((word) => [word, status])),
);

/** @param {unknown} value */
function instant(value) {
  if (typeof value === 'string' && !/^\d+$/.test(value)) return Date.parse(value) || null;
  const number = Number(value ?? Number.NaN);
  return number > 0 ? (number < 1e11 ? number * 1000 : number) : null;
}

/** @param {any} body a parsed answer */
export function mapped(body) {
  const task = body.data?.status || body.data?.task_status ? body.data : (body.task ?? body.output ?? body);
  const word = task.status ?? task.state ?? task.task_status ?? body.status;
  const status = STATUS.get(String(word ?? '').toLowerCase()) ?? 'unknown';
  const url =
    task.video_url ??
    task.videoUrl ??
    task.url ??
    task.result_url ??
    task.video?.url ??
    task.videos?.[0]?.url ??
    task.task_result?.videos?.[0]?.url ??
    (Array.isArray(task.output) ? task.output[0] : task.output) ??
    null;
  const progress = task.progress === undefined ? null : Number.parseFloat(task.progress) / 100;
  const error = task.error ?? task.fail_reason ?? task.failure ?? body.error ?? null;
  return {
    id: task.id ?? task.task_id ?? task.taskId ?? body.id ?? null,
    model: task.model ?? body.model ?? null,
    status,
    rawStatus: word ?? null,
    isDone: ['completed', 'failed', 'cancelled', 'expired'].includes(status),
    progress: status === 'completed' ? 1 : progress,
    videoUrl: typeof url === 'string' ? url : null,
    thumbnailUrl: task.thumbnail_url ?? task.thumbnailUrl ?? null,
    width: task.width ?? null,
    height: task.height ?? null,
    durationSeconds: task.duration ?? task.seconds ?? null,
    prompt: task.prompt ?? null,
    error: error ? { code: error.code ?? null, message: error.message ?? String(error) } : null,
    createdAt: instant(task.created_at ?? task.createdAt ?? task.create_time),
    completedAt: instant(task.completed_at ?? task.completedAt ?? task.finish_time),
    updatedAt: instant(task.updated_at ?? task.updatedAt ?? task.status_update_time),
  };
}

/** @param {Uint8Array} body */
export function parsed(body) {
  return JSON.parse(new TextDecoder().decode(body));
}
