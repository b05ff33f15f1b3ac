// @ts-check
/** Watching through a relay with which everything goes wrong: a fault may delay how a task ended, and never change it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { test } from 'node:test';
import { FAULTS } from '../relay/faults.js';
import { faultRelay, KEY } from '../relay/server.js';
import { taskIds, verdict, watchOptions } from '../relay/verdict.js';
import { reset } from '../relay/wire.js';
import { TaskQueryError, watchTasks } from './packed.js';

const SEED = 7;
const COUNT = 150;

test('150 tasks end rightly, or with an error that says why, though a third of the answers goes wrong', async (t) => {
  const relay = await faultRelay({ seed: SEED, share: 0.3 });
  t.after(relay.close);
  const ids = taskIds(COUNT);
  const options = { ...watchOptions(relay.url, KEY), deadlineMs: 15_000 };
  const { counts, errors } = await verdict(watchTasks(ids, options), SEED, ids);

  assert.deepEqual(
    { ...counts, right: counts.right + counts.error, error: 0 },
    { right: COUNT, error: 0, wrong: 0, lost: 0, doubled: 0 },
  );
  for (const [id, { error }] of errors) {
    assert(error instanceof TaskQueryError && error.message.length > 20, `${id}: ${error}`);
    // No fault ends a watch alone: so many in a row do, or the deadline behind a pause that the service asked for.
    const story = relay.story.get(id) ?? [];
    if (error.code === 'timeout' && error.message.startsWith('deadlineMs'))
      assert(story.some((name) => name.includes('Retry-After')));
    // The relay does not know of all: nobody may have listened, or an answer have come too late.
    else assert(error.attempts >= options.maxMissedPolls, `${id}: ${error.attempts} ${story}`);
  }
  // All that was asked was asked with the key, and nobody else was asked.
  assert.deepEqual([relay.counts.withoutKey, relay.counts.elsewhere], [0, 0]);
  const seen = new Set([...relay.story.values()].flat());
  assert(seen.size > Object.keys(FAULTS).length / 2, `only ${[...seen]}`);
});

for (const name of ['open', 'being closed']) {
  test(`a connection that is ${name} can be broken off`, async (t) => {
    const server = createServer().listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const client = connect(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
    t.after(() => client.destroy());
    client.on('error', () => {});
    const [socket] = await once(server, 'connection');
    if (name === 'being closed') socket.end('the last words');
    reset(socket);
    await once(socket, 'close');
  });
}
