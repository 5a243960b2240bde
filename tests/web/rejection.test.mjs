// Numbers behind the Rejection tab's charts and tables.
import assert from "node:assert/strict";
import { test } from "node:test";

import { FLOOR, agreement, histogram, logit, nines, quantile, ratioAxis, truthAxis, weighedHistogram, weighedMean, weighedMedian } from "../../gan_playground/web/rejection/statistics.js";
import { SAMPLED, SCORED, believed, kindsOf, scored } from "../../gan_playground/web/rejection/tables.js";

test("bins hold every value, as shares", () => {
  assert.deepEqual([...histogram([-9, 0.1, 0.6, 9], 0, 1, 2)], [0.5, 0.5]);
  assert.deepEqual([...weighedHistogram([[-9, 1], [0.1, 2], [9, 1]], 0, 1, 2)], [0.75, 0.25]);
  assert.deepEqual([...weighedHistogram([[0.1, 0]], 0, 1, 2)], [0, 0]);
});

test("weights of one leave the plain median and mean", () => {
  const values = [5, 1, 4, 2, 3];
  assert.equal(weighedMedian(values.map((value) => [value, 1])), 3);
  assert.equal(weighedMedian(values.map((value) => [value, value === 5 ? 100 : 1])), 5);
  assert.ok(Number.isNaN(weighedMedian([])));
  assert.equal(weighedMean(Float32Array.from(values), () => 1), 3);
  assert.equal(weighedMean(Float32Array.from([1, 0]), (k) => [1, 3][k]), 0.25);
});

test("axes hold most ratios and M, and end where a log-ratio says no more", () => {
  const spread = Float32Array.from({ length: 1001 }, (_, k) => -5 + k / 100);
  const [low, high] = ratioAxis(spread, spread, 5.3);
  assert.ok(low <= -4.9 && low >= -5.5 && high >= 5.3 && Number.isInteger(2 * low) && Number.isInteger(2 * high));
  assert.equal(ratioAxis(Float32Array.from([-80, -70]), spread, 1)[0], FLOOR);
  assert.equal(truthAxis(Float32Array.from([-80, -70, 3]))[0], FLOOR);
  assert.deepEqual(truthAxis(spread), [-6, 6]);
  assert.equal(quantile([1, 2, 3], 0.5), 2);
});

test("what agrees correlates fully and is nowhere off, whatever lies below the floor", () => {
  const truth = Float32Array.from([-50, -3, -2, -1, 0, 1, 2]);
  const { r, off } = agreement(truth, truth.map((value) => Math.max(value, -20)));
  assert.ok(Math.abs(r - 1) < 1e-12 && off === 0);
  const shifted = agreement(truth, truth.map((value) => value + 0.5));
  assert.ok(Math.abs(shifted.off - 0.5) < 1e-6);
});

test("a logit is its chance's, and confidence is counted in nines", () => {
  assert.equal(logit(0.5, -8, 8), 0);
  assert.ok(Math.abs(logit(1 / (1 + Math.exp(-3)), -8, 8) - 3) < 1e-12);
  assert.deepEqual([logit(0, -8, 8), logit(1, -8, 8)], [-8, 8]);
  assert.ok(Math.abs(nines(0.999) - 3) < 1e-9 && nines(1) === 7);
});

test("cells say what is known, and a dash where nothing is", () => {
  const row = { sampler: "drs", modes: 24, high_quality: 0.981, kl_modes: 0.0312, sd_ratio: 0.97, w2: 0.113, rate: 0.0004, per_second: 41234.4 };
  const nothing = { sampler: "none", modes: null, high_quality: null, kl_modes: null, sd_ratio: null, w2: null, rate: 1, per_second: 9 };
  const cells = (/** @type {typeof row|typeof nothing} */ one, /** @type {number|null} */ modes) => SAMPLED.map(([, text]) => text(one, modes));
  assert.deepEqual(cells(row, 25), ["24/25", "98.1 %", "0.031", "0.97", "0.11", "0.040 %", "41,234"]);
  assert.deepEqual(cells(nothing, null), ["–", "–", "–", "–", "–", "100.0 %", "–"]);
});

test("a ratio is believed by three numbers, a wild mean without its error", () => {
  const figures = { brier: 0.1234, z: -1.26, mean_ratio: 1.034, mean_ratio_error: 0.051 };
  assert.deepEqual(believed(figures), ["0.123", "−1.3", "1.03 ± 0.05"]);
  assert.deepEqual(believed({ ...figures, mean_ratio: 123456, mean_ratio_error: 1e5 }), ["0.123", "−1.3", "1e+5"]);
  assert.deepEqual(kindsOf({ as_trained: {}, calibrated: {}, uncalibrated: null }), ["calibrated", "as_trained"]);
});

test("scores stand before and after, with two standard errors where they are known", () => {
  const before = { frechet: 5.55, precision: 0.8, precision_error: 0.006, recall: 0.7, recall_error: 0.01, balance: { distance: 0.05, error: 0.002 } };
  const after = { ...before, frechet: 4.44, balance: { distance: 0.062, error: 0.002 } };
  assert.deepEqual(SCORED.map((key) => scored(key, before, after)), [
    ["5.5", "4.4", ""], ["0.800", "0.800", "0.012"], ["0.700", "0.700", "0.020"], ["0.050", "0.062", "0.004"],
  ]);
  assert.deepEqual(scored("frechet", before, null), ["5.5", "–", ""]);
});
