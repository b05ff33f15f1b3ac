// @ts-check
/** `parseTask` against `JSON.parse` of the same bytes, alone and with what one writes around it, over all fixtures. */
import { bodies } from './lib/bodies.js';
import { mapped, parsed } from './lib/by-hand.js';
import { figure, geometricMean } from './lib/figures.js';
import { ours } from './lib/ours.js';
import { peer } from './lib/peers.js';
import { ratio, rounds, samplesOf } from './lib/rounds.js';
import { time } from './lib/rows.js';
import { valibotSchema, zodSchema } from './lib/schemas.js';

const TARGETS = {
  'JSON.parse of decoded bytes': { goal: 1.0, bar: 1.5 },
  'JSON.parse + mapping': {},
  'JSON.parse + zod + mapping': { goal: 0.5, bar: 1.0 },
  'JSON.parse + valibot + mapping': {},
};

/** @param {{ quick: boolean }} options @returns {Promise<import('./lib/rows.js').Row[]>} */
export async function bench({ quick }) {
  const { parseTask } = await ours();
  const schema = zodSchema(await peer('zod'));
  const valibot = await peer('valibot');
  const shape = valibotSchema(valibot);
  const found = bodies().filter(({ body }) => schema.safeParse(parsed(body)).success);
  const readers = {
    parseTask: (/** @type {Uint8Array} */ body) => parseTask(body),
    'JSON.parse of decoded bytes': parsed,
    'JSON.parse + mapping': (/** @type {Uint8Array} */ body) => mapped(parsed(body)),
    'JSON.parse + zod + mapping': (/** @type {Uint8Array} */ body) => mapped(schema.parse(parsed(body))),
    'JSON.parse + valibot + mapping': (/** @type {Uint8Array} */ body) => mapped(valibot.parse(shape, parsed(body))),
  };
  // All of them see all bodies before the clock runs: a page that polls reads more than one kind of body.
  for (let turn = 0; turn < (quick ? 5 : 30); turn += 1) {
    for (const { body } of found) for (const read of Object.values(readers)) read(body);
  }
  /** @type {Record<keyof typeof readers, number>[][]} */
  const all = [];
  for (const { body } of found) all.push(await rounds(timed(readers, body, quick ? 0.2 : 1), quick ? 3 : 9));
  const right = found.filter(({ body, status }) => mapped(parsed(body)).status === status).length;
  return Object.entries(TARGETS).map(([name, targets]) => {
    const peerName = /** @type {keyof typeof readers} */ (name);
    const mean = (/** @type {keyof typeof readers} */ one) =>
      geometricMean(all.map((each) => samplesOf(each, one).median));
    const ratios = all.map((each) => ratio(each, 'parseTask', peerName).median);
    const note = name.endsWith('mapping') ? `, right status for ${right} of ${found.length}` : '';
    return {
      measure: `parseTask, geometric mean of ${found.length} fixtures (beside: half of the fixtures)`,
      ours: time(mean('parseTask')),
      peer: `${name}${note}`,
      theirs: time(mean(peerName)),
      value: { ...figure(ratios), median: geometricMean(ratios) },
      unit: 'x',
      ...targets,
    };
  });
}

/** @type {unknown} Holds the last outcome, so that no engine leaves the work out. */
export let sink;

/**
 * As many calls as take about `ms`, the same number for all; a sample is the time of one.
 *
 * @template {string} Name
 * @param {Record<Name, (body: Uint8Array) => unknown>} readers
 * @param {Uint8Array} body
 * @param {number} ms
 */
function timed(readers, body, ms) {
  const sample = (/** @type {(body: Uint8Array) => unknown} */ read, /** @type {number} */ count) => {
    const start = performance.now();
    for (let call = 0; call < count; call += 1) sink = read(body);
    return (performance.now() - start) / count;
  };
  const entries = /** @type {[Name, (body: Uint8Array) => unknown][]} */ (Object.entries(readers));
  const slowest = Math.max(...entries.map(([, read]) => sample(read, 10)));
  const count = Math.max(3, Math.ceil(ms / slowest));
  const samplers = entries.map(([name, read]) => [name, () => sample(read, count)]);
  return /** @type {Record<Name, () => number>} */ (Object.fromEntries(samplers));
}
