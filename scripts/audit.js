// @ts-check
/** `npm run audit`: licences, sources and known vulnerabilities of what this is made with, as far as that can be asked here. */
import { runCommand } from './command.js';
import { RUST_IS_MISSING } from './rust-version.js';
import { npm } from './npm.js';
import { root } from './paths.js';
import { run } from './run.js';

/**
 * @typedef {object} Check
 * @property {string} what
 * @property {() => Promise<{ code: number, output: string }>} ask
 * @property {RegExp} unable what is printed where it cannot be asked, rather than where something is wrong
 * @property {string} why it was skipped then
 */

// Said aloud below, whatever npm itself was told about being silent.
const offline =
  /audit endpoint returned an error|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|\bE40[345]\b|405 Method|network connectivity|\bE5\d\d\b|ETIMEDOUT|endpoint is being retired|no.+signing keys|501 Not Implemented/i;
const deny = (/** @type {string} */ manifest, /** @type {string[]} */ ...checks) =>
  run('cargo', ['deny', '--manifest-path', manifest, '--config', 'deny.toml', 'check', ...checks], { minutes: 3 });
const noRust = /^spawn cargo ENOENT/;
const noDeny = /no such command/;
const install = 'cargo-deny is not installed: `cargo install cargo-deny --locked`.';

/** @type {Check[]} */
const checks = [
  {
    what: 'licences, bans and sources of the crate',
    ask: () => deny('Cargo.toml', 'licenses', 'bans', 'sources'),
    unable: noDeny,
    why: install,
  },
  {
    what: 'licences, bans and sources of the fuzzers',
    ask: () => deny('fuzz/Cargo.toml', 'licenses', 'bans', 'sources'),
    unable: noDeny,
    why: install,
  },
  {
    what: 'known vulnerabilities in crates',
    ask: () => deny('Cargo.toml', 'advisories'),
    unable: /no such command|failed to fetch advisory database|failed to (open|clone|acquire)/i,
    why: 'cargo-deny is not installed, or GitHub, where the list is, cannot be reached.',
  },
  {
    what: 'signatures of the npm packages',
    ask: () => npm(['audit', 'signatures', '--loglevel=warn'], root, 3),
    unable: offline,
    why: 'the registry of this machine has no signatures to compare with, or cannot be reached.',
  },
  {
    what: 'known vulnerabilities in npm packages',
    ask: () => npm(['audit', '--audit-level=high', '--loglevel=warn'], root, 3),
    unable: offline,
    why: 'the registry of this machine has no list of them, or cannot be reached.',
  },
];

const HELP =
  'npm run audit    licences, sources and known vulnerabilities of the dependencies, as far as they can be asked for';

await runCommand(HELP, async () => {
  let failed = 0;
  for (const { what, ask, unable, why } of checks) {
    const { code, output } = await ask();
    const isWithoutRust = noRust.test(output);
    const reason = isWithoutRust ? `${RUST_IS_MISSING}.` : why;
    const skipped = code !== 0 && (isWithoutRust || unable.test(output));
    console.log(`${code === 0 ? 'passed ' : skipped ? 'skipped' : 'FAILED '}  ${what}${skipped ? `: ${reason}` : ''}`);
    if (code === 0 || skipped) continue;
    console.error(output.trimEnd());
    failed++;
  }
  return failed === 0;
});
