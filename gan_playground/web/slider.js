/** A slider's track is filled up to its handle: style sheets read the share from `--filled`. */

/** The share of its range that lies below a value, 0 to 1. */
export function share(/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) {
  return high > low ? (value - low) / (high - low) : 0;
}

/** @typedef {Pick<HTMLInputElement, "value"|"min"|"max"> & {style: Pick<CSSStyleDeclaration, "setProperty">}} Slider */

/** Fill a slider's track up to its value, or up to another that is about to be its own. */
export function fill(/** @type {Slider} */ slider, value = Number(slider.value)) {
  slider.style.setProperty("--filled", `${100 * share(value, Number(slider.min), Number(slider.max))}%`);
}
