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

// --- the four samplers: each a rule from log-ratio to chance, as `rejection/` has them ---------------

/**
 * @typedef {Object} Pair what the server freezes
 * @property {number} maximum @property {number} epsilon @property {(number|null)[]} gamma @property {(number|null)[]} log_c
 */
/** @typedef {{chance: (logRatio: number) => number, second: number|null, maximum: number, bar: Bar}} Rule `second` is γ, or log c */

/** OBRS: min(1, c r / M); a log c of null is infinite: everything with p > 0. */
export function budgeted(/** @type {number} */ logRatio, /** @type {number} */ maximum, /** @type {number|null} */ logC) {
  if (logC === null) return logRatio > -Infinity ? 1 : 0;
  return Math.exp(Math.min(0, Math.min(logRatio - maximum, 0) + logC));
}

/** MH: the chance that a chain in equilibrium moves here, the mean of min(1, r / r(s)) over sorted real log-ratios s. */
export function mover(/** @type {ArrayLike<number>} */ states) {
  const n = states.length;
  const above = new Float64Array(n + 1);
  for (let k = n - 1; k >= 0; k--) above[k] = above[k + 1] + Math.exp(states[0] - states[k]);
  return (/** @type {number} */ logRatio) => {
    let low = 0, high = n;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (states[middle] <= logRatio) low = middle + 1;
      else high = middle;
    }
    const climbing = low < n ? Math.exp(logRatio - states[0]) * above[low] : 0;
    return (low + climbing) / n;
  };
}

/** @type {Record<string, (pair: Pair, strictness: number, states: ArrayLike<number>) => Rule>} */
export const RULES = {
  drs: (pair, percentile) => {
    const gamma = pair.gamma[percentile];
    const bar = { maximum: pair.maximum, epsilon: pair.epsilon, gamma: gamma ?? -Infinity };
    return { chance: (ratio) => chance(ratio, bar), second: gamma, maximum: pair.maximum, bar };
  },
  obrs: (pair, share) => {
    const logC = pair.log_c[Math.max(1, share)];
    const bar = { maximum: pair.maximum, epsilon: 0, gamma: 0 };
    return { chance: (ratio) => budgeted(ratio, pair.maximum, logC), second: logC, maximum: pair.maximum, bar };
  },
  exact: (pair) => {
    const bar = { maximum: pair.maximum, epsilon: 0, gamma: 0 };
    return { chance: (ratio) => chance(ratio, bar), second: 0, maximum: pair.maximum, bar };
  },
  mh: (pair, _, states) => {
    const bar = { maximum: Infinity, epsilon: 0, gamma: 0 };
    return { chance: mover(states), second: null, maximum: pair.maximum, bar };
  },
};

/** The mean of a rule's chances. */
export function meanChance(/** @type {ArrayLike<number>} */ logRatios, /** @type {Rule} */ rule) {
  let total = 0;
  for (let k = 0; k < logRatios.length; k++) total += rule.chance(logRatios[k]);
  return total / logRatios.length;
}
