/**
 * The chance of being kept, as `rejection.py` has it: sigmoid(F), F = d - log(1 - exp(d - epsilon)) - gamma,
 * d = min(log-ratio - M, 0) (Azadi et al. 2019). M and gamma are one frozen pair; a log-ratio above M counts as M.
 */

/** @typedef {{maximum: number, gamma: number, epsilon: number}} Bar */

/** log(1 - exp(x)) for x <= 0, exact at both ends. */
export function log1mexp(/** @type {number} */ x) {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}

/** The chance that a sample of this log-ratio is kept. */
export function chance(/** @type {number} */ logRatio, /** @type {Bar} */ { maximum, gamma, epsilon }) {
  if (logRatio === -Infinity) return 0;
  if (gamma === -Infinity) return 1;
  const d = Math.min(logRatio - maximum, 0);
  const f = d - log1mexp(d - epsilon) - gamma;
  return f >= 0 ? 1 / (1 + Math.exp(-f)) : Math.exp(f) / (1 + Math.exp(f));
}

/** The mean chance of many samples: the share that is kept. */
export function shareKept(/** @type {ArrayLike<number>} */ logRatios, /** @type {Bar} */ bar) {
  let total = 0;
  for (let k = 0; k < logRatios.length; k++) total += chance(logRatios[k], bar);
  return total / logRatios.length;
}

/** How many log-ratios lie above M. */
export function capped(/** @type {ArrayLike<number>} */ logRatios, /** @type {Bar} */ { maximum }) {
  let found = 0;
  for (let k = 0; k < logRatios.length; k++) if (logRatios[k] > maximum) found += 1;
  return found;
}

/** Counts of `values` in `bins` equal bins over [low, high], as shares of them all; what lies outside is in the last bin on its side. */
export function histogram(/** @type {ArrayLike<number>} */ values, /** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ bins) {
  const shares = new Float64Array(bins);
  for (let k = 0; k < values.length; k++) {
    const bin = Math.floor(((values[k] - low) / (high - low)) * bins);
    shares[Math.max(0, Math.min(bins - 1, bin))] += 1 / values.length;
  }
  return shares;
}

/** The float32 numbers of a base64 text. */
export function numbers(/** @type {string} */ text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}
