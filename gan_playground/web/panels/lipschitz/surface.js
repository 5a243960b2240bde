/** A critic over the plane: its map, its level lines, and samples upon it. */

import { colours, faint } from "../../surface.js";

/** @typedef {import("../../plot.js").Plot} Plot */

/** The critic's map below everything: one bitmap as small as its grid, stretched. */
export function ground(/** @type {Plot} */ plot, /** @type {Float64Array} */ field, /** @type {number} */ side, /** @type {number} */ middle, /** @type {number} */ reach, /** @type {Uint8ClampedArray} */ map) {
  const bitmap = document.createElement("canvas");
  bitmap.width = bitmap.height = side;
  const pen = /** @type {CanvasRenderingContext2D} */ (bitmap.getContext("2d"));
  const image = pen.createImageData(side, side);
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const share = Math.max(-1, Math.min(1, (field[j * side + i] - middle) / reach));
      const from = 3 * Math.round(127.5 + 127.5 * share), to = 4 * ((side - 1 - j) * side + i);
      for (let k = 0; k < 3; k++) image.data[to + k] = map[from + k];
      image.data[to + 3] = 255;
    }
  }
  pen.putImageData(image, 0, 0);
  const cell = (plot.right - plot.left) / (side - 1), rise = (plot.bottom - plot.top) / (side - 1);
  plot.context.imageSmoothingEnabled = true;
  plot.context.drawImage(bitmap, plot.left - cell / 2, plot.top - rise / 2, cell * side, rise * side);
}

/** Samples: rings where real, discs where generated. */
export function dots(/** @type {Plot} */ plot, /** @type {Float64Array} */ points, /** @type {string} */ colour, /** @type {boolean} */ ring) {
  const { context } = plot, paint = colours();
  for (let k = 0; k < points.length; k += 2) {
    context.beginPath();
    context.arc(plot.x(points[k]), plot.y(points[k + 1]), ring ? 2.6 : 2, 0, 2 * Math.PI);
    context.fillStyle = ring ? faint(paint.paper, 0.85) : faint(colour, 0.6);
    context.fill();
    if (!ring) continue;
    context.strokeStyle = colour;
    context.lineWidth = 1.4;
    context.stroke();
  }
}

/** Level lines of a field on a square grid that reaches `half` to every side. */
export function outlineOf(/** @type {Plot} */ plot, /** @type {import("../../contours.js").Contour[]} */ found, /** @type {number} */ side, /** @type {number} */ half, /** @type {string} */ colour) {
  const { context } = plot;
  const across = (/** @type {number} */ i) => plot.x(-half + (2 * half * i) / (side - 1));
  const up = (/** @type {number} */ j) => plot.y(-half + (2 * half * j) / (side - 1));
  context.beginPath();
  for (const { lines } of found) {
    for (const line of lines) {
      for (let k = 0; k < line.length; k += 2) {
        if (k) context.lineTo(across(line[k]), up(line[k + 1]));
        else context.moveTo(across(line[k]), up(line[k + 1]));
      }
    }
  }
  plot.stroke({ colour, width: 1 });
}
