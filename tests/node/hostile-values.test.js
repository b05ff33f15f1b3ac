// @ts-check
/** Options, bodies and tasks of the caller's own code that throw, lie or are made to reach for what is not theirs. */
import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { failureOf, thrownBy } from './failure.js';
import { BODY, ID, KEY, assertUnharmed, boom, mine, service, throws } from './hostile.js';
import {
  createClient,
  explainTask,
  nextPoll,
  parseTask,
  queryTask,
  videoRequest,
  waitForTask,
  watchTask,
} from './packed.js';
import { serve, taskBody } from './service.js';

/** @type {any} */
const polluted = Object.prototype;
afterEach(async () => {
  for (const name of ['baseUrl', 'fetch', 'onUpdate', 'kind', 'polluted']) delete polluted[name];
  await assertUnharmed();
});

/** Each function of the package with options. @type {Record<string, (options: any) => unknown>} */
const calls = {
  queryTask: (options) => queryTask(ID, options),
  waitForTask: (options) => waitForTask(ID, options),
  watchTask: (options) => watchTask(ID, options).next(),
  parseTask: (options) => parseTask(BODY, options),
  explainTask: (options) => explainTask(BODY, options),
  videoRequest: (options) =>
    videoRequest(parseTask('{"id":"1","status":"completed","video_url":"https://a.example/v.mp4"}'), options),
  createClient: (options) => createClient(options).queryTask(ID),
};

describe('options', () => {
  for (const [name, call] of Object.entries(calls)) {
    test(`of ${name} that throw where they are read are an error with that as its cause`, async () => {
      const getter = Object.defineProperty({}, 'baseUrl', { enumerable: true, get: throws });
      for (const options of [mine, getter]) {
        const error = await thrownBy(() => call(options));
        assert.deepEqual([error.code, error.cause], ['invalid_argument', boom], error.message);
      }
    });

    test(`of ${name} named __proto__ or constructor are unknown ones`, async () => {
      for (const json of ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}']) {
        const error = await thrownBy(() => call(JSON.parse(json)));
        assert.match(error.message, /Unknown option '(__proto__|constructor)'/);
        assert.equal(polluted.polluted, undefined);
      }
    });
  }

  test('may be frozen, without a prototype, of another realm, or with getters, each of which is read once', async () => {
    let reads = 0;
    const getters = {
      get baseUrl() {
        reads += 1;
        return service.url;
      },
    };
    const { url: baseUrl } = service;
    const bare = Object.assign(Object.create(null), { baseUrl });
    const foreign = runInNewContext(`({ baseUrl: '${baseUrl}', headers: { 'x-a': 'b' } })`);
    for (const options of [Object.freeze({ baseUrl, headers: Object.freeze({ a: 'b' }) }), bare, foreign, getters]) {
      assert.equal((await queryTask(ID, options)).status, 'completed');
      assert.equal((await waitForTask(ID, options)).status, 'completed');
      assert.equal((await createClient(options).queryTask(ID)).status, 'completed');
    }
    assert.equal(reads, 3);
  });

  test('are not taken from Object.prototype, to which somebody else may have added', async () => {
    const other = await serve({ after }, () => taskBody());
    Object.assign(polluted, { baseUrl: other.url, fetch: throws, onUpdate: throws, kind: 'medium' });
    await queryTask(ID, { baseUrl: service.url, apiKey: KEY });
    await waitForTask(ID, { baseUrl: service.url, apiKey: KEY });
    await createClient({ baseUrl: service.url }).waitForTask(ID, { apiKey: KEY });
    await videoRequest(parseTask('{"id":"1","status":"completed","video_url":"https://a.example/v.mp4"}'), {
      apiKey: KEY,
    });
    assert.equal(other.requests.length, 0);
  });

  test('whose headers throw are refused by name, with what was thrown', async () => {
    function* broken() {
      yield ['x-a', 'b'];
      throw boom;
    }
    const getter = Object.defineProperty({}, 'x-a', { enumerable: true, get: throws });
    for (const headers of [mine, getter, broken(), [mine], [['x-a', mine]]]) {
      const error = await failureOf(queryTask(ID, { baseUrl: service.url, headers: /** @type {any} */ (headers) }));
      assert.equal(error.code, 'invalid_argument');
      assert.match(error.message, /header/);
      if (headers !== getter) continue;
      assert.equal(error.message, 'headers must be an object of names and values, and reading it throws.');
      assert.equal(error.cause, boom);
    }
  });

  test('whose signal is a poor copy of one are refused or heeded, and end nothing else', async () => {
    const poor = { aborted: false, addEventListener() {} };
    assert.equal(
      (await queryTask(ID, { baseUrl: service.url, signal: /** @type {any} */ (poor) })).status,
      'completed',
    );
    const clinging = /** @type {any} */ ({ ...poor, removeEventListener: throws });
    assert.equal((await queryTask(ID, { baseUrl: service.url, signal: clinging })).status, 'completed');
    assert.equal((await waitForTask(ID, { baseUrl: service.url, signal: clinging })).status, 'completed');
    for (const signal of [mine, { ...poor, addEventListener: throws }]) {
      assert.equal(
        (await failureOf(queryTask(ID, { baseUrl: service.url, signal: /** @type {any} */ (signal) }))).code,
        'invalid_argument',
      );
    }
  });
});

describe('a body', () => {
  test('that throws where it is read is an error with that as its cause', async () => {
    for (const body of [
      mine,
      { toJSON: throws },
      {
        get id() {
          return throws();
        },
      },
    ]) {
      const error = await thrownBy(() => parseTask(body));
      assert.deepEqual([error.code, error.cause], ['invalid_argument', boom]);
      assert.match(error.message, /throws/);
    }
  });

  test('may be frozen, without a prototype, or of another realm', () => {
    const bare = Object.assign(Object.create(null), JSON.parse(BODY));
    for (const body of [
      Object.freeze(JSON.parse(BODY)),
      bare,
      runInNewContext(`(${BODY})`),
      new Proxy(JSON.parse(BODY), {}),
    ]) {
      assert.equal(parseTask(body).status, 'queued');
    }
  });

  test('is not filled up from Object.prototype', async () => {
    polluted.polluted = { id: 'grok:2', status: 'completed' };
    assert.equal((await thrownBy(() => parseTask('{"polluted":null}'))).code, 'invalid_response');
    assert.deepEqual(Object.keys(/** @type {any} */ (parseTask(BODY).raw)), ['id', 'status']);
  });
});

describe('a task that is none', () => {
  test('is refused by videoRequest', async () => {
    const { videos } = parseTask('{"id":"1","status":"completed","video_url":"https://a.example/v.mp4"}');
    for (const task of [
      mine,
      { videos: mine },
      { videos, videoUrl: 7 },
      { videos, videoUrl: {} },
      { videos: [null], kind: 1 },
      { videos: [mine] },
    ]) {
      const error = await failureOf(
        videoRequest(/** @type {any} */ (task), { kind: task === mine ? undefined : /** @type {any} */ (undefined) }),
      );
      assert.equal(error.code, 'invalid_argument');
    }
    for (const kind of [Symbol('kind'), mine]) {
      assert.equal(
        (await failureOf(videoRequest(parseTask(BODY), { kind: /** @type {any} */ (kind) }))).code,
        'invalid_argument',
      );
    }
  });

  test('is refused by nextPoll, and a forged error is taken for what it says', async () => {
    for (const outcome of [null, {}, { status: 7 }, 'completed']) {
      assert.equal((await thrownBy(() => nextPoll(null, /** @type {any} */ (outcome)))).code, 'invalid_argument');
    }
    const forged = {
      [Symbol.for('video-task-query.TaskQueryError')]: true,
      code: 7,
      missing: {},
      retryable: 'yes',
      retryAfterMs: '5',
    };
    assert.equal(nextPoll(null, /** @type {any} */ (forged)).done, true);
  });

  test('that throws where nextPoll reads it ends no query that is under way', async () => {
    /** @type {(response: Response) => void} */
    let answer = () => {};
    const fetch = () => new Promise((resolve) => (answer = resolve));
    const other = queryTask(ID, { baseUrl: service.url, fetch: /** @type {any} */ (fetch) });
    await new Promise((resolve) => setImmediate(resolve));
    const told = { status: 'processing' };
    const getter = Object.defineProperty({ ...told }, 'progress', { get: throws });
    const forged = { [Symbol.for('video-task-query.TaskQueryError')]: true, code: 'server', retryAfterMs: Symbol('s') };
    assert.throws(() => nextPoll(null, /** @type {any} */ (getter)));
    assert.equal(nextPoll(null, /** @type {any} */ (forged)).done, false);
    answer(new Response('{"id":"grok:1","status":"completed"}'));
    assert.equal((await other).status, 'completed');
  });
});
