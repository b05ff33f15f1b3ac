// @ts-check
import { prepareBrowser } from './browser.js';
import { checkFormat, checkRustFormat, checkTypes, clippyHost, clippyWasm } from './checks.js';
import { build } from './compile.js';
import { pack } from './pack.js';
import { installPackages } from './packages.js';
import { prepareRust } from './rust.js';
import { testBrowser, testEverywhere, testNode, testRust, testWasm } from './suites.js';
import { prepareWasmPack } from './wasm-pack.js';

/**
 * @typedef {object} Outcome
 * @property {string} [note]
 * @property {number} [passed]
 * @property {number} [failed]
 * @property {string} [output] shown where the step failed
 */

/**
 * @typedef {object} Step
 * @property {string} what it does
 * @property {readonly string[]} [needs] steps that come before it and must have succeeded
 * @property {boolean} [tests] it runs tests, and having run none is a failure
 * @property {() => Promise<Outcome>} job
 */

/**
 * Everything that the npm scripts do, in the order in which it is done.
 *
 * @type {Readonly<Record<string, Step>>}
 */
export const steps = {
  toolchain: { what: 'Rust and its WebAssembly target', job: prepareRust },
  packages: { what: 'development packages, by npm ci', job: installPackages },
  'wasm-pack': { what: 'wasm-pack, downloaded or else built (a minute)', needs: ['toolchain'], job: prepareWasmPack },
  rustfmt: { what: 'cargo fmt --check', needs: ['toolchain'], job: checkRustFormat },
  prettier: { what: 'prettier --check', needs: ['packages'], job: checkFormat },
  clippy: { what: 'cargo clippy for this machine', needs: ['toolchain'], job: clippyHost },
  'clippy-wasm': { what: 'cargo clippy for WebAssembly', needs: ['toolchain'], job: clippyWasm },
  rust: { what: 'the Rust tests on this machine, by cargo test', needs: ['toolchain'], tests: true, job: testRust },
  build: {
    what: 'pkg/dist, by wasm-pack (the first time it fetches or builds wasm-bindgen, two minutes)',
    needs: ['packages', 'toolchain', 'wasm-pack'],
    job: build,
  },
  wasm: { what: 'the WebAssembly tests in Node, by wasm-bindgen-test', needs: ['build'], tests: true, job: testWasm },
  types: { what: 'tsc --noEmit', needs: ['packages', 'build'], job: checkTypes },
  pack: { what: 'the package as a user gets it: npm pack, npm install', needs: ['build'], job: pack },
  chromium: { what: 'a Chromium to test in, found or else installed', needs: ['packages'], job: prepareBrowser },
  node: { what: 'the package in Node, tests/node', needs: ['pack', 'chromium'], tests: true, job: testNode },
  browser: {
    what: 'the page in headless Chromium, tests/browser',
    needs: ['packages', 'pack', 'chromium'],
    tests: true,
    job: testBrowser,
  },
  everywhere: {
    what: 'types, linters, Vite, esbuild, Node and Chromium on the tarball (the first time they are installed, a minute)',
    needs: ['pack', 'chromium'],
    tests: true,
    job: testEverywhere,
  },
};
