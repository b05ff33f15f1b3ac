// @ts-check
/** The bodies of tests/fixtures that hold a task. */
import { pair, pairNames } from '../../tests/node/fixture-pairs.js';

/** @typedef {{ name: string, body: Uint8Array, status: string }} Body */

/** @returns {Body[]} */
export function bodies() {
  return pairNames()
    .map(pair)
    .flatMap(({ name, body, expected }) => {
      // Under another status the body alone need not be a task, nor without the service that it came from.
      const isAlone = (expected.http?.status ?? 200) === 200 && !expected.ask?.baseUrl;
      if (!expected.task || !isAlone || !isJson(body)) return [];
      return [{ name, body: new Uint8Array(body), status: expected.task.status }];
    });
}

/** Some fixtures are empty or have a broken text, which `JSON.parse` refuses. @param {Uint8Array} body */
function isJson(body) {
  try {
    return typeof JSON.parse(new TextDecoder().decode(body)) === 'object';
  } catch {
    return false;
  }
}

/** @param {string} name */
export function body(name) {
  return new Uint8Array(pair(name).body);
}
