/** Sheets: ink is tinted, colour is left alone, and a sheet below another goes on counting. */

import assert from "node:assert/strict";
import test from "node:test";

class Pixels {
  /** @param {number} width @param {number} height */
  constructor(width, height) {
    this.data = new Uint8ClampedArray(4 * width * height);
  }
}
Object.assign(globalThis, { ImageData: Pixels }); // node has none

const { Sheet } = await import("../../gan_playground/web/pictures.js");

test("ink takes the colour it is drawn in, and is as dense as it is dark", () => {
  const sheet = new Sheet(2, Uint8ClampedArray.of(0, 0, 0, 0, 255, 100, 0, 7));
  assert.equal(sheet.count, 2);
  assert.deepEqual([...sheet.image(1, [9, 8, 7]).data], [9, 8, 7, 255, 9, 8, 7, 100, 9, 8, 7, 0, 9, 8, 7, 7]);
});

test("colour is drawn as it is, whatever the ink", () => {
  const one = new Sheet(1, Uint8ClampedArray.of(10, 20, 30, 255), 4);
  const both = one.and(new Sheet(1, Uint8ClampedArray.of(40, 50, 60, 255), 4));
  assert.equal(both.count, 2);
  assert.deepEqual([...both.image(1, [0, 0, 0]).data], [40, 50, 60, 255]);
});
