// @ts-check
// `node fuzz/run.js [target…] [--seconds=600]`: writes the corpus, then fuzzes each target with one job, one after the other.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const targets = readdirSync(new URL('targets', import.meta.url)).map((name) => name.replace('.rs', ''));
const words = process.argv.slice(2);
const seconds = Number(words.find((word) => word.startsWith('--seconds='))?.slice('--seconds='.length) ?? 600);
const named = words.filter((word) => !word.startsWith('--seconds='));
const unknown = named.find((name) => !targets.includes(name));
if (unknown || !Number.isInteger(seconds) || seconds < 1) {
  console.error(`node fuzz/run.js [${targets.join(' | ')}]… [--seconds=600], not: ${words.join(' ')}`);
  process.exit(2);
}

const { error, status } = spawnSync('cargo', ['fuzz', '--version'], { cwd: root });
if (error) {
  console.error(`Rust is missing: install it from https://rustup.rs, then run this again (${error.message}).`);
  process.exit(1);
}
if (status !== 0) {
  console.error('cargo-fuzz is missing: run `cargo install cargo-fuzz --locked`, then this again.');
  process.exit(1);
}
const written = run(['test', '--quiet', '--test', 'hostile_input', 'corpus', '--', '--ignored']);
if (written !== 0) process.exit(1);
/** @type {string[]} */
const broken = [];
for (const target of named.length > 0 ? named : targets) {
  // The sanitizers are open to a stable compiler only this way.
  const limits = [`-max_total_time=${seconds}`, '-timeout=10', '-print_final_stats=1'];
  if (run(['fuzz', 'run', target, '--', ...limits], { RUSTC_BOOTSTRAP: '1' }) !== 0) broken.push(target);
}
console.log(broken.length > 0 ? `Found something, see above: ${broken.join(', ')}.` : 'Found nothing.');
process.exit(broken.length > 0 ? 1 : 0);

/** @param {string[]} args @param {Record<string, string>} [env] */
function run(args, env) {
  return spawnSync('cargo', args, { cwd: root, env: { ...process.env, ...env }, stdio: 'inherit' }).status;
}
