// The score table's order, and the axes of a training curve.
import assert from "node:assert/strict";
import { test } from "node:test";

import { median, range } from "../../gan_playground/web/samples/lead.js";
import { sorted } from "../../gan_playground/web/samples/table.js";

/** @type {Record<string, import("../../gan_playground/web/samples/table.js").Scores>} */
const SCORES = {
  a: { "gan-2014": { nats: 225 }, features: { frechet: 3 }, nearest: { distances: [4, 5, 9] } },
  b: { "gan-2014": { nats: 243 }, features: { frechet: 8 }, nearest: { distances: [7, 6, 8] } },
  c: { "gan-2014": { nats: -12 } },
  d: {},
};
const order = (/** @type {string} */ sort) => sorted(Object.keys(SCORES), sort, (name) => SCORES[name], (name) => `named ${name}`).join("");

test("best first by a score, worst first with a minus, and what is not known is last both ways", () => {
  assert.equal(order("gan-2014"), "bacd");
  assert.equal(order("-gan-2014"), "cabd");
  assert.equal(order("frechet"), "abcd");
  assert.equal(order("-frechet"), "bacd");
  assert.equal(order("nearest"), "bacd");
  assert.equal(order("kid"), "abcd");
});

test("names go by the alphabet, and back", () => {
  assert.equal(order("name"), "abcd");
  assert.equal(order("-name"), "dcba");
});

test("the middle value", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});

test("one spike does not flatten a curve, and is said to be cut", () => {
  const calm = Array.from({ length: 200 }, (_, k) => Math.sin(k / 9));
  const quiet = range(calm);
  assert.ok(!quiet.cut && quiet.low < -1 && quiet.high > 1);
  const spiked = range([...calm, 1e6, NaN]);
  assert.ok(spiked.cut && spiked.high < 2);
  assert.deepEqual(range([]), { low: 0, high: 1, cut: false });
  const flat = range([2, 2, 2]);
  assert.ok(flat.low < 2 && flat.high > 2);
});
