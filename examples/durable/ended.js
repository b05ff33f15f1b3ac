// @ts-check
/** Prints the tasks that have ended, the first one first. */
import { Redis } from 'ioredis';
import { connection, endedKey, feedKey } from './settings.js';

const redis = new Redis(connection);
const ids = await redis.lrange(feedKey, 0, -1);
const ends = ids.length > 0 ? await redis.hmget(endedKey, ...ids) : [];
for (const [at, id] of ids.entries()) console.log(`${id} ${ends[at]}`);
redis.disconnect();
