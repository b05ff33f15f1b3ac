// @ts-check
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { runModule } from './child.js';
import { failureOf, thrownBy } from './failure.js';
import { entry, explainTask, isTaskQueryError, nextPoll, packageDir, parseTask, TaskQueryError } from './packed.js';
import { queryTask, videoRequest, waitForTask, watchTask } from './packed.js';
import { deserted } from './service.js';

const folder = mkdtempSync(join(tmpdir(), 'second-copy-'));
after(() => rmSync(folder, { recursive: true }));

describe('a TaskQueryError', () => {
  test('is an Error of a class of its own', async () => {
    const error = await thrownBy(() => parseTask('{}'));
    assert.deepEqual([error.name, TaskQueryError.name], ['TaskQueryError', 'TaskQueryError']);
    assert(error instanceof Error);
    assert(error instanceof TaskQueryError);
    assert.equal(Object.prototype.toString.call(error), '[object Error]');
    assert.equal(String(error), `TaskQueryError: ${error.message}`);
    assert.match(error.stack ?? '', /^TaskQueryError: /);
  });

  test('carries its facts into JSON and into copies', async () => {
    const error = await thrownBy(() => parseTask({ success: false, message: '任务不存在' }));
    const facts = {
      code: 'not_found',
      status: null,
      serviceCode: null,
      serviceMessage: '任务不存在',
      requestId: null,
      retryable: false,
      retryAfterMs: null,
      missing: 'task',
      attempts: 0,
      task: null,
    };
    const words = { name: 'TaskQueryError', message: error.message };
    assert.deepEqual(JSON.parse(JSON.stringify({ error })), { error: { ...words, ...facts } });
    assert.deepEqual({ ...error }, facts);
  });

  test('shows where the call was made', async () => {
    const baseUrl = await deserted();
    const options = { baseUrl, endpoint: 'unified', maxRetries: 0, maxMissedPolls: 1 };
    const calls = {
      queryTask: async function asksOnce() {
        await queryTask('sora-2:a', options);
      },
      waitForTask: async function waits() {
        await waitForTask('sora-2:a', options);
      },
      watchTask: async function watches() {
        for await (const task of watchTask('sora-2:a', options)) assert.fail(task.status);
      },
      videoRequest: async function asksForTheVideo() {
        await videoRequest(parseTask('{"id":"a","status":"queued"}'), options);
      },
      parseTask: async function reads() {
        parseTask('{}');
      },
      explainTask: async function explains() {
        explainTask('<html>');
      },
      nextPoll: async function steps() {
        nextPoll(null, /** @type {any} */ ({}));
      },
    };
    for (const call of Object.values(calls)) {
      const { stack, message } = await failureOf(call());
      assert.ok(stack?.startsWith(`TaskQueryError: ${message}\n`), stack);
      assert.match(stack ?? '', new RegExp(`\\n    at (?:async )?${call.name} \\(`), stack);
    }
  });

  test('keeps the frames of its own where nobody awaits the call, and leaves a frozen one of the caller as it is', async () => {
    // Within a test there are frames of the test runner.
    const { stdout } = await runModule(`const { queryTask } = await import(process.env.PACKAGE);
      queryTask('').catch(({ stack }) => console.log(stack));`);
    assert.match(stdout, /\n +at /);
    const reason = Object.freeze(new TaskQueryError('mine'));
    const signal = AbortSignal.abort(reason);
    assert.equal(await queryTask('sora-2:a', { signal }).catch((error) => error), reason);
  });

  test('can be made of words alone, as any Error', () => {
    const cause = new Error('ECONNRESET');
    class Mine extends TaskQueryError {}
    for (const error of [new TaskQueryError('boom', { cause }), new Mine('boom', { cause })]) {
      assert.deepEqual(
        [error.message, error.code, error.cause, error.attempts, error.retryable],
        ['boom', 'invalid_response', cause, 0, false],
      );
      assert.equal(isTaskQueryError(error), true);
    }
    assert.deepEqual(['cause' in new TaskQueryError('boom'), new TaskQueryError().message], [false, '']);
  });

  test('can be made by hand, for tests and stand-ins', () => {
    const cause = new Error('ECONNRESET');
    const error = new TaskQueryError({ code: 'network', message: 'No answer.', retryable: true, attempts: 2, cause });
    assert.deepEqual([error.code, error.message, error.retryable, error.attempts], ['network', 'No answer.', true, 2]);
    assert.equal(error.cause, cause);
    assert.deepEqual([error.status, error.requestId, error.retryAfterMs, error.task], [null, null, null, null]);
    assert.equal('cause' in new TaskQueryError({ code: 'network', message: 'No answer.' }), false);
    assert.equal('cause' in new TaskQueryError({ code: 'network', message: 'No answer.', cause: undefined }), false);
    assert.equal(new TaskQueryError({ code: 'network', message: 'No answer.', cause: null }).cause, null);
  });
});

describe('isTaskQueryError', () => {
  test('knows the errors of this copy, thrown and made', async () => {
    assert.equal(isTaskQueryError(await thrownBy(() => parseTask('{}'))), true);
    assert.equal(isTaskQueryError(new TaskQueryError({ code: 'network', message: 'No answer.' })), true);
  });

  test('knows the errors of a second copy of the package, and the second copy those of this one', async () => {
    cpSync(packageDir, folder, { recursive: true, dereference: true });
    /** @type {typeof import('../../pkg/index.js')} */
    const second = await import(pathToFileURL(join(folder, entry.slice(pathToFileURL(packageDir).href.length))).href);
    assert.notEqual(second.TaskQueryError, TaskQueryError);
    const foreign = new second.TaskQueryError({ code: 'network', message: 'No answer.' });
    assert.equal(foreign instanceof TaskQueryError, false);
    assert.equal(isTaskQueryError(foreign), true);
    assert.equal(second.isTaskQueryError(new TaskQueryError({ code: 'network', message: 'No answer.' })), true);
  });

  test('knows the errors of another realm', async () => {
    const source = `
      import { readFileSync } from 'node:fs';
      import vm from 'node:vm';
      const context = vm.createContext({ URL, TextDecoder, TextEncoder, Headers, AbortController });
      const modules = new Map();
      // All of them are kept: Node 20 crashes when one that is linked to is collected.
      async function load(url) {
        if (url.startsWith('node:')) {
          const found = await import(url);
          const names = Object.keys(found);
          return new vm.SyntheticModule(names, function () {
            for (const name of names) this.setExport(name, found[name]);
          }, { context });
        }
        return new vm.SourceTextModule(readFileSync(new URL(url), 'utf8'), {
          context, identifier: url, initializeImportMeta: (meta) => (meta.url = url),
        });
      }
      function module(url) {
        if (!modules.has(url)) modules.set(url, load(url));
        return modules.get(url);
      }
      const resolve = (name, from) => module(name.startsWith('.') ? new URL(name, from.identifier).href : name);
      const there = await module(process.env.PACKAGE);
      await there.link(resolve);
      await there.evaluate();
      const here = await import(process.env.PACKAGE);
      let error;
      try { there.namespace.parseTask('{}'); } catch (thrown) { error = thrown; }
      console.log(JSON.stringify({
        isHere: error instanceof Error, code: error.code,
        known: here.isTaskQueryError(error), back: there.namespace.isTaskQueryError(new here.TaskQueryError({})),
      }));`;
    const { stdout, stderr } = await runModule(source, { args: ['--experimental-vm-modules'] });
    assert.notEqual(stdout, '', stderr);
    assert.deepEqual(JSON.parse(stdout), { isHere: false, code: 'invalid_response', known: true, back: true });
  });

  test('takes nothing else for one', () => {
    const error = new TaskQueryError({ code: 'network', message: 'No answer.' });
    const alike = { name: 'TaskQueryError', code: 'network', message: 'No answer.', attempts: 1 };
    const others = [
      null,
      undefined,
      'TaskQueryError',
      7,
      {},
      [],
      new Error('No answer.'),
      alike,
      { ...error },
      () => {},
    ];
    for (const other of others) assert.equal(isTaskQueryError(other), false);
  });
});
