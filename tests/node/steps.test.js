// @ts-check
/** How the scripts tell of what went wrong, foreseen or not. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { runModule } from './child.js';

const url = (/** @type {string} */ name) => JSON.stringify(new URL(`../../scripts/${name}`, import.meta.url).href);
const failure = (/** @type {object} */ fields) =>
  `Object.assign(new Error('as Node words it'), ${JSON.stringify(fields)})`;
const denied = failure({ code: 'EACCES', syscall: 'mkdir', path: '/clone/.build' });
const sentence = 'This cannot be written: /clone/.build (EACCES). Give this user the folder, or clone it elsewhere.';

/** What a script says whose body throws that. @param {string} thrown */
async function script(thrown) {
  const source = `
    const { runScript } = await import(${url('script-error.js')});
    await runScript(async () => { throw ${thrown}; });`;
  const { code, stderr } = await runModule(source);
  return { code, stderr };
}

/** What a run of one step that throws and of one that needs it prints. @param {string} thrown */
async function stepped(thrown) {
  const source = `
    const { steps } = await import(${url('steps.js')});
    const { runSteps } = await import(${url('run-steps.js')});
    steps.odd = { what: 'it throws', job: async () => { throw ${thrown}; } };
    steps.next = { what: 'it comes after', needs: ['odd'], tests: true, job: async () => ({ passed: 1 }) };
    const { passed, failed, ok } = await runSteps(['next']);
    console.log(passed, failed, ok);`;
  return (await runModule(source)).stdout.replaceAll(/\(\d+\.\d s\)/g, '(0 s)').split('\n');
}

describe('a script', () => {
  test('says in a sentence what cannot be written', async () => {
    assert.deepEqual(await script(denied), { code: 1, stderr: `${sentence}\n` });
  });

  test('knows a read-only file system by what Node 20 says of it', async () => {
    const { stderr } = await script(failure({ code: 'ENOENT', syscall: 'mkdir', path: '/clone/demo' }));
    assert.match(stderr, /^This cannot be written: \/clone\/demo \(ENOENT\)\. .+\n$/);
  });

  test('says that the disk is full, where the system names no file too', async () => {
    const stderr = 'The disk is full: make room and run this again.\n';
    assert.deepEqual(await script(failure({ code: 'ENOSPC', syscall: 'write' })), { code: 1, stderr });
  });

  test('shows the stack of a mistake of its own', async () => {
    const { code, stderr } = await script("new TypeError('a mistake')");
    assert.equal(code, 1);
    assert.match(stderr, /TypeError: a mistake\n +at /);
  });

  test('ends without a word when nobody reads on', async () => {
    const source = `
      const { runScript } = await import(${url('script-error.js')});
      await runScript(async () => {
        for (;;) {
          console.log('a line');
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', source]);
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += text));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    assert.deepEqual(await once(child, 'close'), [143, null]);
    assert.equal(stderr, '');
  });
});

describe('a step', () => {
  test('that cannot write has failed, and the run comes to its end', async () => {
    assert.deepEqual(await stepped(denied), [
      'odd          it throws',
      `             FAILED: ${sentence} (0 s)`,
      'next         it comes after',
      '             NOT RUN, because it needs odd',
      '0 2 false',
      '',
    ]);
  });

  test('that breaks has failed, shows its stack, and the run comes to its end', async () => {
    const lines = await stepped("new TypeError('a mistake')");
    assert.equal(lines[2], 'TypeError: a mistake');
    assert.deepEqual(lines.slice(-5), [
      '             FAILED: the step broke, which is a mistake in scripts/: see above (0 s)',
      'next         it comes after',
      '             NOT RUN, because it needs odd',
      '0 2 false',
      '',
    ]);
  });
});
