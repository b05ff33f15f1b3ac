// @ts-check
/** What `mapped` reads, as schemas: a task, and the envelopes that it may stand in. */

/** @param {any} z zod */
export function zodSchema({ z }) {
  const scalar = z.union([z.string(), z.number()]).nullish();
  const text = z.string().nullish();
  const loose = z.unknown().optional();
  const fields = {
    id: scalar,
    task_id: scalar,
    taskId: scalar,
    model: text,
    status: scalar,
    state: scalar,
    task_status: scalar,
    video_url: text,
    videoUrl: text,
    url: text,
    result_url: text,
    progress: scalar,
    prompt: text,
    thumbnail_url: text,
    width: scalar,
    height: scalar,
    duration: scalar,
    seconds: scalar,
    created_at: scalar,
    completed_at: scalar,
    updated_at: scalar,
    error: loose,
    fail_reason: loose,
  };
  const inner = z.union([z.looseObject(fields), z.unknown()]).optional();
  return z.looseObject({ ...fields, data: inner, task: inner, output: inner });
}

/** @param {any} v valibot */
export function valibotSchema(v) {
  const scalar = v.nullish(v.union([v.string(), v.number()]));
  const text = v.nullish(v.string());
  const loose = v.optional(v.unknown());
  const fields = {
    id: scalar,
    task_id: scalar,
    taskId: scalar,
    model: text,
    status: scalar,
    state: scalar,
    task_status: scalar,
    video_url: text,
    videoUrl: text,
    url: text,
    result_url: text,
    progress: scalar,
    prompt: text,
    thumbnail_url: text,
    width: scalar,
    height: scalar,
    duration: scalar,
    seconds: scalar,
    created_at: scalar,
    completed_at: scalar,
    updated_at: scalar,
    error: loose,
    fail_reason: loose,
  };
  const inner = v.optional(v.union([v.looseObject(fields), v.unknown()]));
  return v.looseObject({ ...fields, data: inner, task: inner, output: inner });
}
