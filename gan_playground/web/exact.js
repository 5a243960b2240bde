/** Exact values as they travel and as they are read: arrays of float64, and numbers beyond it by their logarithm. */

import { bytes } from "./arrays.js";
import { MINUS, short, signed } from "./numbers.js";

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Base64 of little-endian float64. */
export function float64(/** @type {string} */ text) {
  return new Float64Array(bytes(text).buffer);
}

/** A whole exponent, raised. */
export function raised(/** @type {number} */ exponent) {
  return [...String(exponent)].map((digit) => (digit === "-" ? "⁻" : RAISED[Number(digit)])).join("");
}

/**
 * A value that is at least 0, from its natural logarithm: 0.693, 3.9·10⁻⁶⁷, exp(1225.0) beyond float64
 * (as the command line writes it), ∞, or a dash where there is none.
 */
export function fromLog(/** @type {number} */ log, digits = 3) {
  if (Number.isNaN(log)) return "–";
  if (log === -Infinity) return "0";
  if (log === Infinity) return "∞";
  if (log > Math.log(Number.MAX_VALUE)) return `exp(${log.toFixed(1)})`;
  return scientific(Math.exp(log), log / Math.LN10, digits);
}

/** A value as it is read; a power of ten where it is very small or very large. */
export function read(/** @type {number} */ value, digits = 3) {
  if (value === 0 || !Number.isFinite(value)) return short(value);
  return (value < 0 ? MINUS : "") + scientific(Math.abs(value), Math.log10(Math.abs(value)), digits);
}

function scientific(/** @type {number} */ size, /** @type {number} */ power, /** @type {number} */ digits) {
  if (size >= 1e-3 && size < 1e6) return size < 1 ? signed(size.toFixed(Math.min(4, digits + (size < 0.1 ? 1 : 0)))) : short(size, digits);
  const exponent = Math.floor(power + 1e-9);
  return `${(10 ** (power - exponent)).toFixed(1)}·10${raised(exponent)}`;
}

/** A power of ten as it is written: 10 with a raised exponent. */
export function power(/** @type {number} */ value) {
  const exponent = Math.round(Math.log10(value));
  return exponent === 0 ? "1" : `10${raised(exponent)}`;
}
