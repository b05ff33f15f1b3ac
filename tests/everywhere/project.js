// @ts-check
/** A user's project: a temporary folder outside of this one, with the packed package and a tool installed. */
import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from '../../scripts/npm.js';
import { scratch } from '../../scripts/paths.js';
import { tool } from './tools.js';

const smoke = fileURLToPath(new URL('smoke.js', import.meta.url));

/** @type {Promise<string> | undefined} */
let installing;
/** @type {string[]} */
const made = [];

/**
 * @param {string} name
 * @param {Record<string, string>} files
 * @param {readonly string[]} [tools]
 * @returns {Promise<string>} the folder
 */
export async function project(name, files, tools = []) {
  installing ??= install();
  const installed = await installing;
  const folder = temporary(name);
  for (const each of tools) hardCopy(join(await tool(each), 'node_modules'), join(folder, 'node_modules'));
  cpSync(join(installed, 'node_modules'), join(folder, 'node_modules'), { recursive: true });
  const manifest = { name: 'app', version: '1.0.0', private: true, type: 'module' };
  write(folder, {
    'package.json': JSON.stringify({ ...manifest, dependencies: { 'video-task-query': '0.1.0' } }),
    ...files,
  });
  cpSync(smoke, join(folder, 'smoke.js'));
  return folder;
}

/** @param {string} folder @param {Record<string, string>} files */
export function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** @param {string} name */
export function temporary(name) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `everywhere-${name.replaceAll(/\W+/g, '-')}-`)));
  made.push(folder);
  return folder;
}

export function removeProjects() {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  installing = undefined;
}

/** What `npm pack` made, installed by npm once and copied from there. */
async function install() {
  const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz'));
  const folder = temporary('installed');
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const args = ['install', join(scratch, tarball ?? ''), '--offline', '--no-audit', '--no-package-lock'];
  const { code, output } = await npm(args, folder);
  if (code !== 0) throw new Error(`npm could not install the tarball:\n${output}`);
  return folder;
}

/**
 * Bundlers follow links to where the files are, and some refuse what lies outside of the project. So the files
 * themselves are put there, without taking space.
 *
 * @param {string} from
 * @param {string} to
 */
function hardCopy(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) hardCopy(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else put(source, target);
  }
}

/** @param {string} source @param {string} target */
function put(source, target) {
  try {
    linkSync(source, target);
  } catch {
    // Another file system.
    cpSync(source, target);
  }
}
