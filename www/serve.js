// @ts-check
/** Page, package and practice relay on one port. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRelay } from '../pkg/relay/relay.js';
import { policyOf } from './policy.js';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

const www = fileURLToPath(new URL('.', import.meta.url));

/** @type {Record<string, string>} */
const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
};
// Every segment begins with a letter or digit: neither `..` nor a dot file can be meant.
const FILE = /^\/((?:[a-z0-9][\w-]*\/)*)([a-z0-9][\w.-]*\.(css|js|svg|wasm))$/i;

/**
 * @param {object} [options]
 * @param {string} [options.packageDir] the npm package's folder
 * @param {() => number} [options.now] epoch ms, for the relay's tasks
 * @param {number} [options.lifeMs] how long an ordinary task of the relay takes
 * @returns {(req: Request, res: Response) => void}
 */
export function createSite({ packageDir = join(www, '../pkg'), now, lifeMs } = {}) {
  const relay = createRelay({ now, lifeMs });
  /** What may be read, and where it is. @type {[prefix: string, folder: string][]} */
  const folders = [
    ['page/', join(www, 'page')],
    ['pkg/', packageDir],
    ['relay/ids.js', join(www, '../pkg/relay/ids.js')],
  ];

  return (req, res) => {
    const path = (req.url ?? '/').split('?', 1)[0];
    if (/^\/(v1|media)\//.test(path)) return relay(req, res);
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      return void res.writeHead(405, { allow: 'GET, HEAD', 'content-type': 'text/plain' }).end('Only GET and HEAD.\n');
    }
    sendFile(req, res, path, folders).catch(() => res.destroy());
  };
}

/** @param {Request} req @param {Response} res @param {string} path @param {[string, string][]} folders */
async function sendFile(req, res, path, folders) {
  const file = path === '/' ? join(www, 'index.html') : fileAt(path, folders);
  const bytes = file === null ? null : await readFile(file).catch(() => null);
  if (file === null || bytes === null) {
    return void res
      .writeHead(404, { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' })
      .end('No such file.\n');
  }
  const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`;
  res.setHeader('cache-control', 'no-cache');
  res.setHeader('etag', etag);
  res.setHeader('x-content-type-options', 'nosniff');
  if (path === '/')
    for (const [name, value] of Object.entries(pageHeaders(bytes.toString()))) res.setHeader(name, value);
  if (req.headers['if-none-match'] === etag) return void res.writeHead(304).end();
  res.writeHead(200, { 'content-type': TYPES[file.slice(file.lastIndexOf('.') + 1)], 'content-length': bytes.length });
  res.end(req.method === 'HEAD' ? undefined : bytes);
}

/** @param {string} path @param {[string, string][]} folders @returns {string | null} */
function fileAt(path, folders) {
  if (!FILE.test(path)) return null;
  const relative = path.slice(1);
  const [prefix, folder] = folders.find(([start]) => relative.startsWith(start)) ?? ['', null];
  return folder === null ? null : join(folder, relative.slice(prefix.length));
}

/** @param {string} html */
function pageHeaders(html) {
  return {
    'content-security-policy': policyOf(html).join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  };
}
