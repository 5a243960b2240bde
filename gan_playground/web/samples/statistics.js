/** Numbers behind the Samples tab's charts. */

/** Share of the values that an axis leaves out at each end: a single spike must not flatten a curve. */
const CUT = 0.01;

/** The range of most values, and whether some lie outside. */
export function range(/** @type {number[]} */ values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (!sorted.length) return { low: 0, high: 1, cut: false };
  const at = (/** @type {number} */ share) => sorted[Math.round(share * (sorted.length - 1))];
  const low = at(CUT), high = at(1 - CUT);
  const pad = 0.06 * (high - low || Math.abs(high) || 1);
  return { low: low - pad, high: high + pad, cut: sorted[0] < low - pad || sorted[sorted.length - 1] > high + pad };
}

/** The middle value. */
export function median(/** @type {number[]} */ values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Counts of values in equal bins over [0, top]; the top itself is in the last. */
export function counts(/** @type {number[]} */ values, /** @type {number} */ top, /** @type {number} */ bins) {
  const found = new Array(bins).fill(0);
  for (const value of values) found[Math.min(bins - 1, Math.floor((value / top) * bins))] += 1;
  return /** @type {number[]} */ (found);
}
