// A slider's track is filled to its handle.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ends, fill, share } from "../../gan_playground/web/slider.js";

/** What `fill` needs of a slider. */
function slider(/** @type {string} */ value, /** @type {string} */ min, /** @type {string} */ max) {
  const said = /** @type {Record<string, string|null>} */ ({});
  return { value, min, max, said, style: { setProperty: (/** @type {string} */ name, /** @type {string|null} */ text) => void (said[name] = text) } };
}

test("a track is filled by the share of its range", () => {
  assert.equal(share(9, 0, 36), 0.25);
  assert.equal(share(-3, -3, 3), 0);
  assert.equal(share(3, 3, 3), 0);
  const mine = slider("0.25", "0", "1");
  fill(mine);
  assert.equal(mine.said["--filled"], "25%");
  fill(mine, 0.5);
  assert.equal(mine.said["--filled"], "50%");
});

test("a slider begins and ends at a whole step of its field's range", () => {
  assert.deepEqual(ends(0, 35, 0.1), [0, 35]);
  assert.deepEqual(ends(0.001, 0.999, 0.01), [0.01, 0.99]);
  assert.deepEqual(ends(-3, 3, 0.05), [-3, 3]);
  assert.deepEqual(ends(0.05, 2, 0.05), [0.05, 2]);
});
