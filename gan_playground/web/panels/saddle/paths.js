/** Paths in the plane, x, y, x, y, ..., how far they are from the saddle point, and fields of arrows. */

import { faint } from "../../surface.js";

/** @typedef {import("../../plot.js").Plot} Plot */

/** The distances from 0 of points x, y, x, y, ... */
export function radii(/** @type {Float64Array} */ path) {
  return Float64Array.from({ length: path.length / 2 }, (_, k) => Math.hypot(path[2 * k], path[2 * k + 1]));
}

/** A path as a line with a dot at every step, fainter as there are more. */
export function trail(/** @type {Plot} */ plot, /** @type {Float64Array} */ path, /** @type {string} */ colour) {
  const n = path.length / 2;
  const xs = Array.from({ length: n }, (_, k) => path[2 * k]), ys = Array.from({ length: n }, (_, k) => path[2 * k + 1]);
  const { context } = plot;
  // Points on one pixel column are no line of a function here, so the path is drawn as it is.
  context.beginPath();
  xs.forEach((x, k) => (k ? context.lineTo(plot.x(x), plot.y(ys[k])) : context.moveTo(plot.x(x), plot.y(ys[k]))));
  plot.stroke({ colour: faint(colour, 0.7), width: 1.6 });
  context.fillStyle = colour;
  xs.forEach((x, k) => {
    context.beginPath();
    context.arc(plot.x(x), plot.y(ys[k]), k === n - 1 ? 5 : 1.9, 0, 2 * Math.PI);
    context.fill();
  });
}

/** A vector field on a square grid over the plane: arrows, the longest as long as a cell. */
export function arrows(/** @type {Plot} */ plot, /** @type {Float64Array} */ field, /** @type {number} */ reach, /** @type {string} */ colour) {
  const { context } = plot, side = Math.sqrt(field.length / 2);
  let most = 0;
  for (let k = 0; k < field.length; k += 2) most = Math.max(most, Math.hypot(field[k], field[k + 1]));
  const cell = (plot.y(0) - plot.y((2 * reach) / (side - 1))) * 0.92;
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 1.2;
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const at = 2 * (j * side + i), size = Math.hypot(field[at], field[at + 1]);
      if (!(size > 1e-9)) continue;
      // The square root keeps short arrows in sight.
      const long = (cell * Math.sqrt(size / most)) / size;
      const x = plot.x(-reach + (2 * reach * i) / (side - 1)), y = plot.y(-reach + (2 * reach * j) / (side - 1));
      const dx = field[at] * long, dy = -field[at + 1] * long, turn = Math.atan2(dy, dx);
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + dx, y + dy);
      context.stroke();
      context.beginPath();
      context.moveTo(x + dx + 2 * Math.cos(turn), y + dy + 2 * Math.sin(turn));
      context.lineTo(x + dx + 4.5 * Math.cos(turn + 2.5), y + dy + 4.5 * Math.sin(turn + 2.5));
      context.lineTo(x + dx + 4.5 * Math.cos(turn - 2.5), y + dy + 4.5 * Math.sin(turn - 2.5));
      context.fill();
    }
  }
}
