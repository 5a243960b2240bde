/** Histograms, quantiles and weighted means of what the Rejection tab draws. */

/** Log-ratios below this are "certainly generated" whatever their size: axes and agreement end there. */
export const FLOOR = -12;

/** @typedef {[number, number]} Weighed a value and its weight */

/** The bin of a value in `bins` equal ones over [low, high]; what lies outside is in the last bin on its side. */
function binOf(/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ bins) {
  return Math.max(0, Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins)));
}

/** Counts of `values` in `bins` equal bins over [low, high], as shares of them all. */
export function histogram(/** @type {ArrayLike<number>} */ values, /** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ bins) {
  const shares = new Float64Array(bins);
  for (let k = 0; k < values.length; k++) shares[binOf(values[k], low, high, bins)] += 1 / values.length;
  return shares;
}

/** The same of weighed values: weights in each bin, as shares of them all. */
export function weighedHistogram(/** @type {Weighed[]} */ pairs, /** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ bins) {
  const counts = new Float64Array(bins);
  let total = 0;
  for (const [value, weight] of pairs) {
    counts[binOf(value, low, high, bins)] += weight;
    total += weight;
  }
  return counts.map((count) => count / Math.max(total, 1e-12));
}

/** The weighed median. */
export function weighedMedian(/** @type {Weighed[]} */ pairs) {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
  const half = sorted.reduce((sum, [, weight]) => sum + weight, 0) / 2;
  let sum = 0;
  for (const [value, weight] of sorted) {
    sum += weight;
    if (sum >= half) return value;
  }
  return NaN;
}

/** The mean of values under weights. */
export function weighedMean(/** @type {Float32Array} */ values, /** @type {(k: number) => number} */ weight) {
  let sum = 0, total = 0;
  values.forEach((value, k) => {
    sum += value * weight(k);
    total += weight(k);
  });
  return sum / Math.max(total, 1e-12);
}

export function mean(/** @type {number[]} */ values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The q-quantile of sorted values. */
export function quantile(/** @type {ArrayLike<number>} */ sorted, /** @type {number} */ q) {
  return sorted[Math.round(q * (sorted.length - 1))];
}

/** The axis of log-ratios of generated and of real samples, both sorted, with M on it; in steps of a half. @returns {[number, number]} */
export function ratioAxis(/** @type {ArrayLike<number>} */ generated, /** @type {ArrayLike<number>} */ real, /** @type {number} */ maximum) {
  const low = Math.max(FLOOR, Math.floor(2 * Math.min(quantile(generated, 0.005), quantile(real, 0.005))) / 2);
  return [low, Math.ceil(2 * Math.max(maximum, quantile(real, 0.999)) + 0.2) / 2];
}

/** The axis of true log-ratios against learned ones, the same both ways. @returns {[number, number]} */
export function truthAxis(/** @type {Float32Array} */ truth) {
  const sorted = Float32Array.from(truth).sort();
  return [Math.max(FLOOR, Math.floor(quantile(sorted, 0.02)) - 1), Math.ceil(quantile(sorted, 0.995)) + 1];
}

/** How well two lists agree: their correlation, and the mean gap over the middle half of the first. */
export function agreement(/** @type {Float32Array} */ truth, /** @type {Float32Array} */ learned) {
  const sorted = Float32Array.from(truth).sort();
  const low = quantile(sorted, 0.25), high = quantile(sorted, 0.75);
  const x = [...truth].map((value) => Math.max(value, FLOOR)), y = [...learned].map((value) => Math.max(value, FLOOR));
  const inside = x.map((_, k) => k).filter((k) => truth[k] >= low && truth[k] <= high);
  const off = inside.reduce((sum, k) => sum + Math.abs(y[k] - x[k]), 0) / Math.max(1, inside.length);
  const mx = mean(x), my = mean(y);
  const cov = mean(x.map((value, k) => (value - mx) * (y[k] - my)));
  const r = cov / Math.sqrt(mean(x.map((value) => (value - mx) ** 2)) * mean(y.map((value) => (value - my) ** 2)));
  return { r, off };
}

/** The logit of a chance, within [low, high]: F of a sample, by which it is kept half the time at 0. */
export function logit(/** @type {number} */ share, /** @type {number} */ low, /** @type {number} */ high) {
  return share >= 1 ? high : share <= 0 ? low : Math.log(share) - Math.log1p(-share);
}

/** How sure a classifier is, in nines: -log10(1 - confidence), since nearly all of it lies above 99 %. */
export function nines(/** @type {number} */ confidence) {
  return -Math.log10(Math.max(1e-7, 1 - confidence));
}
