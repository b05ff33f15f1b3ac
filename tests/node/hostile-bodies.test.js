// @ts-check
/** Bodies made to break a reader: each gives a task or a clear error, and touches nothing else. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { setImmediate as turn } from 'node:timers/promises';
import { thrownBy } from './failure.js';
import { parseTask } from './packed.js';

const START = '{"id":"grok:1","status":"pending"';
const before = Object.getOwnPropertyNames(Object.prototype);

afterEach(() => {
  assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), before);
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
  // What went before must not have harmed the instance.
  assert.equal(parseTask(`${START}}`).status, 'queued');
});

describe('nesting', () => {
  const ends = { brackets: ['[', ']'], braces: ['{"a":', '}'] };
  for (const [kind, [open, close]] of Object.entries(ends)) {
    test(`of 200 ${kind} is a task`, () => {
      const body = `${START},"deep":${open.repeat(200)}1${close.repeat(200)}}`;
      assert.equal(parseTask(body).id, 'grok:1');
      assert.deepEqual(parseTask(body).raw, JSON.parse(body));
    });

    test(`of 100,000 ${kind} is a clear error, closed or not`, async () => {
      const bodies = [open.repeat(1e5), `${open.repeat(1e5)}1${close.repeat(1e5)}`];
      for (const body of bodies) assert.equal((await thrownBy(() => parseTask(body))).code, 'invalid_response');
    });

    test(`of 100,000 ${kind} within a task is a task or a clear error`, async () => {
      const body = `${START},"deep":${open.repeat(1e5)}1${close.repeat(1e5)}}`;
      try {
        assert.equal(parseTask(body).id, 'grok:1');
      } catch {
        assert.equal((await thrownBy(() => parseTask(body))).code, 'invalid_response');
      }
    });
  }
});

describe('keys', () => {
  test('named __proto__, constructor and the like are members like others', () => {
    const body = `{"__proto__":{"polluted":1,"id":"evil"},"constructor":{"prototype":{"polluted":1}},
      "id":"grok:1","status":"pending","detail":{"__proto__":{"polluted":1}},"hasOwnProperty":1,"toString":2}`;
    const task = parseTask(body);
    assert.equal(task.id, 'grok:1');
    assert.equal(Object.getPrototypeOf(task), Object.prototype);
    const raw = /** @type {any} */ (task.raw);
    assert.deepEqual(Object.keys(raw).slice(0, 2), ['__proto__', 'constructor']);
    assert.equal(Object.getPrototypeOf(raw), Object.prototype);
  });

  test('named __proto__ do not stand for what is missing', async () => {
    const error = await thrownBy(() => parseTask('{"__proto__":{"id":"grok:1","status":"pending"}}'));
    assert.equal(error.code, 'invalid_response');
  });

  test('that occur twice: the last one counts, as in JSON.parse', () => {
    const task = parseTask('{"id":"grok:0","status":"failed","status":"pending","id":"grok:1"}');
    assert.deepEqual([task.id, task.status, task.rawStatus], ['grok:1', 'queued', 'pending']);
    assert.deepEqual(task.raw, { id: 'grok:1', status: 'pending' });
  });

  test('by the hundred thousand are looked at no further, and are no task where that hides it', async () => {
    const many = (/** @type {number} */ count) => Array.from({ length: count }, (_, at) => `"k${at}":0`).join();
    const body = (/** @type {number} */ count) => `{${many(count)},"id":"grok:1","status":"pending"}`;
    assert.equal(parseTask(body(199_998)).status, 'queued');
    assert.equal((await thrownBy(() => parseTask(body(200_000)))).code, 'invalid_response');
  });

  test('by the thousand are a task', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `"key${index}":${index}`).join();
    assert.equal(parseTask(`${START},${many}}`).id, 'grok:1');
  });
});

describe('values', () => {
  test('beyond numbers are not taken for numbers', () => {
    const task = parseTask(`${START},"progress":1e400,"width":-1e400,"status_update_time":1e400,"seed":1e-400}`);
    assert.deepEqual([task.progress, task.width, task.updatedAt], [null, null, null]);
    assert.equal(/** @type {any} */ (task.raw).progress, Infinity);
  });

  test('that are ids keep all their digits', () => {
    const task = parseTask('{"id":123456789012345678901234567890,"status":"pending"}');
    assert.deepEqual([task.id, task.responseId], ['123456789012345678901234567890', '123456789012345678901234567890']);
  });

  test('with half a character, escaped or not, are a task', () => {
    for (const half of ['\\ud800', '\\udc00\\ud800', '\ud800']) {
      const task = parseTask(`{"id":"grok:1","status":"pending","prompt":"a${half}b"}`);
      assert.equal(task.id, 'grok:1');
      assert.equal(typeof task.prompt, 'string');
    }
  });

  test('that are no UTF-8 are a task or a clear error', async () => {
    for (const wrong of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0xaf]]) {
      const body = Buffer.concat([Buffer.from(`${START},"prompt":"`), Buffer.from(wrong), Buffer.from('"}')]);
      try {
        assert.equal(parseTask(body).id, 'grok:1');
      } catch {
        assert.equal((await thrownBy(() => parseTask(body))).code, 'invalid_response');
      }
    }
  });

  test('of the wrong kind in every place are a task', () => {
    for (const value of ['{}', '[]', '[[]]', '7', 'true', '""', '{"url":{}}']) {
      const names = ['video_url', 'detail', 'progress', 'width', 'error', 'thumbnail_url', 'prompt', 'output', 'model'];
      const body = `${START},${names.map((name) => `"${name}":${value}`).join()}}`;
      assert.equal(parseTask(body).id, 'grok:1', body);
    }
  });

  test('that are long are a task', () => {
    const prompt = 'x'.repeat(5_000_000);
    assert.equal(parseTask(`${START},"prompt":"${prompt}"}`).prompt, prompt);
  });

  test('of percent signs alone are a task', () => {
    const logs = '%'.repeat(1_000_000);
    const body = JSON.stringify({
      id: 'p1',
      status: 'processing',
      urls: { get: 'https://x.example/p1' },
      version: 'v',
      logs,
    });
    assert.deepEqual([parseTask(body).shape, parseTask(body).progress], ['replicate', null]);
    assert.equal(parseTask(body.replace('%%', ' 45%')).progress, 0.45);
  });

  test('that are no word of any service, however long, are an unknown status', () => {
    for (const status of [`queued${'_'.repeat(200)}`, '-_ '.repeat(100_000)]) {
      const task = parseTask(JSON.stringify({ id: 'grok:1', status }));
      assert.deepEqual([task.status, task.rawStatus], ['unknown', status]);
    }
  });

  test('in lists of hundreds hide no other field', () => {
    const videos = Array.from({ length: 300 }, (_, at) => {
      const url = `https://cdn.example/${at}.mp4`;
      return { id: `${at}`, url, watermark_url: `${url}?wm`, duration: '5' };
    });
    const data = {
      task_id: 'a',
      task_status: 'succeed',
      task_status_msg: '',
      task_result: { videos },
      created_at: 1722769557708,
    };
    const task = parseTask(JSON.stringify({ code: 0, message: 'SUCCEED', request_id: 'r', data }));
    assert.deepEqual([task.shape, task.createdAt], ['kling', 1722769557708]);
    assert.equal(task.videoUrl, 'https://cdn.example/0.mp4');
  });

  test('refused by the thousand take no time without end', () => {
    const members = Array.from({ length: 100_000 }, (_, at) => `"k${at}":0`).join();
    const output = Array.from({ length: 1000 }, (_, at) => `"javascript:${at}"`).join();
    const task = parseTask(
      `{${members},"id":"r1","status":"SUCCEEDED","createdAt":"2025-01-01T00:00:00Z","output":[${output}]}`,
    );
    assert.deepEqual([task.shape, task.warnings.filter(({ code }) => code === 'unsafe_url').length], ['runway', 20]);
  });

  test('behind a byte-order mark are a task', () => {
    assert.equal(parseTask(`\ufeff${START}}`).id, 'grok:1');
    assert.deepEqual(parseTask(`\ufeff${START}}`).raw, { id: 'grok:1', status: 'pending' });
  });
});

describe('the bytes that were passed', () => {
  test('may change afterwards without changing raw', () => {
    for (const body of [Buffer.from(`${START}}`), new Uint8Array(Buffer.from(`${START}}`)).buffer]) {
      const task = parseTask(body);
      new Uint8Array(body instanceof ArrayBuffer ? body : body.buffer, 0).fill(0);
      if (body instanceof Buffer) body.fill(0);
      assert.deepEqual(task.raw, { id: 'grok:1', status: 'pending' });
    }
  });

  test('are not changed', () => {
    const body = new TextEncoder().encode(`${START},"data":"{\\"a\\":\\"\\\\u0041\\"}"}`);
    const copy = body.slice();
    assert.notEqual(parseTask(body).raw, null);
    assert.deepEqual(body, copy);
  });

  test('are not kept alive by the task', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc');
    const parsed = () => {
      const body = new TextEncoder().encode(`${START},"prompt":"${'x'.repeat(100_000)}"}`);
      return { task: parseTask(body), body: new WeakRef(body) };
    };
    const { task, body } = parsed();
    for (let tries = 0; tries < 20 && body.deref(); tries++) {
      await turn();
      collect();
    }
    assert.equal(body.deref(), undefined);
    assert.equal(task.id, 'grok:1');
  });
});
