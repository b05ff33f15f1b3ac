// @ts-check
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { failureOf, NOTHING_MORE, told } from './failure.js';
import { queryTask } from './packed.js';
import { serve, taskBody } from './service.js';

const ID = 'sora-2:task_1';
const service = await serve({ after }, () => taskBody());

/** A fetch that answers with a task whatever it is asked, and tells what that was. */
function noted() {
  /** @type {string[]} */
  const urls = [];
  const fetch = async (/** @type {any} */ url) => {
    urls.push(url);
    return Response.json({ id: ID, status: 'queued' });
  };
  return { urls, fetch };
}

/** @param {string} baseUrl @param {object} [options] */
async function refusal(baseUrl, options) {
  const { urls, fetch } = noted();
  const error = await failureOf(queryTask(ID, { baseUrl, fetch, ...options }));
  assert.deepEqual(told(error), { ...NOTHING_MORE, code: 'invalid_argument', attempts: 0 });
  assert.match(error.message, /baseUrl/);
  assert.deepEqual(urls, []);
  return error.message;
}

/** @param {string} baseUrl @param {object} [options] */
async function accepted(baseUrl, options) {
  const { urls, fetch } = noted();
  await queryTask(ID, { baseUrl, fetch, ...options });
  return urls[0];
}

describe('a base URL', () => {
  test('that is none is refused', async () => {
    for (const baseUrl of [
      '',
      ' ',
      'api.example.com',
      'api.example.com/v1',
      'https://',
      'http://[',
      '/api/video',
      '//a.example',
    ]) {
      await refusal(baseUrl);
    }
  });

  test('of another scheme is refused', async () => {
    for (const baseUrl of [
      'ftp://a.example',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:,x',
      'ws://a.example',
    ]) {
      assert.match(await refusal(baseUrl), /https:\/\//);
    }
  });

  test('with a user or a password is refused, without quoting them', async () => {
    for (const baseUrl of ['https://user@a.example', 'https://:pass@a.example', 'https://user:pass@a.example/v1']) {
      assert.doesNotMatch(await refusal(baseUrl), /user@|:pass|user:/);
    }
  });

  test('with a query or a fragment is refused, without quoting them', async () => {
    for (const baseUrl of ['https://a.example?key=secret', 'https://a.example/v1?x', 'https://a.example/#secret']) {
      assert.doesNotMatch(await refusal(baseUrl), /secret/);
    }
  });

  test('may end in slashes', async (t) => {
    for (const end of ['', '/', '//']) {
      await queryTask(ID, { baseUrl: service.url + end });
      assert.equal(service.requests.at(-1)?.target, `/v1/video/query?id=${ID}`);
    }
  });

  test('may have a path', async () => {
    for (const end of ['', '/', '//']) {
      await queryTask(ID, { baseUrl: `${service.url}/some/relay${end}`, endpoint: 'openai' });
      assert.equal(service.requests.at(-1)?.target, `/some/relay/v1/videos/${ID}`);
    }
  });

  test('may end in /v1, which the known routes share and an own one does not', async () => {
    for (const end of ['/v1', '/v1/']) {
      for (const [endpoint, target] of [
        ['unified', `/v1/video/query?id=${ID}`],
        ['openai', `/v1/videos/${ID}`],
        ['generations', `/v1/video/generations/${ID}`],
        ['/tasks/{id}', `/v1/tasks/${ID}`],
      ]) {
        await queryTask(ID, { baseUrl: service.url + end, endpoint });
        assert.equal(service.requests.at(-1)?.target, target);
      }
    }
  });

  test('may be written in capitals and with a port', async () => {
    assert.equal(
      await accepted('HTTPS://API.Example.COM:8443'),
      `https://api.example.com:8443/v1/video/query?id=${ID}`,
    );
  });

  test('is the one of the documents where none is given', async () => {
    const { urls, fetch } = noted();
    await queryTask(ID, { fetch });
    assert.deepEqual(urls, [`https://api.quickrouter.ai/v1/video/query?id=${ID}`]);
  });
});

describe('plain http', () => {
  const REMOTE = [
    'http://api.example.com',
    'http://192.0.2.1',
    'http://10.0.0.1:8080',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://127.example.com',
    'http://[2001:db8::1]',
  ];
  const LOOPBACK = [
    'http://localhost:8787',
    'http://relay.localhost',
    'http://127.0.0.1:8787',
    'http://127.8.9.10',
    'http://2130706433',
    'http://[::1]:8787',
  ];

  test('to another machine is refused when a key would travel on it', async () => {
    for (const baseUrl of REMOTE) {
      assert.match(await refusal(baseUrl, { apiKey: 'key-1' }), /https/);
      await refusal(baseUrl, { apiKey: () => 'key-1' });
      await refusal(baseUrl, { headers: { authorization: 'Bearer key-1' } });
      for (const name of [
        'x-api-key',
        'Api-Key',
        'apikey',
        'Proxy-Authorization',
        'X-Auth-Token',
        'X-Auth-Key',
        'X-Access-Token',
        'Private-Token',
        'X-Goog-Api-Key',
        'xi-api-key',
        'Ocp-Apim-Subscription-Key',
        'Access-Token',
        'X-Api-Token',
        'X-Access-Key',
        'X-Client-Secret',
        'X-Token',
        'Token',
      ]) {
        await refusal(baseUrl, { headers: { [name]: 'sk-0123456789' } });
      }
    }
  });

  test('to another machine is fine without a key', async () => {
    for (const baseUrl of REMOTE) {
      const url = `${baseUrl}/v1/video/query?id=${ID}`;
      assert.equal(await accepted(baseUrl), url);
      for (const name of ['x-region', 'x-csrf-token', 'cookie', 'idempotency-key', 'x-max-tokens']) {
        assert.equal(await accepted(baseUrl, { headers: { [name]: 'eu-central-1-and-more' } }), url);
      }
    }
  });

  test('to this machine is fine with a key', async () => {
    for (const baseUrl of LOOPBACK) assert.match(await accepted(baseUrl, { apiKey: 'key-1' }), /^http:/);
  });

  test('is no matter with https', async () => {
    assert.equal(await accepted('https://192.0.2.1', { apiKey: 'key-1' }), `https://192.0.2.1/v1/video/query?id=${ID}`);
  });
});
