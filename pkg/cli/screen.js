// @ts-check
import { stripVTControlCharacters } from 'node:util';
import { width } from './width.js';

const HIDE = '\x1b[?25l';
const SHOW = '\x1b[?25h';

/** Some lines at the end of a terminal that are drawn again and again, and what is written above them once. */
export class Screen {
  /** @type {readonly string[]} as they stand there now */
  #drawn = [];
  #isHidden = false;
  #stream;
  #lines;

  /**
   * @param {NodeJS.WriteStream} stream a terminal
   * @param {(size: { columns: number, rows: number }) => string[]} lines that are to stand there, none wider than columns
   */
  constructor(stream, lines) {
    this.#stream = stream;
    this.#lines = lines;
  }

  draw() {
    const { columns, rows } = this.size();
    const lines = this.#lines({ columns, rows });
    const cursor = lines.length > 0 ? this.#hide() : '';
    // Each line is overwritten and its rest cleared, rather than all cleared first: that would flicker.
    const text = lines.map((line) => `${line}\x1b[K\n`).join('');
    this.#stream.write(`${cursor}${this.#up()}${text}\x1b[J`);
    this.#drawn = lines;
  }

  /** Writes what stays, above the lines. @param {() => void} write */
  above(write) {
    if (this.#drawn.length > 0) this.#stream.write(`${this.#up()}\x1b[J`);
    this.#drawn = [];
    write();
  }

  /** Takes the lines away and gives the cursor back. */
  close() {
    this.above(() => {});
    if (this.#isHidden) this.#stream.write(SHOW);
    this.#isHidden = false;
  }

  /** What a terminal that tells no size has at least. */
  size() {
    return { columns: this.#stream.columns || 80, rows: this.#stream.rows || 24 };
  }

  #hide() {
    if (this.#isHidden) return '';
    this.#isHidden = true;
    return HIDE;
  }

  /** To where the lines begin: in a window that was made narrower, one of them may take several rows. */
  #up() {
    const { columns } = this.size();
    const rows = this.#drawn.map((line) => Math.max(1, Math.ceil(width(stripVTControlCharacters(line)) / columns)));
    const sum = rows.reduce((all, one) => all + one, 0);
    return sum > 0 ? `\r\x1b[${sum}A` : '\r';
  }
}
