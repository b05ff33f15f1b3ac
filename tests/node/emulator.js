// @ts-check

/** A row of a terminal. `goesOn`: the text was too long for it, and goes on in the next one. @typedef {{ text: string, goesOn: boolean }} Row */

/** As much of a terminal as `vtq` makes use of: what a person would see after each piece of output. */
export class Emulator {
  /** @type {Row[]} with those that were scrolled away */
  #rows = [{ text: '', goesOn: false }];
  #row = 0;
  #column = 0;
  #rest = '';
  isCursorShown = true;
  /** @type {string[]} sequences that this terminal does not know */
  unknown = [];
  /** @type {string[]} colours that were used */
  styles = [];
  /** How often the screen had to be scrolled. */
  rows;
  columns;

  /** @param {number} rows @param {number} columns */
  constructor(rows, columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** @param {string} output */
  feed(output) {
    let text = this.#rest + output;
    this.#rest = '';
    while (text) {
      const [sequence] = /^\x1b\[[?\d;]*[A-Za-z]|^\x1b[^[]/.exec(text) ?? [];
      if (!sequence && text.startsWith('\x1b')) {
        this.#rest = text;
        return;
      }
      if (sequence) this.#obey(sequence);
      else this.#put([...text][0] ?? '');
      text = text.slice(sequence ? sequence.length : ([...text][0] ?? '').length);
    }
  }

  /** All that was ever shown and not wiped out again. */
  text() {
    return this.#rows
      .map(({ text }) => text.trimEnd())
      .join('\n')
      .trimEnd();
  }

  /** What is in the window. */
  window() {
    return this.#rows.slice(this.#top()).map(({ text }) => text.trimEnd());
  }

  /** As terminals do that set their lines anew. @param {number} rows @param {number} columns */
  resize(rows, columns) {
    /** @type {Row[]} */
    const all = [];
    let [row, column] = [0, 0];
    for (let i = 0; i < this.#rows.length;) {
      const first = i;
      let line = '';
      do line += this.#rows[i]?.text ?? '';
      while (this.#rows[i++]?.goesOn);
      if (this.#row >= first && this.#row < i) [row, column] = [all.length, this.#column];
      const pieces = line.match(new RegExp(`.{1,${columns}}`, 'gu')) ?? [''];
      all.push(...pieces.map((text, index) => ({ text, goesOn: index < pieces.length - 1 })));
    }
    [this.#rows, this.#row, this.#column, this.rows, this.columns] = [all, row, column, rows, columns];
  }

  #top() {
    return Math.max(0, this.#rows.length - this.rows);
  }

  /** @param {string} sequence */
  #obey(sequence) {
    const [, number = '', letter = ''] = /^\x1b\[([?\d;]*)([A-Za-z])$/.exec(sequence) ?? [];
    if (letter === 'A') this.#row = Math.max(this.#top(), this.#row - Number(number || 1));
    else if (letter === 'K') this.#set(this.#current().slice(0, this.#column));
    else if (letter === 'J' && number === '') {
      this.#set(this.#current().slice(0, this.#column));
      this.#rows.length = this.#row + 1;
    } else if (number === '?25') this.isCursorShown = letter === 'h';
    else if (letter === 'm') this.styles.push(number);
    else this.unknown.push(sequence);
  }

  /** @param {string} letter */
  #put(letter) {
    if (letter === '\r') this.#column = 0;
    else if (letter === '\n') this.#down(false);
    else if (letter < ' ' || letter === '\x7f') this.unknown.push(letter);
    else {
      if (this.#column >= this.columns) {
        this.#down(true);
        this.#column = 0;
      }
      const line = [...this.#current().padEnd(this.#column)];
      line[this.#column++] = letter;
      this.#set(line.join(''));
    }
  }

  /** @param {boolean} goesOn */
  #down(goesOn) {
    const row = this.#rows[this.#row];
    if (row) row.goesOn = goesOn;
    this.#row += 1;
    if (this.#row === this.#rows.length) this.#rows.push({ text: '', goesOn: false });
  }

  #current() {
    return this.#rows[this.#row]?.text ?? '';
  }

  /** @param {string} text */
  #set(text) {
    const row = this.#rows[this.#row];
    if (row) [row.text, row.goesOn] = [text, false];
  }
}
