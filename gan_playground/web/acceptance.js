/**
 * The chance of being kept, as `rejection/bars.py` has it: sigmoid(F), F = d - log(1 - exp(d - epsilon)) - gamma,
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

/** How many log-ratios are cut. */
export function capped(/** @type {ArrayLike<number>} */ logRatios, /** @type {number} */ cap) {
  let found = 0;
  for (let k = 0; k < logRatios.length; k++) if (logRatios[k] > cap) found += 1;
  return found;
}

// --- the four samplers: each a rule from log-ratio to chance, as `rejection/` has them ---------------

/**
 * @typedef {Object} Pair what the server freezes
 * @property {number} maximum @property {number} epsilon @property {(number|null)[]} gamma @property {(number|null)[]} log_c
 */
/**
 * @typedef {Object} Rule
 * @property {(logRatio: number) => number} chance
 * @property {number} maximum M @property {number} cap what log-ratios are cut at: M, or nothing
 * @property {string} symbol of the second number @property {number|null} second γ, or log c @property {string} without what is shown where there is none
 */

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
  drs: ({ maximum, epsilon, gamma }, percentile) => {
    const bar = { maximum, epsilon, gamma: gamma[percentile] ?? -Infinity };
    return { chance: (ratio) => chance(ratio, bar), maximum, cap: maximum, symbol: "γ", second: gamma[percentile], without: "−∞" };
  },
  obrs: ({ maximum, log_c: logC }, share) => {
    return { chance: (ratio) => budgeted(ratio, maximum, logC[share]), maximum, cap: maximum, symbol: "c", second: logC[share], without: "∞" };
  },
  exact: ({ maximum }) => {
    const bar = { maximum, epsilon: 0, gamma: 0 };
    return { chance: (ratio) => chance(ratio, bar), maximum, cap: maximum, symbol: "γ", second: 0, without: "–" };
  },
  mh: ({ maximum }, _, states) => ({ chance: mover(states), maximum, cap: Infinity, symbol: "γ", second: null, without: "–" }),
};

/** The mean of a rule's chances. */
export function meanChance(/** @type {ArrayLike<number>} */ logRatios, /** @type {Rule} */ rule) {
  let total = 0;
  for (let k = 0; k < logRatios.length; k++) total += rule.chance(logRatios[k]);
  return total / logRatios.length;
}

/** Which samples of these log-ratios are kept and which are not, each held against its own uniform number. */
export function parted(/** @type {ArrayLike<number>} */ logRatios, /** @type {ArrayLike<number>} */ u, /** @type {Rule} */ rule) {
  /** @type {{kept: number[], rejected: number[]}} */
  const parts = { kept: [], rejected: [] };
  for (let k = 0; k < logRatios.length; k++) parts[u[k] <= rule.chance(logRatios[k]) ? "kept" : "rejected"].push(k);
  return parts;
}
