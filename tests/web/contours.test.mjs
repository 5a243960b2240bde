// Contours: the right place, linked, closed where they should be, none where nothing crosses.
import assert from "node:assert/strict";
import { test } from "node:test";

import { contours } from "../../gan_playground/web/contours.js";

/** @param {number} nx @param {number} ny @param {(i: number, j: number) => number} f */
const grid = (nx, ny, f) => Float32Array.from({ length: nx * ny }, (_, k) => f(k % nx, Math.floor(k / nx)));
const closed = (/** @type {Float32Array} */ line) => line[0] === line.at(-2) && line[1] === line.at(-1);

test("a circle is one closed line at its radius", () => {
  const field = grid(64, 64, (i, j) => Math.hypot(i - 31.3, j - 30.6));
  const [{ lines }] = contours(field, 64, 64, [20]);
  assert.equal(lines.length, 1);
  assert.ok(closed(lines[0]));
  for (let k = 0; k < lines[0].length; k += 2) {
    const radius = Math.hypot(lines[0][k] - 31.3, lines[0][k + 1] - 30.6);
    assert.ok(Math.abs(radius - 20) < 0.01, `radius ${radius}`);
  }
});

test("a plane's contours are straight, open, and run from edge to edge", () => {
  const field = grid(9, 7, (i, j) => i + 2 * j);
  for (const { level, lines } of contours(field, 9, 7, [3.5, 9.25])) {
    assert.equal(lines.length, 1);
    assert.ok(!closed(lines[0]));
    for (let k = 0; k < lines[0].length; k += 2) {
      assert.ok(Math.abs(lines[0][k] + 2 * lines[0][k + 1] - level) < 1e-5);
    }
    for (const end of [0, lines[0].length - 2]) {
      const [x, y] = [lines[0][end], lines[0][end + 1]];
      assert.ok(x === 0 || x === 8 || y === 0 || y === 6, `${x}, ${y} lies on the edge`);
    }
  }
});

test("every crossed grid edge is passed once: nothing is lost and nothing doubled", () => {
  const field = grid(40, 30, (i, j) => Math.sin(i / 3) * Math.cos(j / 4) + 0.3 * Math.sin(i * j));
  for (const { level, lines } of contours(field, 40, 30, [-0.4, 0.05, 0.5])) {
    let crossings = 0;
    for (let j = 0; j < 30; j++) {
      for (let i = 0; i < 40; i++) {
        const at = j * 40 + i;
        if (i < 39) crossings += Number(field[at] >= level !== field[at + 1] >= level);
        if (j < 29) crossings += Number(field[at] >= level !== field[at + 40] >= level);
      }
    }
    const points = lines.reduce((sum, line) => sum + line.length / 2 - (closed(line) ? 1 : 0), 0);
    assert.equal(points, crossings);
  }
});

test("two calls give the same lines: no trace of one stays for the next", () => {
  const field = grid(30, 30, (i, j) => Math.cos(i / 5) + Math.sin(j / 3));
  contours(grid(50, 20, (i, j) => i - j), 50, 20, [0.5, 3.5]);
  assert.deepEqual(contours(field, 30, 30, [0.1, 0.7]), contours(field, 30, 30, [0.1, 0.7]));
});

test("holes carry no line, and a flat field none at all", () => {
  const field = grid(10, 10, (i, j) => (i === 5 ? NaN : i - 4.5 + 0 * j));
  assert.deepEqual(contours(field, 10, 10, [0]).map(({ lines }) => lines.length), [0]);
  assert.deepEqual(contours(new Float32Array(100), 10, 10, [0, 1]).map(({ lines }) => lines.length), [0, 0]);
});
