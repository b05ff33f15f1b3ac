// @ts-check
import { TaskQueryError } from './errors.js';
import initWasm, { initSync } from './dist/video_task_query.js';

const OTHER_WAYS =
  "pass the place of the package's dist/video_task_query_bg.wasm to init(), or import video-task-query/inline";

/**
 * Loads the WebAssembly from wherever `init` was told to.
 *
 * @param {any} source
 */
export async function load(source) {
  mustExist();
  const module = await moduleOf(await source);
  if (hasNoImports(module)) unusable(new Error('it is not of this package'));
  try {
    // In one go: a call in between may have loaded the package's own file, and must not lose its instance.
    initSync({ module });
  } catch {
    // Pages of older Chromes allow only small modules to be instantiated at once; there nothing can come in between.
    await initWasm({ module_or_path: module }).catch(unusable);
  }
}

function mustExist() {
  if (typeof WebAssembly !== 'undefined') return;
  throw unloaded('There is no WebAssembly here, as in React Native: ask from a server of yours.');
}

/** Another program's, which would load here, for it wants nothing. @param {WebAssembly.Module} module */
function hasNoImports(module) {
  try {
    return WebAssembly.Module.imports(module).length === 0;
  } catch (cause) {
    return unusable(cause);
  }
}

/**
 * Loads it without waiting.
 *
 * @param {any} source bytes or a module
 */
export function loadNow(source) {
  mustExist();
  try {
    initSync({ module: source });
  } catch (cause) {
    unusable(cause);
  }
}

/**
 * By tags, since each realm has classes of its own. Not by `WebAssembly.compileStreaming`: at this size it is no faster
 * (8.1 ms, and 8.4 ms so, in Chromium), it refuses a wrong MIME type, and does not tell a page from a policy.
 *
 * @param {any} source
 * @returns {Promise<WebAssembly.Module>}
 */
async function moduleOf(source) {
  const tag = Object.prototype.toString.call(source).slice(8, -1);
  if (tag === 'WebAssembly.Module') return source;
  const isAsked = tag === 'String' || tag === 'URL' || tag === 'Request';
  const bytes = isAsked || tag === 'Response' ? await bytesAt(source, isAsked) : source;
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    return unusable(cause);
  }
}

/**
 * @param {any} source
 * @param {boolean} isAsked else it is the answer already
 */
async function bytesAt(source, isAsked) {
  // Without what may be secret in a signed URL, and without the whole of a data: URL.
  const place = String(source.url || source)
    .replace(/[?#].*/s, '')
    .slice(0, 200);
  let bytes;
  try {
    if (isAsked) source = await fetch(source);
    bytes = new Uint8Array(await source.arrayBuffer());
  } catch (cause) {
    const policy = 'check the network, CORS, and connect-src of the Content-Security-Policy';
    // Neither Node's fetch nor that of a page reads files, whatever the network and the policy are.
    const check = place.startsWith('file:') ? OTHER_WAYS : policy;
    throw unloaded(`The WebAssembly cannot be fetched from ${place}: ${check}.`, cause, 'network');
  }
  if (!source.ok) throw unloaded(`The WebAssembly is not at ${place} (HTTP ${source.status}): ${OTHER_WAYS}.`);
  const type = source.headers.get('content-type');
  if (String(bytes.subarray(0, 4)) !== '0,97,115,109') {
    throw unloaded(`${place} gives ${type ?? 'something else'} in place of the WebAssembly: ${OTHER_WAYS}.`);
  }
  if (type && !/^application\/wasm\b/i.test(type)) {
    console.warn(`${place} comes as ${type}: serve it as application/wasm, a type that servers know how to compress.`);
  }
  return bytes;
}

/**
 * @param {any} cause what the engine threw
 * @returns {never}
 */
function unusable(cause) {
  // Engines have no error of its own for this, only words, and Chromium none at all in the content script of an
  // extension, for which the policy of the page counts.
  if (/policy|unsafe-eval|csp|disallowed|not allowed|\(\): ?$/i.test(cause?.message)) {
    throw unloaded(
      "WebAssembly may not be compiled here: allow 'wasm-unsafe-eval' in script-src of the Content-Security-Policy, " +
        'or, where the runtime forbids it, pass a WebAssembly.Module to init().',
      cause,
    );
  }
  // Its imports are named after its version.
  const why = /\bimport\b/i.test(cause?.message)
    ? 'it is of another version than the JavaScript, or of another program'
    : cause?.message;
  throw unloaded(`The WebAssembly cannot be loaded (${why ?? cause}): ${OTHER_WAYS}.`, cause);
}

/**
 * @param {string} message
 * @param {unknown} [cause]
 * @param {'invalid_argument' | 'network'} [code]
 */
export function unloaded(message, cause, code = 'invalid_argument') {
  const retryable = code === 'network';
  return new TaskQueryError({ code, message, retryable, cause });
}
