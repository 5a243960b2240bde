/** Between a slider's places and its knob's values: whole, linear, logarithmic, or zero and then logarithmic. */

export const PLACES = 1000;
/** Zero-log: the first place is 0, the others run over so many decades below `high`. */
const DECADES = 6;

/** @typedef {{scale: string, low: number, high: number}} Scale */

/** The value at a place, rounded to what a person would type. */
export function valueAt(/** @type {Scale} */ { scale, low, high }, /** @type {number} */ place) {
  const share = place / PLACES;
  if (scale === "whole") return place;
  if (scale === "log") return tidy(low * (high / low) ** share);
  if (scale === "zero-log") return place === 0 ? 0 : tidy(high * 10 ** (DECADES * (share - 1)));
  return Math.max(low, Math.min(high, Number((low + (high - low) * share).toPrecision(3))));
}

/** The place where a value stands. */
export function placeOf(/** @type {Scale} */ { scale, low, high }, /** @type {number} */ value) {
  if (scale === "whole") return value;
  let share = (value - low) / (high - low);
  if (scale === "log") share = Math.log(value / low) / Math.log(high / low);
  if (scale === "zero-log") share = value <= 0 ? 0 : Math.max(1 / PLACES, 1 + Math.log10(value / high) / DECADES);
  return Math.round(PLACES * Math.max(0, Math.min(1, share)));
}

/** Two digits: 0.0012, not 0.001174897. */
const tidy = (/** @type {number} */ x) => Number(x.toPrecision(2));
