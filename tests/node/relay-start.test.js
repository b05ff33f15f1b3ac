// @ts-check
/** `npm run relay`: what it says, and how it ends. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { practiceRelay } from './practice-relay.js';

const relay = practiceRelay();

describe('npm run relay', () => {
  const main = fileURLToPath(new URL('../../pkg/relay/main.js', import.meta.url));

  test('prints address, key, ids and a curl line, takes a free port if it must, ends on Ctrl-C', async () => {
    const taken = new URL(relay.url).port;
    const child = spawn(process.execPath, [main], { env: { ...process.env, PORT: taken } });
    let out = '';
    for await (const chunk of child.stdout) {
      out += chunk;
      if (out.includes('Ctrl-C ends it.')) break;
    }
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(out)?.[1];
    assert.notEqual(port, taken);
    assert.equal(out.split('\n', 1)[0], `Port ${taken} is taken.`);
    assert.match(out, /Key +demo-key/);
    assert.match(out, /^ {2}never_ends +gets to 90 % and stays there$/m);
    assert.match(
      out,
      new RegExp(
        `curl -H 'Authorization: Bearer demo-key' 'http://127.0.0.1:${port}/v1/video/query\\?id=sora-2:task_completes'`,
      ),
    );
    assert.equal((await fetch(`http://127.0.0.1:${port}/v1/videos/x`)).status, 401);
    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  for (const port of ['http', '0x50', '1e3', '-1', '65536', ' ']) {
    test(`says in a sentence that PORT is no port: "${port}"`, async () => {
      assert.equal(
        await refused([], { PORT: port }),
        `The practice relay could not start: PORT is "${port}"; it must be a whole number from 0 to 65535.\n`,
      );
    });
  }

  test('refuses words that it does not know', async () => {
    assert.equal(
      await refused(['-h', '--port=9000']),
      'The practice relay could not start: "--port=9000" is not understood; known are --help and -h.\n',
    );
  });

  /** What it says before it ends. @param {string[]} words @param {Record<string, string>} [env] */
  async function refused(words, env) {
    const child = spawn(process.execPath, [main, ...words], { env: { ...process.env, ...env } });
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    assert.deepEqual(await once(child, 'close'), [1, null]);
    return err;
  }
});
