// @ts-check
/** The practice relay on loopback, with a clock that the tests move, and how they ask it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { after, before } from 'node:test';
import { createRelay } from '../../pkg/relay/relay.js';

export const BORN = 1_800_000_000_000;

/** Call it once in a test file: a relay on loopback that lives as long as the tests of the file. */
export function practiceRelay() {
  const relay = new PracticeRelay();
  before(() => relay.start());
  after(() => relay.stop());
  return relay;
}

class PracticeRelay {
  /** Time for the relay. */
  clock = BORN;
  url = '';
  #server = createServer(createRelay({ now: () => this.clock, lifeMs: 10_000 }));

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (this.#server.address()).port}`;
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** @param {string} path @param {RequestInit} [init] */
  ask(path, init) {
    return fetch(this.url + path, { headers: { authorization: 'Bearer demo-key' }, ...init });
  }

  /** @param {string} id */
  unified(id) {
    return this.ask(`/v1/video/query?id=${encodeURIComponent(id)}`);
  }

  /** The body `age` ms after the id was first asked for. @param {string} path @param {number} age */
  async bodyAt(path, age) {
    this.clock = BORN;
    await (await this.ask(path)).arrayBuffer();
    this.clock = BORN + age;
    const response = await this.ask(path);
    assert.equal(response.status, 200);
    return response.json();
  }

  /** @param {string} id @param {number} age */
  unifiedAt(id, age) {
    return this.bodyAt(`/v1/video/query?id=${id}`, age);
  }

  /**
   * A request as typed: `fetch` would tidy the path and refuse the headers.
   * @param {string} path @param {string} [method] @param {Record<string, string>} [headers]
   * @returns {Promise<{ status: number | undefined, declared: number, received: number, text: string }>}
   */
  rawGet(path, method = 'GET', headers = {}) {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(this.url);
      const req = request(
        { hostname, port, path, method, headers: { authorization: 'Bearer demo-key', ...headers } },
        (res) => {
          /** @type {Buffer[]} */
          const chunks = [];
          const done = () => {
            const bytes = Buffer.concat(chunks);
            resolve({
              status: res.statusCode,
              declared: Number(res.headers['content-length']),
              received: bytes.length,
              text: bytes.toString(),
            });
          };
          res.on('data', (chunk) => chunks.push(chunk));
          res.on('error', done);
          res.on('end', done);
        },
      );
      req.on('error', reject);
      req.end();
    });
  }
}
