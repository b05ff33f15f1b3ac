// @ts-check
import { basename } from 'node:path';

/**
 * A reporter for `node --test` that writes how many tests passed and failed, as JSON.
 *
 * @param {AsyncIterable<{ type: string, data: any }>} events
 */
export default async function* count(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (data.details?.type === 'suite' || data.skip !== undefined || data.todo !== undefined) continue;
    // A file without a test in it is reported as a test that passed.
    const isFile = data.nesting === 0 && data.file !== undefined && basename(data.name) === basename(data.file);
    if (type === 'test:pass' && !isFile) passed += 1;
    if (type === 'test:fail') failed += 1;
  }
  yield JSON.stringify({ passed, failed });
}
