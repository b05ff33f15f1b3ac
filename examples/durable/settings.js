// @ts-check
/** Where Redis is, and under what names the tasks are kept there. */
export const connection = { port: Number(process.env.REDIS_PORT ?? 6379), maxRetriesPerRequest: null };
export const queueName = 'video-tasks';
/** A hash: the id of a task, and as JSON what became of it. */
export const endedKey = 'video-tasks:ended';
/** A list of the ids in the order in which they ended, for whoever does something with each of them. */
export const feedKey = 'video-tasks:feed';
