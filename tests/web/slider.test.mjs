// A slider's track is filled to its handle.
import assert from "node:assert/strict";
import { test } from "node:test";

import { fill, share } from "../../gan_playground/web/slider.js";

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
