// @ts-check
/** What is in the tarball: no more than what runs, and nothing of the machine that made it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { npm } from '../../scripts/npm.js';
import { pkg, root } from '../../scripts/paths.js';
import { runModule } from './child.js';

const FOLDERS = ['', 'cli', 'dist', 'relay', 'relay/forms', 'relay/media', 'ui'];
/** Beside the modules. */
const OTHERS = [
  'CHANGELOG.md',
  'LICENSE-APACHE',
  'LICENSE-MIT',
  'README.md',
  'dist/video_task_query_bg.wasm',
  'docs/durable.md',
  'docs/setups.md',
  'index.d.ts',
  'inline.d.ts',
  'package.json',
  'relay/media/dunes-360.mp4',
  'slim.d.ts',
];

describe('the published package', () => {
  /** @type {string[]} */
  let files = [];

  before(async () => {
    const { code, output } = await npm(['pack', '--dry-run', '--json'], pkg);
    assert.equal(code, 0, output);
    const [packed] = JSON.parse(output.slice(output.indexOf('[\n')));
    files = packed.files.map((/** @type {{ path: string }} */ { path }) => path);
  });

  test('holds the modules, the WebAssembly, the types, the documents and a film, and nothing else', () => {
    const [modules, others] = [true, false].map((wanted) => files.filter((path) => path.endsWith('.js') === wanted));
    assert.deepEqual(others?.sort(), OTHERS);
    assert.deepEqual(
      [...new Set(modules?.map((path) => path.split('/').slice(0, -1).join('/')))].sort(),
      FOLDERS.filter((folder) => folder !== 'relay/media'),
    );
  });

  test('has no source maps, fixtures, tests or settings', () => {
    assert.deepEqual(
      files.filter((path) => /\.map$|fixture|test|\.env|\.npmrc|\.rs$|\.pem$|\.tgz$/i.test(path)),
      [],
    );
  });

  test('has no paths of a machine and no keys inside, the WebAssembly included', () => {
    const homes = [homedir(), root.replace(/[\\/]$/, ''), '/.cargo/', '/.rustup/', '/home/', '/Users/', 'C:\\Users'];
    for (const path of files) {
      const text = readFileSync(join(pkg, path), 'latin1');
      for (const home of homes) {
        // Binary media may hold any bytes, and base64 any letters.
        if (home.length > 5 && !path.endsWith('.mp4')) assert.equal(text.indexOf(home), -1, `${home} in ${path}`);
      }
      assert.doesNotMatch(text, /sourceMappingURL=/, path);
      // Base64 may spell anything.
      if (!path.endsWith('_inline.js'))
        assert.doesNotMatch(text, /\bsk-[A-Za-z0-9]{16,}|-----BEGIN|npm_[A-Za-z0-9]{30,}/, path);
    }
  });

  test('keeps its lines short, since an error that nobody catches is printed with the line that threw it', async () => {
    const { code, stderr } = await runModule(
      'const { parseTask } = await import(process.env.PACKAGE); parseTask(null);',
    );
    assert.equal(code, 1);
    assert.match(stderr, /The body must be a string, bytes or an object, not null\./);
    assert.deepEqual(
      stderr.split('\n').filter((line) => line.length > 1000),
      [],
    );
  });

  test('needs nothing and runs nothing when it is installed', () => {
    const manifest = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));
    for (const name of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) {
      assert.equal(manifest[name], undefined, name);
    }
    // `prepack` runs where the package is made.
    assert.deepEqual(Object.keys(manifest.scripts), ['prepack']);
  });
});
