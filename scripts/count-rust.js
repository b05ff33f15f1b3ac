// @ts-check

/**
 * Sums the result lines of one or more Rust test programs.
 *
 * @param {{ code: number, output: string }} finished
 * @returns {import('./steps.js').Outcome}
 */
export function countRust({ code, output }) {
  const plain = output.replaceAll(/\u001b\[[0-9;]*m/g, '');
  let passed = 0;
  let failed = 0;
  for (const [, good, bad] of plain.matchAll(/^test result: .*?(\d+) passed; (\d+) failed/gm)) {
    passed += Number(good);
    failed += Number(bad);
  }
  // What does not compile or crashes half-way has no result line.
  if (code !== 0) failed = Math.max(failed, 1);
  return { passed, failed, output };
}
