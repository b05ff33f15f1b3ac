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

/** @param {string} from the node_modules with the compiler @param {string} cwd */
const compile = (from, cwd) =>
  mustRun(process.execPath, [join(from, 'typescript', 'bin', 'tsc'), '--project', cwd], 'tsc has objections.', { cwd });

/** @param {string} name @param {object} options @returns {Case} */
const typesCase = (name, options) => ({
  kind,
  name: `tsc, module ${name}`,
  fast: true,
  version: () => JSON.parse(readFileSync(join(modules, 'typescript', 'package.json'), 'utf8')).version,
  async run() {
    const strict = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
    };
    const compilerOptions = {
      ...options,
      ...strict,
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.iterable'],
      types: [],
      noEmit: true,
    };
    const files = Object.fromEntries(
      readdirSync(folder)
        .filter((file) => file !== 'node.ts')
        .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
    );
    const cwd = await project(`types-${name}`, {
      ...files,
      'tsconfig.json': JSON.stringify({ compilerOptions, include: ['*.ts'] }),
    });
    await compile(modules, cwd);
    return EXPECTED;
  },
});

/** A project for Node alone, whose `lib` knows no browser. @type {Case} */
const withoutDom = {
  kind,
  name: 'tsc, no lib of a browser',
  fast: true,
  version: () => JSON.parse(readFileSync(join(modules, 'typescript', 'package.json'), 'utf8')).version,
  async run() {
    const compilerOptions = {
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      target: 'es2022',
      lib: ['es2022'],
      types: ['node'],
      typeRoots: [join(modules, '@types')],
      noEmit: true,
    };
    const cwd = await project('types-without-dom', {
      'node.ts': readFileSync(join(folder, 'node.ts'), 'utf8'),
      'tsconfig.json': JSON.stringify({ compilerOptions, include: ['*.ts'] }),
    });
    await compile(modules, cwd);
    return EXPECTED;
  },
};

/** The oldest TypeScript that is promised, in its oldest way to find modules. @type {Case} */
const oldest = {
  kind,
  name: 'tsc 5.0, module resolution node10',
  fast: true,
  version: () => versionOf('typescript-5.0'),
  async run() {
    const compilerOptions = {
      module: 'commonjs',
      moduleResolution: 'node',
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.iterable'],
      types: [],
      noEmit: true,
    };
    const cwd = await project('types-oldest', {
      'entries.ts': readFileSync(join(folder, 'entries.ts'), 'utf8'),
      'tsconfig.json': JSON.stringify({ compilerOptions, include: ['*.ts'] }),
    });
    await compile(join(await tool('typescript-5.0'), 'node_modules'), cwd);
    return EXPECTED;
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
