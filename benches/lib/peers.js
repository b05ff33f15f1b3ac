// @ts-check
/** What people would use instead, pinned. It is installed by the first run and kept in `.tools/bench`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { keep } from '../../scripts/kept.js';
import { tools } from '../../scripts/paths.js';

/** The newest of each that runs on Node 20. */
export const PEERS = {
  openai: '7.55.0',
  '@runwayml/sdk': '4.20.1',
  replicate: '1.4.0',
  '@fal-ai/client': '1.10.1',
  zod: '4.6.7',
  valibot: '1.5.0',
};

export const peersFolder = join(tools, 'bench');
const loader = join(peersFolder, 'load.mjs');

export async function installPeers() {
  await keep(peersFolder, PEERS);
  // Imported from in there, so that each package gives what it gives to a user's import.
  writeFileSync(loader, 'export const load = (name) => import(name);\n');
}

/** @param {keyof typeof PEERS} name @returns {Promise<any>} */
export async function peer(name) {
  return (await import(pathToFileURL(loader).href)).load(name);
}
