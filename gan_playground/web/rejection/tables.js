/** What stands in the cells of the Rejection tab's tables. */

import { signed } from "../numbers.js";

/** @typedef {Record<string, any>} Row */

/** Columns of the table of samplers on a toy, each with what it says of a row. @type {[string, (row: Row, modes: number|null) => string][]} */
export const SAMPLED = [
  ["modes", (row, modes) => (row.modes === null || modes === null ? "–" : `${row.modes}/${modes}`)],
  ["high", (row) => share(row.high_quality, 1)],
  ["kl", (row) => decimals(row.kl_modes, 3)],
  ["sd", (row) => decimals(row.sd_ratio, 2)],
  ["w2", (row) => decimals(row.w2, 2)],
  ["rate", (row) => share(row.rate, row.rate < 0.001 ? 3 : 1)],
  ["speed", (row) => (row.sampler === "none" ? "–" : Math.round(row.per_second).toLocaleString("en-US"))],
];

/** Kinds of a ratio, in the order of the table of how far each can be believed. */
const KINDS = ["calibrated", "uncalibrated", "as_trained"];
export const BELIEVED = ["brier", "z", "mean"];

/** The kinds of which there are figures. */
export function kindsOf(/** @type {Row} */ figures) {
  return KINDS.filter((kind) => figures[kind]);
}

/** The Brier score of a ratio, z of its calibration, and E_q[p/q], which is 1 for the true one. */
export function believed(/** @type {Row} */ { brier, z, mean_ratio: mean, mean_ratio_error: error }) {
  const about = error < 100 ? ` ± ${error.toFixed(2)}` : "";
  return [brier.toFixed(3), signed(z.toFixed(1)), mean < 1000 ? mean.toFixed(2) + about : mean.toExponential(0)];
}

/** Scores of the evaluators, in the order of their table. */
export const SCORED = ["frechet", "precision", "recall", "balance"];

/** One score before, after (a dash where there were too few samples), and two standard errors where they are known. */
export function scored(/** @type {string} */ key, /** @type {Row} */ before, /** @type {Row|null} */ after) {
  const value = (/** @type {Row|null} */ one) => (one === null ? "–" : key === "balance" ? one.balance.distance.toFixed(3) : one[key].toFixed(key === "frechet" ? 1 : 3));
  const error = key === "frechet" ? "" : (2 * (key === "balance" ? before.balance.error : before[`${key}_error`])).toFixed(3);
  return [value(before), value(after), error];
}

function decimals(/** @type {number|null} */ value, /** @type {number} */ places) {
  return value === null ? "–" : signed(value.toFixed(places));
}

function share(/** @type {number|null} */ value, /** @type {number} */ places) {
  return value === null ? "–" : signed(`${(100 * value).toFixed(places)} %`);
}
