// @ts-check
import { bundled } from './bundlers.js';
import { demo } from './demo.js';
import { extension } from './extension.js';
import { frameworks } from './frameworks.js';
import { next } from './next.js';
import { nitro } from './nitro.js';
import { pages } from './pages.js';
import { runtimes } from './runtimes.js';
import { types } from './types.js';

/**
 * @typedef {object} Case
 * @property {string} kind 'runtime', 'browser' or 'bundler'
 * @property {string} name
 * @property {readonly string[]} [expected] where it is not the smoke that is run
 * @property {boolean} [fast] it is part of `npm test`
 * @property {() => string} version known once it has run
 * @property {(relay: string) => Promise<string[]>} run gives what the smoke said
 */

/** @type {readonly Case[]} */
export const cases = [
  ...runtimes,
  ...pages,
  ...extension,
  ...demo,
  ...bundled,
  ...next,
  ...nitro,
  ...frameworks,
  ...types,
];
