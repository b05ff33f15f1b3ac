// @ts-check
/**
 * Makes terminal.svg, the moving picture in README.md: `vtq demo` in a real pseudo-terminal, as it runs.
 *
 *   npm run build
 *   node docs/terminal.js
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import xterm from '@xterm/headless';

if (process.argv.length > 2) {
  console.error(
    `This knows no words, and was given ${process.argv.slice(2).join(' ')}: what it does stands at its top.`,
  );
  process.exit(2);
}

const ROWS = 18;
const COLUMNS = 96;
const EVERY_MS = 250;
const LAST_FRAME_MS = 4000;
const CELL = { width: 7.8, height: 18 };
const PADDING = 16;
/** Those of the terminal's sixteen colours that `vtq` uses. */
const COLOURS = ['#edeaf6', '#ff8f97', '#6fdb9d', '#f2bd62', '#8fb4ff', '#d8a2f5', '#74d4dd', '#edeaf6'];
const pseudoTerminal = fileURLToPath(new URL('../tests/node/pseudo-terminal.py', import.meta.url));
const program = fileURLToPath(new URL('../pkg/cli/main.js', import.meta.url));

const frames = await record(['python3', pseudoTerminal, `${ROWS}`, `${COLUMNS}`, process.execPath, program, 'demo']);
writeFileSync(new URL('terminal.svg', import.meta.url), picture(frames));

/** What was to be seen, a quarter of a second apart, without what looks the same. @param {string[]} command */
async function record([name = '', ...args]) {
  const terminal = new xterm.Terminal({ rows: ROWS, cols: COLUMNS, allowProposedApi: true });
  const child = spawn(name, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdout.on('data', (bytes) => terminal.write(bytes));
  /** @type {{ at: number, lines: string[] }[]} */
  const frames = [];
  const startedAt = Date.now();
  const look = () => {
    const lines = linesOf(terminal);
    if (lines.join() !== frames.at(-1)?.lines.join()) frames.push({ at: Date.now() - startedAt, lines });
  };
  const timer = setInterval(look, EVERY_MS);
  await once(child, 'close');
  clearInterval(timer);
  look();
  return frames;
}

/** The rows of the window as SVG. @param {import('@xterm/headless').Terminal} terminal */
function linesOf(terminal) {
  const { active } = terminal.buffer;
  return Array.from({ length: ROWS }, (_, row) => {
    const line = active.getLine(active.viewportY + row);
    /** @type {{ look: string, text: string }[]} */
    const runs = [];
    for (let column = 0; line && column < line.length; column += 1) {
      const cell = line.getCell(column);
      if (!cell || cell.getWidth() === 0) continue;
      const look = `${cell.isFgDefault() ? '' : ` fill="${COLOURS[cell.getFgColor() % 8]}"`}${cell.isBold() ? ' font-weight="700"' : ''}${cell.isDim() ? ' opacity=".6"' : ''}`;
      const text = cell.getChars() || ' ';
      const last = runs.at(-1);
      if (last?.look === look) last.text += text;
      else runs.push({ look, text });
    }
    if (runs.length > 0) runs[runs.length - 1] = { ...last(runs), text: last(runs).text.trimEnd() };
    const spans = runs
      .filter(({ text }) => text !== '')
      .map(({ look, text }) => `<tspan${look}>${escaped(text)}</tspan>`)
      .join('');
    return spans === '' ? '' : `<text y="${PADDING + (row + 0.75) * CELL.height}">${spans}</text>`;
  });
}

/** @template T @param {T[]} list @returns {T} */
function last(list) {
  return /** @type {T} */ (list[list.length - 1]);
}
/** @param {string} text */
function escaped(text) {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The frames side by side, of which a window shows one after the other. @param {Awaited<ReturnType<typeof record>>} frames */
function picture(frames) {
  const width = Math.ceil(COLUMNS * CELL.width + 2 * PADDING);
  const height = ROWS * CELL.height + 2 * PADDING;
  const whole = last(frames).at + LAST_FRAME_MS;
  const steps = frames.map(
    ({ at }, index) => `${((100 * at) / whole).toFixed(2)}%{transform:translateX(${-index * width}px)}`,
  );
  const shown = frames.map(
    ({ lines }, index) => `<g transform="translate(${index * width + PADDING})">${lines.join('')}</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="vtq demo in a terminal">
<style>
text{font:13px ui-monospace,'SF Mono','Cascadia Mono',Menlo,Consolas,'Liberation Mono',monospace;fill:#edeaf6;white-space:pre}
.all{animation:${whole}ms step-end infinite play}
@keyframes play{0%{transform:none}${steps.join('')}}
@media (prefers-reduced-motion:reduce){.all{animation:none;transform:translateX(${-(frames.length - 1) * width}px)}}
</style>
<rect width="100%" height="100%" rx="12" fill="#15121f"/>
<g class="all">
${shown.join('\n')}
</g>
</svg>
`;
}
