// @ts-check
import { fstatSync } from 'node:fs';
import { hasBlocks } from './bar.js';
import { card, errorCard, row } from './card.js';
import { LiveProgress, changeLine } from './live.js';
import { jsonLine } from './plain.js';
import { painter } from './style.js';
import { columnsOf, sentences } from './wrap.js';

/**
 * @typedef {import('../index.js').Task} Task
 * @typedef {{ file: string, bytes: number, error: null } | { file: null, bytes: 0, error: string }} Saved
 */

/** Where results, progress and complaints go: cards and bars on a terminal, lines in a pipe, JSON where it is wanted. */
export class Output {
  #isJson;
  #since = Date.now();
  /** @type {LiveProgress | null} */
  #live = null;
  #paint = painter(process.stdout, process.env);
  #paintError = painter(process.stderr, process.env);
  #isFirst = true;

  /** @param {{ json?: boolean, live?: boolean }} how live: there is something to wait for */
  constructor({ json = false, live = false }) {
    this.#isJson = json;
    const stream = json ? process.stderr : process.stdout;
    if (!live || !stream.isTTY || process.env.TERM === 'dumb' || (json && isPipe())) return;
    const paint = json ? this.#paintError : this.#paint;
    this.#live = new LiveProgress(stream, { paint, blocks: hasBlocks(process.env) });
  }

  /** The live display, for those who have to stop it from outside. */
  get live() {
    return this.#live;
  }

  /** @param {readonly string[]} ids */
  start(ids) {
    this.#live?.start(ids);
  }

  /** A task that goes on. @param {string} id @param {Task} task */
  change(id, task) {
    if (this.#live) this.#live.see(id, task);
    else if (!this.#isJson) process.stdout.write(`${changeLine(this.#since, id, task)}\n`);
  }

  /** @param {string} id @param {number} done @param {number | null} total */
  bytes(id, done, total) {
    this.#live?.bytes(id, done, total);
  }

  /** The last word on a task. @param {string} id @param {Task} task @param {Saved | null} saved @param {[label: string, text: string]} [note] */
  task(id, task, saved, note) {
    if (this.#isJson) return this.#result(id, [jsonLine({ ...task, ...(saved ? { download: saved } : {}) })]);
    const sheet = { paint: this.#paint, columns: columnsOf(process.stdout) };
    const lines = card(task, { ...sheet, now: Date.now(), name: id });
    // A path stays whole, whatever spaces it has.
    const rows = note ? [row({ ...sheet, ...(saved?.file ? { columns: Infinity } : {}) }, ...note)] : [];
    this.#result(id, [...lines, ...rows]);
  }

  /**
   * The task could not be asked for, or the answer not be read.
   *
   * @param {string} id
   * @param {any} error
   * @param {'ask' | 'read'} act
   * @param {string | null} [hint]
   */
  error(id, error, act, hint = null) {
    if (this.#isJson) return this.#result(id, [jsonLine(errorObject(id, error))]);
    this.#live?.end(id);
    const lines = errorCard(id, error, { paint: this.#paintError, columns: columnsOf(process.stderr), act, hint });
    this.#write(() => process.stderr.write(`${this.#gap()}${lines.join('\n')}\n`));
  }

  /** A remark beside the results. @param {string} text */
  remark(text) {
    this.#write(() => process.stderr.write(`${sentences(process.stderr, text)}\n`));
  }

  stop() {
    this.#live?.stop();
  }

  /** @param {string} id @param {readonly string[]} lines */
  #result(id, lines) {
    this.#live?.end(id);
    this.#write(() => process.stdout.write(`${this.#gap()}${lines.join('\n')}\n`));
  }

  /** What stands between two cards. */
  #gap() {
    const gap = this.#isFirst || this.#isJson ? '' : '\n';
    this.#isFirst = false;
    return gap;
  }

  /** @param {() => void} write */
  #write(write) {
    if (this.#live) this.#live.above(write);
    else write();
  }
}

/** Whoever reads the pipe may write on the same terminal, and bars would paint over that. */
function isPipe() {
  try {
    const stat = fstatSync(1);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

/** @param {string} id @param {any} error a TaskQueryError */
function errorObject(id, error) {
  const { task, ...fields } = error.toJSON();
  return { id, error: fields, task };
}
