// @ts-check
/** docs/dependencies.md has a reason for each dependency, and for nothing else. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** @param {string} path @returns {string[]} */
function crates(path) {
  let section = '';
  return read(path)
    .split('\n')
    .flatMap((line) => {
      section = /^\[(.*)\]$/.exec(line)?.[1] ?? section;
      const name = /^([\w-]+) = /.exec(line)?.[1];
      return name && /(^|\.)(dev-|build-)?dependencies$/.test(section) ? [name] : [];
    });
}

/** @param {string} path @returns {string[]} */
function packages(path) {
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = JSON.parse(read(path));
  return Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies });
}

test('each dependency has its reason, and each reason its dependency', () => {
  const own = ['video-task-query'];
  const found = [
    ...['Cargo.toml', 'fuzz/Cargo.toml'].map((path) => [path, crates(path)]),
    ...['package.json', 'pkg/package.json', 'examples/durable/package.json'].map((path) => [path, packages(path)]),
  ];
  const wanted = found.flatMap(([path, names]) =>
    /** @type {string[]} */ (names).filter((name) => !own.includes(name)).map((name) => `${name} ${path}`),
  );
  const rows = [...read('docs/dependencies.md').matchAll(/^\| `(.+)` \| `(.+)` \| (.+) \|$/gm)];
  assert.deepEqual(rows.map(([, name, path]) => `${name} ${path}`).sort(), wanted.sort());
  assert.ok(wanted.length > 20, 'the manifests were read');
});

test('the lock files name the public registries alone, and are there', () => {
  for (const path of ['Cargo.lock', 'fuzz/Cargo.lock']) {
    const sources = new Set([...read(path).matchAll(/^source = "(.+)"$/gm)].map(([, source]) => source));
    assert.deepEqual([...sources], ['registry+https://github.com/rust-lang/crates.io-index'], path);
  }
  for (const path of ['package-lock.json', 'examples/durable/package-lock.json']) {
    const { packages } = JSON.parse(read(path));
    const resolved = Object.values(packages)
      .map(({ resolved }) => resolved)
      .filter((url) => /^https?:/.test(url ?? ''));
    assert.deepEqual(resolved, [], path);
    assert.ok(
      Object.values(packages).some(({ integrity }) => integrity?.startsWith('sha512-')),
      path,
    );
  }
});
