/** What stands under the pointer on the stage: the place, the critic's value there, and p/q where both are known. */

import { ABOUT, short, signed } from "./numbers.js";

/** @typedef {import("./frame.js").Shown} Picture */
/** @typedef {{at: string, critic: string, ratio: string|null}} Reading */

/**
 * In the plane.
 * @param {Picture} picture
 * @param {number} u from 0 at the left of the window to 1 @param {number} v from 0 at the top to 1
 * @returns {Reading|null}
 */
export function readPlane(picture, u, v) {
  const field = picture.blocks.critic;
  if (!field) return null;
  const [[left, right], [low, high]] = picture.header.window;
  const [ny, nx] = field.shape;
  const sample = (/** @type {Float32Array} */ values) => bilinear(values, nx, ny, u * (nx - 1), (1 - v) * (ny - 1));
  const p = picture.values("target"), q = picture.values("generated");
  const x = left + u * (right - left), y = high - v * (high - low);
  const ratio = p && q && p.length === q.length ? sample(p) / sample(q) : NaN;
  return { at: `(${short(x, 3)}, ${short(y, 3)})`, critic: short(sample(field.values), 3), ratio: written(picture, ratio) };
}

/**
 * On the line.
 * @param {Picture} picture @param {number} share of the window, from 0 at the left to 1
 * @returns {Reading|null}
 */
export function readLine(picture, share) {
  const x = picture.values("x"), critic = picture.values("critic");
  if (!x || !critic || share < 0 || share > 1) return null;
  const [[low, high]] = picture.header.window;
  const value = low + share * (high - low);
  const k = nearest(x, value);
  const p = picture.values("target"), q = picture.values("generated");
  return { at: signed(value.toFixed(2)), critic: short(critic[k], 3), ratio: written(picture, p && q ? p[k] / q[k] : NaN) };
}

function written(/** @type {Picture} */ picture, /** @type {number} */ ratio) {
  if (Number.isNaN(ratio)) return null;
  return ratio > 9999 ? "> 9,999" : (picture.header.certainty === "approximate" ? ABOUT : "") + short(ratio, 2);
}

/** The value of a grid `values[j * nx + i]` at (x, y) between its nodes. */
export function bilinear(/** @type {ArrayLike<number>} */ values, /** @type {number} */ nx, /** @type {number} */ ny, /** @type {number} */ x, /** @type {number} */ y) {
  const i = Math.max(0, Math.min(nx - 2, Math.floor(x))), j = Math.max(0, Math.min(ny - 2, Math.floor(y)));
  const s = x - i, t = y - j, at = j * nx + i;
  const row = (/** @type {number} */ from) => values[from] * (1 - s) + values[from + 1] * s;
  return row(at) * (1 - t) + row(at + nx) * t;
}

/** The place of the number next to `value` among ascending ones. */
export function nearest(/** @type {ArrayLike<number>} */ x, /** @type {number} */ value) {
  let low = 0, high = x.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= value) low = middle;
    else high = middle;
  }
  return value - x[low] < x[high] - value ? low : high;
}
