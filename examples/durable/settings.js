// @ts-check
/** Where Redis is, and under what name the tasks are kept there. */
export const connection = { port: Number(process.env.REDIS_PORT ?? 6379), maxRetriesPerRequest: null };
export const queueName = 'video-tasks';
/** A hash of task ids and what became of them. */
export const endedKey = 'video-tasks:ended';
