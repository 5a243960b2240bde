/** What the charts plot, as numbers: rows of the history, the two sides of a bound, and the ranges of axes. */

import { say } from "../language.js";
import { roundTop, whole } from "../numbers.js";

/** @typedef {[number, number]} Range */
/** @typedef {ArrayLike<number>|undefined} Series undefined where nothing was measured */

/** Whether any value is known. */
export function some(/** @type {Series} */ values) {
  return Boolean(values && Array.prototype.some.call(values, Number.isFinite));
}

/** The row whose step is next to the one pointed at, the last where none is (NaN); -1 of an empty history. */
export function rowAt(/** @type {number[]} */ steps, /** @type {number} */ pointed) {
  if (!steps.length) return -1;
  if (Number.isNaN(pointed)) return steps.length - 1;
  let best = 0;
  for (let k = 1; k < steps.length; k++) if (Math.abs(steps[k] - pointed) < Math.abs(steps[best] - pointed)) best = k;
  return best;
}

/** The words that name the step of a slow reading, where it is not the picture's own. */
export function atStep(/** @type {number|null} */ step, /** @type {number} */ now) {
  return step === null || step === now ? "" : ` · ${say("page.at_step", { step: whole(step) })}`;
}

/** Values at `steps` along the line through the points; NaN outside of it. */
export function along(/** @type {number[]} */ steps, /** @type {number[]} */ xs, /** @type {number[]} */ ys) {
  let k = 0;
  return steps.map((step) => {
    while (k < xs.length - 2 && xs[k + 1] < step) k++;
    if (!xs.length || step < xs[0] || step > xs[xs.length - 1]) return NaN;
    if (xs.length === 1) return ys[0];
    return ys[k] + ((ys[k + 1] - ys[k]) * (step - xs[k])) / (xs[k + 1] - xs[k]);
  });
}

/**
 * Bound and truth since the objective last changed: the bound row by row; the truth at its own steps, and
 * `high`, the same on the bound's rows (between two readings, along the line that is drawn).
 * @param {Pick<import("../frame.js").History, "columns"|"transports">} history
 * @param {number} since
 */
export function sides({ columns, transports }, since) {
  const from = (columns.step ?? []).findIndex((step) => step >= since);
  const cut = (/** @type {number[]|undefined} */ column) => (from < 0 ? [] : (column ?? []).slice(from));
  const steps = cut(columns.step), low = cut(columns.bound), rows = cut(columns.exact);
  if (some(rows)) {
    const kept = steps.map((_, k) => k).filter((k) => Number.isFinite(rows[k]));
    return { steps, low, high: rows, truth: { steps: kept.map((k) => steps[k]), values: kept.map((k) => rows[k]) } };
  }
  const found = transports.filter((row) => row.step >= since && Number.isFinite(row.divergence));
  const truth = { steps: found.map((row) => row.step), values: found.map((row) => row.divergence) };
  return { steps, low, high: along(steps, truth.steps, truth.values), truth };
}

/** Whether any of the latest values leaves the range. */
export function leaves(/** @type {Range|null} */ range, /** @type {number[]} */ latest) {
  return range !== null && latest.some((value) => Number.isFinite(value) && (value > range[1] || value < range[0]));
}

/** Whether the latest values use so little of the range that nothing can be read. */
export function huddle(/** @type {Range|null} */ range, /** @type {number[]} */ latest) {
  const found = latest.filter(Number.isFinite);
  return range !== null && found.length > 0 && Math.max(...found) - range[0] < 0.15 * (range[1] - range[0]);
}

/** The known values of the last half of each series. */
function lastHalves(/** @type {Series[]} */ series) {
  return series.flatMap((one) => Array.from(one ?? []).slice(-Math.ceil((one?.length ?? 0) / 2))).filter(Number.isFinite);
}

/** The range that the last half of the run asks for, 0 within it. @returns {Range} */
export function fitted(/** @type {Series[]} */ ...series) {
  const values = lastHalves(series);
  const most = values.reduce((a, b) => Math.max(a, b), 0), least = values.reduce((a, b) => Math.min(a, b), 0);
  return [least < 0 ? -roundTop(-1.1 * least) : 0, most > 0 ? roundTop(1.1 * most) : least < 0 ? 0 : 1];
}

/** The same in whole decades, at least from 0.01 to 1. @returns {Range} */
export function decades(/** @type {Series[]} */ ...series) {
  const positive = lastHalves(series).filter((value) => value > 0);
  return [
    10 ** Math.floor(Math.log10(positive.reduce((a, b) => Math.min(a, b), 1e-2))),
    10 ** Math.ceil(Math.log10(positive.reduce((a, b) => Math.max(a, b), 1))),
  ];
}
