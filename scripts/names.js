// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modules, root } from './paths.js';
import { mustRun } from './run.js';
import { Trouble } from './trouble.js';

/**
 * Gives short names to what the WebAssembly imports and exports, in it and in its glue. wasm-bindgen writes names with
 * hashes, which no compression makes smaller: they were a twentieth of what a browser loads.
 *
 * @param {string} folder
 * @param {string} name of the files in there
 */
export async function shortenNames(folder, name) {
  const file = join(folder, `${name}_bg.wasm`);
  const program = join(modules, 'binaryen', 'bin', 'wasm-opt');
  // Nothing reads the two sections that it also takes out.
  const strip = ['--strip-producers', '--strip-target-features'];
  const args = ['--minify-imports-and-exports-and-modules', ...strip, ...features(), file, '-o', file];
  const map = JSON.parse(await mustRun(process.execPath, [program, ...args], 'wasm-opt could not shorten the names.'));
  const glue = join(folder, `${name}.js`);
  writeFileSync(glue, withShortNames(readFileSync(glue, 'utf8'), `./${name}_bg.js`, map));
}

/** wasm-opt refuses a module that uses more than it is told. They stand in Cargo.toml, for wasm-pack. */
function features() {
  return readFileSync(join(root, 'Cargo.toml'), 'utf8').match(/--enable-[\w-]+/g) ?? [];
}

/**
 * @param {string} glue
 * @param {string} module the one that the glue itself gives, beside those of the package that it only hands on
 * @param {{ imports: [module: string, name: string, short: string][], exports: [name: string, short: string][] }} map
 */
function withShortNames(glue, module, { imports, exports }) {
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
  if (given !== imports.length) throw new Trouble(`The glue gives ${given} of the ${imports.length} imports.`);
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
  if (short === undefined) throw new Trouble(`The glue names ${name}, which the WebAssembly does not have.`);
  return short;
}
