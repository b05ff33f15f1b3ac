// @ts-check
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cargoHome, rustupHome, wasmPackCache } from './environment.js';
import { bundle } from './bundle.js';
import { withoutIdle } from './idle.js';
import { inlined } from './inline.js';
import { withShortNames } from './names.js';
import { optimize } from './optimize.js';
import { dist, pkg, root, scratch } from './paths.js';
import { mustRun } from './run.js';
import { fingerprint, isStamped, stamp } from './stamp.js';
import { ScriptError } from './script-error.js';
import { findWasmPack } from './wasm-pack.js';

const mark = join(scratch, 'build-stamp');
const bundled = join(scratch, 'bundle-stamp');
const wasm = 'video_task_query_bg.wasm';
/** Inlining that pays in native code makes WebAssembly some KB larger. Loops that run often are written to need none. */
const INLINE_LITTLE = ['-Cllvm-args=-inline-threshold=10 -inlinehint-threshold=5'];

// The versions of the tools are pinned in these files, so nothing has to be asked for its version.
const inputs = [
  'src',
  'Cargo.toml',
  'Cargo.lock',
  'rust-toolchain.toml',
  'package-lock.json',
  'scripts/compile.js',
  'scripts/idle.js',
  'scripts/inline.js',
  'scripts/names.js',
  'scripts/optimize.js',
  'scripts/panics.js',
  'scripts/wasm-pack.js',
].map((path) => join(root, path));

/** What wasm-pack makes, as opposed to what is bundled from it. */
const compiled = ['.js', '_inline.js', '_bg.wasm', '.d.ts', '_bg.wasm.d.ts'].map((end) =>
  join(dist, `video_task_query${end}`),
);

/** Whether pkg/dist is what the sources as they are now give. */
export function isBuilt() {
  return isCompiled() && isStamped(bundled, bundleState());
}

function isCompiled() {
  return existsSync(join(dist, wasm)) && isStamped(mark, `${fingerprint(inputs)} ${fingerprint(compiled)}`);
}

function bundleState() {
  const scripts = readdirSync(pkg).filter((name) => name.endsWith('.js'));
  const sources = [...scripts, 'watch', 'dist'].map((name) => join(pkg, name));
  return fingerprint([...sources, join(root, 'scripts', 'bundle.js'), join(root, 'package-lock.json')]);
}

/** Compiles the crate into pkg/dist and bundles what the entries share, unless that has been done. */
export async function build() {
  if (isBuilt()) return { note: 'up to date' };
  const note = isCompiled() ? 'the WebAssembly is up to date' : await compileAnew();
  await bundle();
  stamp(bundled, bundleState());
  return { note };
}

async function compileAnew() {
  const before = fingerprint(inputs);
  const fresh = join(scratch, `dist-${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  await compile(fresh);
  const names = await optimize(join(fresh, wasm));
  const glue = join(fresh, 'video_task_query.js');
  const text = withoutIdle(readFileSync(glue, 'utf8'));
  writeFileSync(glue, withShortNames(text, './video_task_query_bg.js', names));
  const bytes = readFileSync(join(fresh, wasm));
  if (!WebAssembly.validate(bytes)) {
    throw new ScriptError(
      `Node ${process.version} refuses the module: compare the flags in scripts/optimize.js with what rustc emits.`,
    );
  }
  writeFileSync(join(fresh, 'video_task_query_inline.js'), inlined(bytes));
  replace(fresh);
  stamp(mark, `${before} ${fingerprint(compiled)}`);
  return `${wasm} ${bytes.length} bytes`;
}

/** @param {string} folder where wasm-pack's output goes */
export async function compile(folder) {
  const wasmPack = await findWasmPack();
  if (!wasmPack) throw new ScriptError('wasm-pack is not there: run `npm run setup`.');
  const target = ['--release', '--target', 'web', '--no-pack'];
  const out = ['--out-dir', folder, '--out-name', 'video_task_query'];
  const sentence = 'The crate could not be compiled to WebAssembly: see the message above.';
  const flags = [...INLINE_LITTLE, ...withoutPaths()].join('\x1f');
  await mustRun(wasmPack, ['build', ...target, ...out], sentence, { env: { CARGO_ENCODED_RUSTFLAGS: flags } });
  for (const name of readdirSync(wasmPackCache)) {
    // 400 MB that a build of wasm-bindgen leaves behind.
    if (name.includes('cargo-install')) rmSync(join(wasmPackCache, name, 'build'), { recursive: true, force: true });
  }
  for (const name of readdirSync(folder)) {
    // A .gitignore in there would keep the folder out of the packed package.
    if (!/\.(js|ts|wasm)$/.test(name)) rmSync(join(folder, name), { recursive: true });
  }
}

/** Panics name the file that they come from: not where it lies on the machine that compiled it. */
function withoutPaths() {
  const crates = foldersIn(join(cargoHome, 'registry', 'src'));
  const library = join('lib', 'rustlib', 'src', 'rust', 'library');
  const libraries = foldersIn(join(rustupHome, 'toolchains')).map((toolchain) => join(toolchain, library));
  const folders = [cargoHome, rustupHome, root.replace(/[\\/]$/, ''), ...crates, ...libraries];
  // The last one that fits counts.
  return folders.map((path) => `--remap-path-prefix=${path}=.`);
}

/** @param {string} folder */
function foldersIn(folder) {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/**
 * Puts the finished folder in place in one go, so that an interrupted build is never taken for a finished one.
 *
 * @param {string} fresh
 */
function replace(fresh) {
  const old = `${fresh}-old`;
  rmSync(mark, { force: true });
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
}
