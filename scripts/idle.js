// @ts-check
import { ScriptError } from './script-error.js';

/**
 * What never runs in the glue, since `pkg/load.js` compiles the module itself and hands it over, and since every engine
 * that knows reference types has the rest.
 *
 * @type {[what: string, code: RegExp, instead: string][]}
 */
const IDLE = [
  [
    'what loads other things than a module',
    /^async function __wbg_load\(.*?^}\n/ms,
    'async function __wbg_load(module, imports) {\n' +
      '    return { instance: await WebAssembly.instantiate(module, imports), module };\n' +
      '}\n',
  ],
  ['what asks for a module by its place', /^ {4}if \(typeof module_or_path === 'string'.*?^ {4}}\n/ms, ''],
  [
    'older ways to call for it',
    /^ {4}if \((module|module_or_path) !== undefined\) {\n.*?^ {4}}\n/gms,
    '    ({ $1 } = $1);\n',
  ],
  ['a stand-in for encodeInto', /^if \(!\('encodeInto' in .*?^}\n/ms, ''],
  [
    'a stand-in for FinalizationRegistry',
    /\(typeof FinalizationRegistry === 'undefined'\)\s*\? { register: \(\) => {}, unregister: \(\) => {} }\s*: /g,
    '',
  ],
  // The package gives out none of these objects.
  ['other names of free', /^if \(Symbol\.dispose\) .*\n/gm, ''],
];

/** The glue that wasm-bindgen writes, without what never runs. @param {string} glue */
export function withoutIdle(glue) {
  return IDLE.reduce((text, [what, code, instead]) => {
    const left = text.replace(code, instead);
    if (left === text) throw new ScriptError(`The glue has no longer ${what}: has wasm-bindgen another layout?`);
    return left;
  }, glue);
}
