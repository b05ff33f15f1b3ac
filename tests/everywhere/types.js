// @ts-check
/** The types of the packed package as strict projects see them, and what linters of packages say. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modules, scratch } from '../../scripts/paths.js';
import { mustRun } from '../../scripts/run.js';
import { project } from './project.js';
import { EXPECTED } from './smoke.js';
import { tool, versionOf } from './tools.js';

/** @typedef {import('./all.js').Case} Case */

const folder = fileURLToPath(new URL('../types', import.meta.url));
const kind = 'types';

const MODULES = {
  nodenext: { module: 'nodenext' },
  node16: { module: 'node16' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

const STRICT = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, target: 'es2022', noEmit: true };
const IN_BROWSERS = { lib: ['es2022', 'dom', 'dom.iterable'], types: [] };

/**
 * Some files of tests/types as a project of their own, without an objection.
 *
 * @param {string} name
 * @param {readonly string[]} files
 * @param {object} options of the compiler, beyond the strict ones
 * @param {string} [from] the node_modules with the compiler
 */
async function compiled(name, files, options, from = modules) {
  const cwd = await project(`types-${name}`, {
    ...Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')])),
    'tsconfig.json': JSON.stringify({ compilerOptions: { ...STRICT, ...options }, include: ['*.ts'] }),
  });
  const tsc = join(from, 'typescript', 'bin', 'tsc');
  await mustRun(process.execPath, [tsc, '--project', cwd], 'tsc has objections.', { cwd });
  return EXPECTED;
}

const ownVersion = () => JSON.parse(readFileSync(join(modules, 'typescript', 'package.json'), 'utf8')).version;

/** @param {string} name @param {object} options @returns {Case} */
const typesCase = (name, options) => ({
  kind,
  name: `tsc, module ${name}`,
  fast: true,
  version: ownVersion,
  run() {
    const files = readdirSync(folder).filter((file) => file !== 'node.ts');
    return compiled(name, files, { ...options, ...IN_BROWSERS, noUncheckedIndexedAccess: true });
  },
});

/** A project for Node alone, whose `lib` knows no browser. @type {Case} */
const withoutDom = {
  kind,
  name: 'tsc, no lib of a browser',
  fast: true,
  version: ownVersion,
  run() {
    const types = { types: ['node'], typeRoots: [join(modules, '@types')] };
    return compiled('without-dom', ['node.ts'], { module: 'nodenext', lib: ['es2022'], ...types });
  },
};

/** The oldest TypeScript that is promised, in its oldest way to find modules. @type {Case} */
const oldest = {
  kind,
  name: 'tsc 5.0, module resolution node10',
  fast: true,
  version: () => versionOf('typescript-5.0'),
  async run() {
    const from = join(await tool('typescript-5.0'), 'node_modules');
    return compiled('oldest', ['entries.ts'], { module: 'commonjs', moduleResolution: 'node', ...IN_BROWSERS }, from);
  },
};

/** The types that the contract exports are all compared. @type {Case} */
const complete = {
  kind,
  name: 'contract, nothing left out',
  fast: true,
  version: () => '',
  async run() {
    const names = [
      ...readFileSync(join(folder, 'contract.d.ts'), 'utf8').matchAll(
        /^export (?:\w+ )*?(?:type|interface|class|function) (\w+)/gm,
      ),
    ];
    const compared = readFileSync(join(folder, 'against-contract.ts'), 'utf8');
    const left = names.map(([, name]) => name).filter((name) => !new RegExp(`contract\\.${name}[>,]`).test(compared));
    assert.deepEqual(left, []);
    return EXPECTED;
  },
};

/** @param {string} name @param {(tarball: string, modules: string) => readonly string[]} args @returns {Case} */
const lintCase = (name, args) => ({
  kind,
  name,
  fast: true,
  version: () => versionOf('checks', name),
  async run() {
    const tarball = join(scratch, readdirSync(scratch).find((file) => file.endsWith('.tgz')) ?? '');
    const cwd = join(await tool('checks'), 'node_modules');
    await mustRun(process.execPath, args(tarball, cwd), `${name} has objections.`, { cwd: scratch, minutes: 2 });
    return EXPECTED;
  },
});

const attw = '@arethetypeswrong/cli';

export const types = [
  ...Object.entries(MODULES).map(([name, options]) => typesCase(name, options)),
  withoutDom,
  oldest,
  complete,
  lintCase('publint', (tarball, at) => [join(at, 'publint', 'src', 'cli.js'), 'run', tarball, '--strict']),
  // A package of ES modules alone is what is meant; the file of the WebAssembly has no types.
  lintCase(attw, (tarball, at) => [
    join(at, attw, 'dist', 'index.js'),
    tarball,
    '--profile=esm-only',
    '--exclude-entrypoints=video_task_query_bg.wasm',
    '--no-color',
  ]),
];
