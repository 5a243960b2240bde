/** Numbers as they are read: true minus signs, few digits, axes in steps of 1, 2 and 5. */

export const MINUS = "\u2212";
/** Before an approximate value, with a narrow space that does not break. */
export const ABOUT = "≈\u202f";

/** Put a true minus sign in the place of the hyphen. */
export function signed(/** @type {string} */ text) {
  return text.replace(/-/g, MINUS);
}

/** A value to `digits` significant digits, without an exponent where a person would not write one. */
export function short(/** @type {number} */ x, digits = 3) {
  if (Number.isNaN(x)) return "–";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : MINUS + "∞";
  if (x === 0) return "0";
  const size = Math.abs(x);
  if (size >= 1e6 || size < 1e-4) {
    const [mantissa, exponent] = x.toExponential(Math.max(0, digits - 2)).split("e");
    return signed(`${mantissa.replace(/\.0+$/, "")}e${exponent.replace("+", "")}`);
  }
  if (size >= 1000) return signed(Math.round(x).toLocaleString("en-US"));
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return signed(x.toFixed(Math.min(places, 4)));
}

/** A value of a knob: no trailing zeros. */
export function plain(/** @type {number} */ x) {
  if (x !== 0 && Math.abs(x) < 1e-4) return signed(x.toExponential().replace("+", ""));
  return signed(String(Number(x.toPrecision(6))));
}

/** A whole number with its thousands. */
export function whole(/** @type {number} */ n) {
  return signed(Math.round(n).toLocaleString("en-US"));
}

/** A share as a percentage without decimals. */
export function percent(/** @type {number} */ share) {
  return Number.isNaN(share) ? "–" : `${Math.round(100 * share)}%`;
}

/** The least of 1, 2, 5 times a power of ten that is at least x. */
export function roundUp(/** @type {number} */ x) {
  if (!(x > 0) || !Number.isFinite(x)) return 1;
  const unit = 10 ** Math.floor(Math.log10(x));
  for (const factor of [1, 2, 5]) if (factor * unit >= x * (1 - 1e-9)) return factor * unit;
  return 10 * unit;
}

/** The end of an axis of values: the next of a few round numbers, closer than 1, 2, 5. */
export function roundTop(/** @type {number} */ x) {
  if (!(x > 0) || !Number.isFinite(x)) return 1;
  const unit = 10 ** Math.floor(Math.log10(x));
  return unit * ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * unit >= x * (1 - 1e-9)) ?? 10);
}

/**
 * Evenly spaced round numbers within [low, high]: about `count` intervals, and rather some other number
 * of them than an end without its number.
 */
export function ticks(/** @type {number} */ low, /** @type {number} */ high, count = 4) {
  const unit = 10 ** Math.floor(Math.log10((high - low) / count));
  let step = unit, least = Infinity;
  for (const factor of [1, 2, 2.5, 5, 10]) {
    const intervals = (high - low) / (factor * unit);
    const uneven = Math.abs(intervals - Math.round(intervals)) > 1e-6;
    const cost = Math.abs(Math.log(intervals / count)) + (uneven ? 0.5 : 0) + (factor === 2.5 ? 0.2 : 0);
    if (cost < least) [least, step] = [cost, factor * unit];
  }
  const first = Math.ceil(low / step - 1e-9);
  const found = [];
  for (let k = first; k * step <= high + 1e-9 * step; k++) found.push(k === 0 ? 0 : k * step);
  return found;
}

/** A tick's text, with as many decimals as the spacing asks for. */
export function tick(/** @type {number} */ x, /** @type {number[]} */ all) {
  const step = all.length > 1 ? Math.abs(all[1] - all[0]) : Math.abs(x) || 1;
  const decimals = Math.max(0, Math.min(7, 1 - Math.floor(Math.log10(step) + 1e-9)));
  if (Math.abs(x) >= 1e6 || step < 1e-6) return short(x, 2);
  return signed(Math.abs(x) >= 1000 ? Math.round(x).toLocaleString("en-US") : String(Number(x.toFixed(decimals))));
}

/** Every other power of ten within [low, high]: the ticks of a logarithmic axis. */
export function decades(/** @type {number} */ low, /** @type {number} */ high) {
  const found = [];
  for (let k = Math.ceil(Math.log10(low) - 1e-9); k <= Math.log10(high) + 1e-9; k += 2) found.push(10 ** k);
  return found;
}

/**
 * A reading beside its certainty: exact as it is, approximate with ≈, infinite as ∞, and a finite
 * value beyond float64 by its logarithm.
 */
export function readOut(/** @type {import("./frame.js").Reading} */ reading, digits = 3) {
  if (reading.certainty === "infinite") return reading.value < 0 ? MINUS + "∞" : "∞";
  const sign = reading.certainty === "approximate" ? ABOUT : "";
  if (!Number.isNaN(reading.log) && !Number.isFinite(reading.value)) return `${sign}exp(${signed(reading.log.toFixed(1))})`;
  const size = Math.abs(reading.value);
  // Two of them stand side by side: three decimals are enough unless they would say 0.
  if (size < 1 && size >= 0.0005) return sign + signed(reading.value.toFixed(3));
  return Number.isNaN(reading.value) ? "–" : sign + short(reading.value, digits);
}
