/** A slider's range in whole steps, and its track, filled up to its handle: style sheets read the share from `--filled`. */

/** The first and the last whole step of a range. @returns {[number, number]} */
export function ends(/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ step) {
  const whole = (/** @type {number} */ steps) => Number((steps * step).toPrecision(12));
  return [whole(Math.ceil(low / step - 1e-9)), whole(Math.floor(high / step + 1e-9))];
}

/** The share of its range that lies below a value, 0 to 1. */
export function share(/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) {
  return high > low ? (value - low) / (high - low) : 0;
}

/** @typedef {Pick<HTMLInputElement, "value"|"min"|"max"> & {style: Pick<CSSStyleDeclaration, "setProperty">}} Slider */

/** Fill a slider's track up to its value, or up to another that is about to be its own. */
export function fill(/** @type {Slider} */ slider, value = Number(slider.value)) {
  slider.style.setProperty("--filled", `${100 * share(value, Number(slider.min), Number(slider.max))}%`);
}
