// @ts-check
/** The runtimes and bundlers, pinned. They are installed when a case needs them, and kept in `.tools/everywhere`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keep } from '../../scripts/kept.js';
import { tools } from '../../scripts/paths.js';
import { ScriptError } from '../../scripts/script-error.js';

const exe = process.platform === 'win32' ? '.exe' : '';
const node = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/**
 * By name of the folder: what is installed into it.
 *
 * @type {Readonly<Record<string, Record<string, string>>>}
 */
const TOOLS = {
  'node-20': { [node]: '20.20.2' },
  'node-22': { [node]: '22.23.3' },
  'node-24': { [node]: '24.21.0' },
  'node-26': { [node]: '26.10.0' },
  deno: { deno: '2.9.6' },
  bun: { bun: '1.4.5' },
  workerd: { miniflare: '4.20260730.0' },
  'edge-runtime': { 'edge-runtime': '4.0.1' },
  firefox: { 'puppeteer-core': '24.8.2' },
  'vite-8': { vite: '8.3.8' },
  'vite-7': { vite: '7.3.8' },
  webpack: { webpack: '5.112.2', 'webpack-cli': '6.0.1', 'webpack-dev-server': '5.2.2' },
  rspack: { '@rspack/core': '2.3.2', '@rspack/cli': '2.2.8', '@rspack/dev-server': '2.2.2' },
  rollup: { rollup: '4.68.7', '@rollup/plugin-node-resolve': '16.0.3' },
  esbuild: { esbuild: '0.28.2' },
  parcel: { parcel: '2.16.4' },
  next: { next: '16.4.6', react: '19.3.1', 'react-dom': '19.3.1' },
  nitropack: { nitropack: '2.13.6' },
  metro: { metro: '0.87.1' },
  nuxt: { nuxt: '4.5.2', vue: '3.5.45' },
  angular: {
    '@angular/core': '22.2.0',
    '@angular/build': '22.2.0',
    '@angular/cli': '22.2.0',
    '@angular/common': '22.2.0',
    '@angular/compiler': '22.2.0',
    '@angular/compiler-cli': '22.2.0',
    '@angular/platform-browser': '22.2.0',
    '@angular/platform-server': '22.2.0',
    '@angular/router': '22.2.0',
    '@angular/ssr': '22.2.0',
    express: '5.1.0',
    rxjs: '7.8.2',
    tslib: '2.9.1',
    typescript: '6.0.3',
  },
  sveltekit: {
    '@sveltejs/kit': '2.70.4',
    '@sveltejs/adapter-node': '5.5.7',
    '@sveltejs/vite-plugin-svelte': '7.3.1',
    svelte: '5.57.3',
    vite: '8.3.8',
  },
  astro: { astro: '7.3.5', '@astrojs/node': '11.1.6' },
  'react-router': {
    '@react-router/dev': '8.4.0',
    '@react-router/node': '8.4.0',
    '@react-router/serve': '8.4.0',
    'react-router': '8.4.0',
    isbot: '5.2.3',
    react: '19.3.1',
    'react-dom': '19.3.1',
    vite: '8.3.8',
  },
  'typescript-5.0': { typescript: '5.0.4' },
  checks: { publint: '0.3.25', '@arethetypeswrong/cli': '0.18.5' },
};

/** Its binary comes by a script of its own. */
const withScripts = ['deno', 'bun'];

/** Why a case is not run. */
export class NotRun extends Error {}

/**
 * @param {string} name
 * @returns {Promise<string>} the folder whose node_modules has the tool
 */
export async function tool(name) {
  const folder = join(tools, 'everywhere', name);
  try {
    await keep(folder, TOOLS[name] ?? {}, { withScripts: withScripts.includes(name) });
  } catch (error) {
    throw error instanceof ScriptError ? new NotRun(error.message) : error;
  }
  return folder;
}

/** The version that is installed. @param {string} name @param {string} [of] the package */
export function versionOf(name, of = Object.keys(TOOLS[name] ?? {})[0]) {
  const file = join(tools, 'everywhere', name, 'node_modules', of ?? '', 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : TOOLS[name]?.[of ?? ''];
}

/** The program of a version of Node. @param {number} major */
export async function nodeOf(major) {
  const folder = await tool(`node-${major}`);
  return join(folder, 'node_modules', node, 'bin', `node${exe}`);
}
