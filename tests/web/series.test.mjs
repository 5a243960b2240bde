// What the charts plot: rows pointed at, both sides of a bound, ranges that stand still.
import assert from "node:assert/strict";
import { test } from "node:test";

import { along, decades, fitted, huddle, leaves, rowAt, sides, some } from "../../gan_playground/web/charts/series.js";

/** A truth measured at a step, and nothing else. @returns {import("../../gan_playground/web/frame.js").Transport} */
const measured = (/** @type {number} */ step, /** @type {number} */ divergence) =>
  ({ step, n: 1000, w1: NaN, w2: NaN, floor_w1: [0, 0], floor_w2: [0, 0], exact_w1: NaN, divergence });

test("a readout speaks of the step pointed at, else of the last", () => {
  assert.equal(rowAt([0, 10, 20], NaN), 2);
  assert.equal(rowAt([0, 10, 20], 14), 1);
  assert.equal(rowAt([0, 10, 20], 1e6), 2);
  assert.equal(rowAt([], 3), -1);
});

test("between two readings a truth lies on the line that is drawn, and nowhere outside", () => {
  assert.deepEqual(along([0, 5, 10, 15, 20, 25], [5, 15, 20], [1, 3, 0]), [NaN, 1, 2, 3, 0, NaN]);
  assert.deepEqual(along([5, 6], [5], [7]), [7, NaN]);
  assert.deepEqual(along([1], [], []), [NaN]);
});

test("a truth known row by row is the chart's other side; one measured rarely is, where there is none", () => {
  const columns = { step: [0, 10, 20, 30], bound: [0.1, 0.2, 0.3, 0.4], exact: [NaN, 0.5, NaN, 0.6] };
  const exact = sides({ columns, transports: [measured(10, 9)] }, 0);
  assert.deepEqual(exact.truth, { steps: [10, 30], values: [0.5, 0.6] });
  assert.deepEqual(exact.high, columns.exact);
  const rare = sides({ columns: { ...columns, exact: [NaN, NaN, NaN, NaN] }, transports: [measured(10, 1), measured(20, NaN), measured(30, 2)] }, 0);
  assert.deepEqual(rare.truth, { steps: [10, 30], values: [1, 2] });
  assert.deepEqual(rare.high, [NaN, 1, 1.5, 2]);
});

test("what was measured before the objective changed is of another quantity", () => {
  const columns = { step: [0, 10, 20], bound: [1, 2, 3] };
  const after = sides({ columns, transports: [measured(5, 8), measured(20, 9)] }, 10);
  assert.deepEqual([after.steps, after.low, after.truth.values], [[10, 20], [2, 3], [9]]);
  assert.deepEqual(sides({ columns, transports: [] }, 21).steps, []);
});

test("a range is left above and below, by known values alone, and may be used too little", () => {
  assert.ok(leaves([0, 1], [0.5, 1.01]) && leaves([0, 1], [-0.01]));
  assert.ok(!leaves([0, 1], [0, 1, NaN, Infinity]) && !leaves(null, [7]));
  assert.ok(huddle([0, 1], [0.1, 0.14]) && !huddle([0, 1], [0.1, 0.16]));
  assert.ok(!huddle([0, 1], [NaN]) && !huddle(null, [0]));
});

test("a fitted range holds the last half of the run and 0, and its ends are round", () => {
  assert.deepEqual(fitted([100, 1, 2, 1.7], undefined), [0, 3]);
  assert.deepEqual(fitted([-10, -5], [NaN, 4]), [-6, 5]);
  assert.deepEqual(fitted([-9, -3]), [-4, 0]);
  assert.deepEqual(fitted([], undefined), [0, 1]);
  assert.deepEqual(decades([1e9, 3e-4], [5, 20]).map((end) => Math.round(Math.log10(end))), [-4, 2]);
  assert.deepEqual(decades([0, 0]), [0.01, 1]);
});

test("some: an infinity is not known, an empty column neither", () => {
  assert.ok(some([NaN, 0]) && !some([NaN, Infinity]) && !some([]) && !some(undefined));
});
