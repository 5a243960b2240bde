/** What the panels draw beside lines: evenly spaced places, filled areas, places to take hold of. */

import { colours } from "./surface.js";

/** @typedef {import("./plot.js").Plot} Plot */

/** Evenly spaced numbers over a range, both ends included. */
export function grid(/** @type {ArrayLike<number>} */ range, /** @type {number} */ n) {
  return Array.from({ length: n }, (_, k) => range[0] + ((range[1] - range[0]) * k) / (n - 1));
}

/** Fill between a curve and 0. */
export function area(/** @type {Plot} */ plot, /** @type {number[]} */ xs, /** @type {ArrayLike<number>} */ ys, /** @type {string} */ colour) {
  const { context } = plot;
  context.beginPath();
  xs.forEach((x, k) => (k ? context.lineTo(plot.x(x), plot.y(ys[k])) : context.moveTo(plot.x(x), plot.y(ys[k]))));
  context.lineTo(plot.x(xs[xs.length - 1]), plot.y(0));
  context.lineTo(plot.x(xs[0]), plot.y(0));
  context.fillStyle = colour;
  context.fill();
}

/** A place to take hold of: a disc at a bell's centre, a square at its standard deviation. */
export function grip(/** @type {Plot} */ plot, /** @type {"mean"|"sd"} */ kind, /** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ colour) {
  const { context } = plot;
  context.beginPath();
  if (kind === "mean") context.arc(x, y, 7, 0, 2 * Math.PI);
  else context.rect(x - 5, y - 5, 10, 10);
  context.fillStyle = colours().paper;
  context.fill();
  plot.stroke({ colour, width: 2.4 });
}

/** The place to take hold of: a disc with two arrowheads. */
export function handle(/** @type {Plot} */ plot, /** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ colour) {
  const { context } = plot, paint = colours();
  context.beginPath();
  context.arc(x, y, 11, 0, 2 * Math.PI);
  context.fillStyle = paint.paper;
  context.fill();
  plot.stroke({ colour, width: 2.4 });
  context.fillStyle = colour;
  for (const way of [-1, 1]) {
    context.beginPath();
    context.moveTo(x + way * 7.5, y);
    context.lineTo(x + way * 3, y - 4);
    context.lineTo(x + way * 3, y + 4);
    context.fill();
  }
}
