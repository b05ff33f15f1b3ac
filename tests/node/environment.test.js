// @ts-check
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { runModule } from './child.js';
import { serve, taskBody } from './service.js';

const service = await serve({ after }, () => taskBody());

/**
 * What a process with these variables asks the service.
 *
 * @param {Record<string, string>} env
 * @param {string} [options]
 */
async function sent(env, options = '{}') {
  const source = `
    const { queryTask } = await import(process.env.PACKAGE);
    await queryTask('sora-2:task_1', ${options}).catch((error) => console.error(error.message));`;
  const before = service.requests.length;
  const { stderr } = await runModule(source, { env });
  const requests = service.requests.slice(before);
  return { stderr, targets: requests.map(({ target }) => target), keys: requests.map((r) => r.headers.authorization) };
}

describe('the environment', () => {
  test('gives key and base URL where the options have none', async () => {
    const env = { VIDEO_TASK_API_KEY: 'key-of-env', VIDEO_TASK_BASE_URL: `${service.url}/relay` };
    const { targets, keys } = await sent(env);
    assert.deepEqual(targets, ['/relay/v1/video/query?id=sora-2:task_1']);
    assert.deepEqual(keys, ['Bearer key-of-env']);
  });

  test('gives way to the options', async () => {
    const env = { VIDEO_TASK_API_KEY: 'key-of-env', VIDEO_TASK_BASE_URL: 'http://127.0.0.1:1/' };
    const { targets, keys } = await sent(env, JSON.stringify({ apiKey: 'key-1', baseUrl: service.url }));
    assert.deepEqual(targets, ['/v1/video/query?id=sora-2:task_1']);
    assert.deepEqual(keys, ['Bearer key-1']);
  });

  test('gives way to an empty key too, which means none', async () => {
    const { keys } = await sent(
      { VIDEO_TASK_API_KEY: 'key-of-env' },
      JSON.stringify({ apiKey: '', baseUrl: service.url }),
    );
    assert.deepEqual(keys, [undefined]);
  });

  test('gives nothing where its variables are empty', async () => {
    const env = { VIDEO_TASK_API_KEY: '', VIDEO_TASK_BASE_URL: '' };
    const fetch = `(url, init) => {
      console.error(url, init.headers.authorization);
      return Response.json({ id: '1' });
    }`;
    const { stderr } = await sent(env, `{ fetch: ${fetch} }`);
    assert.match(stderr, /^https:\/\/api\.quickrouter\.ai\/v1\/video\/query\?id=sora-2:task_1 undefined\n/);
  });

  test('is checked as options are: a key with a line break is refused, and not quoted', async () => {
    const { stderr, targets } = await sent({ VIDEO_TASK_API_KEY: 'sec\nret', VIDEO_TASK_BASE_URL: service.url });
    assert.deepEqual(targets, []);
    assert.match(stderr, /apiKey/);
    assert.doesNotMatch(stderr, /sec|ret\b/);
  });

  test('has its key kept out of the words about an option in which it stands', async () => {
    const { stderr } = await sent({ VIDEO_TASK_API_KEY: 'key-of-env' }, JSON.stringify({ endpoint: 'key-of-env' }));
    assert.match(stderr, /\[key\]/);
    assert.doesNotMatch(stderr, /key-of-env/);
  });

  test('is read anew for each query', async () => {
    const source = `
      const { queryTask } = await import(process.env.PACKAGE);
      for (const key of ['one', 'two']) {
        process.env.VIDEO_TASK_API_KEY = key;
        await queryTask('sora-2:task_1');
      }`;
    const before = service.requests.length;
    const { stderr } = await runModule(source, { env: { VIDEO_TASK_BASE_URL: service.url } });
    assert.deepEqual(
      service.requests.slice(before).map((r) => r.headers.authorization),
      ['Bearer one', 'Bearer two'],
      stderr,
    );
  });
});

test('a JavaScript without what a query needs is told, with what was thrown', async () => {
  const source = `
    const { queryTask } = await import(process.env.PACKAGE);
    for (const name of ['AbortController', 'setTimeout', 'Headers']) {
      const real = globalThis[name];
      globalThis[name] = undefined;
      await queryTask('sora-2:task_1').catch(({ code, message, cause }) => console.log(code, message, cause?.name));
      globalThis[name] = real;
    }`;
  const { stdout, stderr } = await runModule(source);
  const timers = 'invalid_argument This JavaScript has no usable AbortController or setTimeout. TypeError\n';
  assert.equal(stdout, `${timers}${timers}invalid_argument This JavaScript has no usable Headers. undefined\n`, stderr);
});

test('in a page a path is one of its own server, which may add a key', async () => {
  const source = `
    const { queryTask } = await import(process.env.PACKAGE);
    globalThis.location = { href: 'https://page.example/app/?q=1' };
    const fetch = async (url) => {
      console.log(url);
      return Response.json({ error: { message: 'who are you?' } }, { status: 401 });
    };
    for (const baseUrl of ['/api/video', 'api/video']) {
      await queryTask('sora-2:task_1', { baseUrl, fetch }).catch(({ message }) => console.log(message));
    }`;
  const { stdout, stderr } = await runModule(source);
  assert.deepEqual(
    stdout.split('\n'),
    [
      'https://page.example/api/video/v1/video/query?id=sora-2:task_1',
      'The service does not accept the API key (HTTP 401). It says: who are you?',
      "baseUrl is not a URL: it must begin with https:// or http://, or in a page with '/'.",
      '',
    ],
    stderr,
  );
});
