// @ts-check
import { barLine } from './bar.js';
import { byteCount } from './bytes.js';
import { Estimate } from '../ui/estimate.js';
import { percent } from '../ui/percent.js';
import { brief } from './plain.js';
import { Screen } from './screen.js';
import { STATUS_LOOKS } from './style.js';
import { clock, span } from './times.js';
import { width } from './width.js';

/**
 * @typedef {import('../index.js').Task} Task
 *
 * @typedef {object} Row
 * @property {string} name
 * @property {number} since ms
 * @property {Task | null} task the last one seen
 * @property {number} seenAt ms
 * @property {{ done: number, total: number | null } | null} bytes
 * @property {Estimate} estimate
 */

const EVERY_MS = 200;
const LONGEST_NAME = 36;

/** A bar for each task on a terminal, until it has ended. */
export class LiveProgress {
  /** @type {Map<string, Row>} */
  #rows = new Map();
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  #screen;
  #stream;
  #paint;
  #blocks;
  #onResize = () => this.#screen.draw();

  /**
   * @param {NodeJS.WriteStream} stream
   * @param {{ paint: import('./style.js').Paint, blocks: boolean }} look
   */
  constructor(stream, { paint, blocks }) {
    this.#stream = stream;
    this.#paint = paint;
    this.#blocks = blocks;
    this.#screen = new Screen(stream, (size) => this.#lines(size));
  }

  /** @param {readonly string[]} ids */
  start(ids) {
    const now = Date.now();
    for (const id of ids) {
      this.#rows.set(id, {
        name: brief(id, 200),
        since: now,
        task: null,
        seenAt: now,
        bytes: null,
        estimate: new Estimate(),
      });
    }
    this.#stream.on('resize', this.#onResize);
    this.resume();
  }

  resume() {
    this.#timer ??= setInterval(() => this.#screen.draw(), EVERY_MS);
    this.#screen.draw();
  }

  /** Gives the terminal back as it was, until `resume`. */
  pause() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#screen.close();
  }

  /** @param {string} id @param {Task} task */
  see(id, task) {
    const row = this.#rows.get(id);
    if (!row) return;
    row.task = task;
    row.seenAt = Date.now();
    if (task.progress !== null) row.estimate.see(task.progress, row.seenAt);
  }

  /** @param {string} id @param {number} done @param {number | null} total */
  bytes(id, done, total) {
    const row = this.#rows.get(id);
    if (!row) return;
    if (!row.bytes) row.estimate = new Estimate();
    row.bytes = { done, total };
    if (total) row.estimate.see(done / total, Date.now());
  }

  /** @param {string} id */
  end(id) {
    this.#rows.delete(id);
  }

  /** Writes what stays. @param {() => void} write */
  above(write) {
    this.#screen.above(write);
    if (this.#timer) this.#screen.draw();
  }

  stop() {
    this.#stream.off('resize', this.#onResize);
    this.pause();
  }

  /** @param {{ columns: number, rows: number }} size */
  #lines({ columns, rows }) {
    const all = [...this.#rows.values()];
    // A row for the cursor, and one for what has no room.
    const room = Math.max(1, rows - 1);
    const shown = all.length > room ? all.slice(0, Math.max(0, room - 1)) : all;
    const nameWidth = Math.min(LONGEST_NAME, Math.max(...shown.map(({ name }) => width(name)), 0));
    // The last column stays free: behind it terminals differ in where they go on.
    const look = { columns: columns - 1, nameWidth, blocks: this.#blocks, paint: this.#paint };
    const now = Date.now();
    const lines = shown.map((row) => barLine(row.bytes ? savingLine(row, now) : waitingLine(row, now), look));
    if (shown.length < all.length) lines.push(brief(others(all.slice(shown.length), shown.length), columns - 1));
    return lines;
  }
}

/** @param {readonly Row[]} rows @param {number} shown */
function others(rows, shown) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { task, bytes } of rows) {
    const state = bytes ? 'saving' : (task?.status ?? 'asking');
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const told = [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
  return `${shown > 0 ? 'and ' : ''}${rows.length} ${shown > 0 ? 'more' : 'tasks'}: ${told}`;
}

/** @param {Row} row @param {number} now @returns {import('./bar.js').Line} */
function waitingLine({ name, since, task, seenAt, estimate }, now) {
  const own = task?.estimatedWaitMs ?? null;
  const left = own === null ? estimate.left(now) : own - (now - seenAt);
  const place = typeof task?.queuePosition === 'number' ? `${task.queuePosition} before it` : '';
  return {
    name,
    state: task?.status ?? 'asking',
    look: task ? STATUS_LOOKS[task.status] : 'dim',
    share: task?.progress ?? null,
    elapsed: clock(now - since),
    left: leftOf(left),
    note: place || (task?.stage ? brief(task.stage, 40) : ''),
  };
}

/** @param {Row} row @param {number} now @returns {import('./bar.js').Line} */
function savingLine({ name, since, bytes, estimate }, now) {
  const { done, total } = bytes ?? { done: 0, total: null };
  const left = estimate.left(now);
  return {
    name,
    state: 'saving',
    look: 'cyan',
    share: total ? Math.min(1, done / total) : null,
    elapsed: clock(now - since),
    left: leftOf(left),
    note: total ? `${byteCount(done)} of ${byteCount(total)}` : byteCount(done),
  };
}

/** What a pipe gets instead: a line for each change. @param {number} since @param {string} id @param {Task} task */
export function changeLine(since, id, task) {
  const left = task.estimatedWaitMs === null ? '' : `about ${span(task.estimatedWaitMs)} left`;
  const facts = [
    task.status,
    task.progress === null ? '' : percent(task.progress),
    task.stage ? brief(task.stage, 40) : '',
    typeof task.queuePosition === 'number' ? `${task.queuePosition} before it` : '',
    left,
  ];
  return `${clock(Date.now() - since)}  ${brief(id, 200)}  ${facts.filter(Boolean).join(', ')}`;
}

/** @param {number | null} ms */
function leftOf(ms) {
  return ms === null || ms < 1000 ? '' : `~${clock(ms)} left`;
}
