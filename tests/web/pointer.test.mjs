// What stands under the pointer, the map of colours, and how the undecided critic is written.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { ramp } from "../../gan_playground/web/colour.js";
import { midpointText } from "../../gan_playground/web/curves.js";
import { decode, Picture } from "../../gan_playground/web/frame.js";
import { bilinear, nearest, readLine, readPlane } from "../../gan_playground/web/pointer.js";

/** The picture of a golden frame. */
function pictured(/** @type {string} */ name) {
  const bytes = readFileSync(new URL(`golden/${name}.gpf`, import.meta.url));
  const picture = new Picture();
  picture.add(decode(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)));
  assert.ok(picture.begun());
  return picture;
}

test("between the nodes of a grid a plane is read exactly, at its edges too", () => {
  const values = Array.from({ length: 12 }, (_, k) => 3 * (k % 4) + 10 * Math.floor(k / 4));
  for (const [x, y] of [[0, 0], [3, 2], [1.25, 0.5], [2.9, 1.1]]) assert.ok(Math.abs(bilinear(values, 4, 3, x, y) - (3 * x + 10 * y)) < 1e-12);
});

test("the nearest of ascending numbers", () => {
  assert.deepEqual([-9, 0.4, 0.6, 3.1, 99].map((value) => nearest([0, 1, 3, 4], value)), [0, 0, 1, 2, 3]);
});

test("in the plane: the place, the critic there, and no ratio where a density is unknown", () => {
  // The golden critic is x y / 3 left of x = 1.5, on [-2, 2] x [-3, 3].
  assert.deepEqual(readPlane(pictured("plane"), 0.75, 0.75), { at: "(1.00, −1.50)", critic: "−0.500", ratio: null });
});

test("on the line: p/q of exact densities, nothing beside the window", () => {
  const picture = pictured("line");
  // p = 1/4 within 2, q = (4 - |x|) / 16, T = x / 4 on [-4, 4].
  assert.deepEqual(readLine(picture, 0.625), { at: "1.00", critic: "0.250", ratio: "1.3" });
  assert.deepEqual(readLine(picture, 0), { at: "−4.00", critic: "−1.00", ratio: null });
  assert.equal(readLine(picture, 1.01), null);
  assert.equal(readLine(pictured("plane"), 0.5), null);
});

test("a critic that cannot tell: T = f'(1), a level the game fixes, or the median", () => {
  const unit = { name: "T", midpoint: -0.5, reach: 1, fixed: true };
  assert.equal(midpointText(unit), "T = f′(1) = −0.5");
  assert.equal(midpointText({ ...unit, name: "D", midpoint: 0.5 }), "D = 0.5");
  assert.match(midpointText({ ...unit, name: "f", midpoint: 1.2345, fixed: false }), /^f = 1\.2, /);
});

test("the critic's map is the one of theme.py", () => {
  /** @type {Record<string, {tokens: [string, string, string], ease: number, shown: number[], colours: number[][]}>} */
  const golden = JSON.parse(readFileSync(new URL("golden/critic_map.json", import.meta.url), "utf8"));
  for (const { tokens, ease, shown, colours } of Object.values(golden)) {
    const table = ramp(...tokens, ease);
    shown.forEach((k, row) => colours[row].forEach((part, at) => assert.ok(Math.abs(table[3 * k + at] - part) <= 0.5, `${k}`)));
  }
});
