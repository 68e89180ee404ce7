// Draws the extension's icon, a key in a lens, and writes it as `media/icon.png`: `node media/icon.mjs`. Shapes are
// distance functions (negative inside), so that edges come out smooth at any size.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

// The largest that VS Code shows.
const SIZE = 128;
const SAMPLES = 3;

const circle = (x, y, r) => (px, py) => Math.hypot(px - x, py - y) - r;
const capsule = (x1, y1, x2, y2, r) => (px, py) => {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const t = Math.min(1, Math.max(0, ((px - x1) * dx + (py - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(px - x1 - t * dx, py - y1 - t * dy) - r;
};
const square = (x, y, half, r) => (px, py) => {
  const [dx, dy] = [Math.abs(px - x) - half + r, Math.abs(py - y) - half + r];
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - r;
};
const union =
  (...shapes) =>
  (px, py) =>
    Math.min(...shapes.map((shape) => shape(px, py)));
const minus = (a, b) => (px, py) => Math.max(a(px, py), -b(px, py));
const turned = (shape, x, y, degrees) => {
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
  return (px, py) => shape(x + (px - x) * cos + (py - y) * sin, y - (px - x) * sin + (py - y) * cos);
};
const mix = (a, b, t) => a.map((value, index) => value + (b[index] - value) * t);

// All in a square of 256 units.
const LENS = [110, 110];
const key = turned(
  minus(
    union(
      circle(78, 110, 25),
      capsule(100, 110, 158, 110, 7.5),
      capsule(153, 112, 153, 129, 6.5),
      capsule(135, 112, 135, 124, 6.5),
    ),
    circle(73, 110, 9.5),
  ),
  ...LENS,
  -32,
);
const layers = [
  { shape: square(128, 128, 126, 54), colour: (_x, y) => mix([24, 78, 106], [10, 34, 52], y / 256) },
  { shape: capsule(176, 176, 212, 212, 15), colour: () => [236, 243, 247] },
  { shape: circle(...LENS, 82), colour: () => [236, 243, 247] },
  { shape: circle(...LENS, 69), colour: (x, y) => mix([38, 116, 150], [16, 58, 84], (x + y - 90) / 260) },
  { shape: key, colour: (_x, y) => mix([255, 214, 102], [240, 165, 36], (y - 60) / 110) },
  // A glint on the glass.
  { shape: minus(circle(...LENS, 61), circle(116, 118, 63)), colour: () => [210, 236, 246] },
];

const rows = [];
for (let y = 0; y < SIZE; y++) {
  const row = Buffer.alloc(1 + SIZE * 4);
  for (let x = 0; x < SIZE; x++) row.set(pixel(x, y), 1 + x * 4);
  rows.push(row);
}
const header = Buffer.alloc(13);
header.writeUInt32BE(SIZE, 0);
header.writeUInt32BE(SIZE, 4);
// 8 bits a channel, red, green, blue and alpha.
header.set([8, 6, 0, 0, 0], 8);
writeFileSync(
  fileURLToPath(new URL('icon.png', import.meta.url)),
  Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]),
);

/** The colour of a pixel: the mean of several points in it, laid over each other from the bottom layer up. */
function pixel(x, y) {
  let sum = [0, 0, 0, 0];
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const px = ((x + ((i % SAMPLES) + 0.5) / SAMPLES) * 256) / SIZE;
    const py = ((y + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) * 256) / SIZE;
    const top = layers.findLast(({ shape }) => shape(px, py) < 0);
    if (top) sum = sum.map((value, index) => value + [...top.colour(px, py), 255][index]);
  }
  const alpha = sum[3] / (SAMPLES * SAMPLES);
  const covered = sum[3] / 255;
  const colour = sum.slice(0, 3).map((value) => (covered === 0 ? 0 : inSteps(Math.min(255, value / covered))));
  return [...colour, Math.round(alpha)];
}

/** Nobody sees the difference, and the file is a third smaller. */
function inSteps(value) {
  return Math.min(255, 4 * Math.round(value / 4));
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
