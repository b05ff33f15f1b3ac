// @ts-check
/** A service that serves the film of a completed task, and `vtq` that saves it in a folder of the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preloaded, vtq } from './command.js';
import { json, serve } from './service.js';

export const FILM = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 251));
export const VIDEO = { 'content-type': 'video/mp4' };
export const OTHER = Buffer.from(FILM).reverse();

export const NOW = 'Wed, 21 Oct 2026 07:28:00 GMT';
/** In `vtq` it is always now, and what it would sleep is told and not slept. */
export const SLEEPLESS = preloaded(`
  import { syncBuiltinESMExports } from 'node:module';
  import timers from 'node:timers/promises';
  Date.now = () => Date.parse('${NOW}');
  timers.setTimeout = async (ms) => void process.stderr.write(\`slept \${ms} ms\\n\`);
  syncBuiltinESMExports();
`);

/** A folder of its own. @param {{ after: (end: () => void) => void }} t */
export function folderOf(t) {
  const folder = mkdtempSync(join(tmpdir(), 'vtq-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/**
 * A service whose task `sora-2:a` has completed, and that serves its film.
 *
 * @param {{ after: (end: () => void) => void }} t
 * @param {(asked: import('./service.js').Asked, count: number, res: import('node:http').ServerResponse) => ReturnType<import('./service.js').Answer>} film count: from 1 on
 */
export async function studio(t, film) {
  let count = 0;
  return serve(t, (asked, res) => {
    if (asked.path.startsWith('/film')) return film(asked, ++count, res);
    const id = asked.query.get('id') ?? '';
    return json({ id, status: 'completed', video_url: '/film.mp4' });
  });
}

/** @param {import('./service.js').Asked} asked @param {{ film?: Buffer, etag?: string }} [of] */
export function ranged({ headers }, { film = FILM, etag = '"1"' } = {}) {
  const from = Number(/^bytes=(\d+)-$/.exec(String(headers.range))?.[1] ?? NaN);
  const type = { 'content-type': 'video/mp4', etag };
  if (Number.isNaN(from) || headers['if-range'] !== etag) return { headers: type, body: film };
  const range = `bytes ${from}-${film.length - 1}/${film.length}`;
  return { status: 206, headers: { ...type, 'content-range': range }, body: film.subarray(from) };
}

export const whole = (/** @type {import('./service.js').Asked} */ asked) => ranged(asked);

/** Sends so many bytes of all, then drops the line. @param {import('node:http').ServerResponse} res @param {number} bytes @param {Record<string, string>} [headers] */
export function cut(res, bytes, headers = { etag: '"1"' }) {
  res.writeHead(200, { 'content-type': 'video/mp4', 'content-length': FILM.length, ...headers });
  res.write(FILM.subarray(0, bytes), () => setTimeout(() => res.destroy(), 50));
}

/** @param {string} folder @param {string} url @param {...string} args */
export const save = (folder, url, ...args) => vtq(['sora-2:a', '--base-url', url, ...args], { cwd: folder });
