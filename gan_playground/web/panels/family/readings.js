/** What the family panel reads off its answers: choices, ranges of axes, values as they are printed. */

import { read } from "../../exact.js";
import { roundTop, signed } from "../../numbers.js";

const CUT = 8; // an integrand is shown up to so many times the densities
const LISTED = 1000; // from here on a value has few digits and a power of ten

/** A divergence drawn, or no longer: one more than `most` takes the place of the first, and one is always left. */
export function picked(/** @type {string[]} */ now, /** @type {string} */ key, /** @type {number} */ most) {
  const next = now.includes(key) ? now.filter((other) => other !== key) : [...now, key].slice(-most);
  return next.length ? next : now;
}

/**
 * The integrand's axis: what is finite, but no more than `CUT` times the densities' top.
 * @param {Iterable<ArrayLike<number>>} integrands @param {number} top @returns {[number, number]}
 */
export function integrandRange(integrands, top) {
  const most = CUT * top;
  let low = 0, high = 0;
  for (const values of integrands) {
    for (let k = 0; k < values.length; k++) {
      low = Math.min(low, Math.max(values[k], -most));
      high = Math.max(high, Math.min(values[k], most));
    }
  }
  return [low < -1e-6 ? -roundTop(-1.05 * low) : 0, roundTop(1.05 * Math.max(high, 1e-3))];
}

/** Where a line is highest. */
export function highest(/** @type {ArrayLike<number>} */ values) {
  let most = 0;
  for (let k = 0; k < values.length; k++) if (values[k] > values[most]) most = k;
  return most;
}

/** @typedef {{text: string, value: number|null, why: import("../../store.js").Said|null}} Value a divergence's, as the command line prints it */

/** A value of the table: four decimals, or few digits and a power of ten; its logarithm beyond float64. */
export function printed(/** @type {Value} */ { text, value }) {
  if (text === "inf") return "∞";
  if (value === null) return signed(text);
  return Math.abs(value) < LISTED ? signed(value.toFixed(4)) : read(value, 5);
}
