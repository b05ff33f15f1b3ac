// @ts-check
// Draws the practice film to stdout as raw rgb24 frames: dunes drifting under a low sun.
// Every motion makes whole turns per film, so the end meets the beginning.

export const WIDTH = 1280;
export const HEIGHT = 720;
export const RATE = 24;
export const FRAMES = 96;

/** @typedef {[number, number, number]} Colour */
/** @typedef {{ level: number, swell: number, length: number, turns: number, phase: number }} Wave */
/** @typedef {Wave & { crest: Colour, foot: Colour }} Dune */
/** @type {Dune[]} */
const DUNES = [
  { level: 408, swell: 15, length: 910, turns: 1, phase: 0.4, crest: [255, 171, 128], foot: [236, 118, 116] },
  { level: 458, swell: 24, length: 760, turns: -1, phase: 1.9, crest: [238, 122, 124], foot: [196, 72, 122] },
  { level: 520, swell: 28, length: 1050, turns: 1, phase: 3.1, crest: [186, 78, 142], foot: [130, 48, 124] },
  { level: 590, swell: 26, length: 880, turns: -1, phase: 4.6, crest: [112, 54, 132], foot: [70, 34, 98] },
  { level: 656, swell: 22, length: 1180, turns: 1, phase: 5.5, crest: [58, 32, 92], foot: [30, 20, 58] },
];
/** @type {{ top: Colour, low: Colour, sun: Colour, glow: Colour }} */
const SKY = { top: [40, 34, 104], low: [255, 158, 128], sun: [255, 236, 196], glow: [70, 52, 8] };

/** @param {number} from @param {number} to @param {number} share */
const mix = (from, to, share) => from + (to - from) * share;
/** @param {number} x */
const clip = (x) => Math.min(1, Math.max(0, x));
const TURN = 2 * Math.PI;

/** @param {Dune} dune @param {number} x @param {number} time 0 to 1 over the film */
function edge(dune, x, time) {
  const { level, swell, length, turns, phase } = dune;
  return (
    level +
    swell * Math.sin(TURN * (x / length + turns * time) + phase) +
    swell * 0.45 * Math.sin(TURN * ((x * 1.7) / length - turns * time) + 2 * phase)
  );
}

/** @param {number} frame @param {Buffer} out */
function draw(frame, out) {
  const time = frame / FRAMES;
  const sunX = 850;
  const sunY = 292 + 12 * Math.sin(TURN * time);
  const edges = DUNES.map((dune) => Float64Array.from({ length: WIDTH }, (_, x) => edge(dune, x, time)));
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    const height = Math.pow(clip(y / 470), 1.2);
    for (let x = 0; x < WIDTH; x++) {
      const away = Math.hypot(x - sunX, y - sunY);
      const sun = clip(94 - away + 0.5);
      const glow = Math.exp(-away / 200);
      for (let c = 0; c < 3; c++, at++) {
        let value = mix(mix(SKY.top[c], SKY.low[c], height) + SKY.glow[c] * glow, SKY.sun[c], sun);
        for (let i = 0; i < DUNES.length; i++) {
          const below = y - edges[i][x] + 0.5;
          if (below > 0) value = mix(value, mix(DUNES[i].crest[c], DUNES[i].foot[c], clip(below / 110)), clip(below));
        }
        out[at] = Math.min(255, value);
      }
    }
  }
}

for (let frame = 0; frame < FRAMES; frame++) {
  const out = Buffer.alloc(WIDTH * HEIGHT * 3);
  draw(frame, out);
  if (!process.stdout.write(out)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}
