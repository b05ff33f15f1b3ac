// @ts-check
import { ScriptError } from './script-error.js';

/**
 * The glue of wasm-bindgen, with the short names that wasm-opt gave to what the WebAssembly imports and exports.
 *
 * @param {string} glue
 * @param {string} module the one that the glue itself gives, beside those of the package that it only hands on
 * @param {import('./optimize.js').ShortNames} names
 */
export function withShortNames(glue, module, { imports, exports }) {
  const shortImports = new Map(imports.map(([, name, short]) => [name, short]));
  const shortExports = new Map(exports);
  const handedOn = imports.filter(([from]) => from !== module);
  const members = handedOn.map(([from, name, short]) => `, ${short}: ${namespaceOf(glue, from)}.${name}`);
  let given = handedOn.length;
  const text = glue
    // wasm-opt puts them all into one module, and calls that `a`.
    .replace(`"${module}": import0`, () => `a: { ...import0${members.join('')} }`)
    .replace(/^ +"\.\.\/.+": import\d+,\n/gm, '')
    .replace(/^( +)(\w+)(?=: function)/gm, (_, margin, name) => {
      given += 1;
      return margin + known(shortImports, name);
    })
    .replace(/\bwasm\.(\w+)/g, (_, name) => `wasm.${known(shortExports, name)}`);
  if (given !== imports.length) throw new ScriptError(`The glue gives ${given} of the ${imports.length} imports.`);
  return text;
}

/** @param {string} glue @param {string} from */
function namespaceOf(glue, from) {
  const names = [...glue.matchAll(/^import \* as (\w+) from "(.+)"/gm)].map(([, name, place]) => [place, name]);
  return known(new Map(/** @type {[string, string][]} */ (names)), from);
}

/** @param {Map<string, string>} names @param {string} name */
function known(names, name) {
  const short = names.get(name);
  if (short === undefined) throw new ScriptError(`The glue names ${name}, which the WebAssembly does not have.`);
  return short;
}
