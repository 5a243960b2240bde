/**
 * Images of a sheet, which arrives as a PNG one image wide. Grey ones are dark ink on white: kept as ink alone and tinted
 * when drawn, so that both themes show the same strokes. Those in colour are drawn as they are.
 */

import { bytes } from "./arrays.js";
import { colours } from "./surface.js";

/** Where a PNG says what its pixels are, and what it says of colour without alpha. */
const PNG_KIND = 25, PNG_COLOUR = 2;

/** A strip of square images, one below another. */
export class Sheet {
  /** @param {number} side @param {Uint8ClampedArray} pixels ink, one byte a pixel, 255 full; or four of colour @param {1|4} depth */
  constructor(side, pixels, depth = 1) {
    this.side = side;
    this.pixels = pixels;
    this.depth = depth;
    this.count = pixels.length / (side * side * depth);
  }

  /** @param {string} png base64 @param {number} side @returns {Promise<Sheet>} */
  static async read(png, side) {
    const file = bytes(png);
    const bitmap = await createImageBitmap(new Blob([file], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    if (file[PNG_KIND] === PNG_COLOUR) return new Sheet(side, data, 4);
    const ink = new Uint8ClampedArray(bitmap.width * bitmap.height);
    for (let k = 0; k < ink.length; k++) ink[k] = 255 - data[4 * k];
    return new Sheet(side, ink);
  }

  /** This sheet with another of its kind below it. */
  and(/** @type {Sheet} */ other) {
    const pixels = new Uint8ClampedArray(this.pixels.length + other.pixels.length);
    pixels.set(this.pixels);
    pixels.set(other.pixels, this.pixels.length);
    return new Sheet(this.side, pixels, this.depth);
  }

  /** Image `place`: ink in the colour `[r, g, b]` on nothing, or its own colours. */
  image(/** @type {number} */ place, /** @type {number[]} */ rgb) {
    const size = this.side * this.side;
    const data = new ImageData(this.side, this.side);
    if (this.depth === 4) {
      data.data.set(this.pixels.subarray(4 * place * size, 4 * (place + 1) * size));
      return data;
    }
    for (let k = 0; k < size; k++) {
      data.data.set(rgb, 4 * k);
      data.data[4 * k + 3] = this.pixels[place * size + k];
    }
    return data;
  }

  /** Put image `place` into a canvas of its own, one pixel a pixel; the style sheet makes it larger. */
  put(/** @type {HTMLCanvasElement} */ canvas, /** @type {number} */ place) {
    if (canvas.width !== this.side) canvas.width = canvas.height = this.side;
    canvas.getContext("2d")?.putImageData(this.image(place, inkColour()), 0, 0);
  }
}

/** The theme's ink as [r, g, b]. */
export function inkColour() {
  const { ink } = colours();
  return [1, 3, 5].map((at) => parseInt(ink.slice(at, at + 2), 16));
}

/** Images of a sheet in one canvas, row by row, dark on white whatever the theme: what is saved as a file. */
export function poster(/** @type {Sheet} */ sheet, /** @type {number} */ columns, scale = 4) {
  const { side } = sheet;
  const canvas = document.createElement("canvas");
  canvas.width = columns * side * scale;
  canvas.height = Math.ceil(sheet.count / columns) * side * scale;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.fillStyle = "#FFFFFF";
  context.fillRect(0, 0, canvas.width, canvas.height);
  const cell = document.createElement("canvas");
  cell.width = cell.height = side;
  for (let k = 0; k < sheet.count; k++) {
    cell.getContext("2d")?.putImageData(sheet.image(k, [0, 0, 0]), 0, 0);
    context.drawImage(cell, (k % columns) * side * scale, Math.floor(k / columns) * side * scale, side * scale, side * scale);
  }
  return canvas;
}

/** Sheets painted in the theme's ink, one image below another. @type {WeakMap<Sheet, {ink: string, canvas: HTMLCanvasElement}>} */
const painted = new WeakMap();

/** Put image `place` of a sheet at (x, y) in the theme's ink. */
export function stamp(/** @type {CanvasRenderingContext2D} */ context, /** @type {Sheet} */ sheet, /** @type {number} */ place, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ size) {
  const ink = inkColour();
  let known = painted.get(sheet);
  if (known?.ink !== String(ink)) {
    const canvas = document.createElement("canvas");
    canvas.width = sheet.side;
    canvas.height = sheet.side * sheet.count;
    const pen = canvas.getContext("2d");
    for (let k = 0; k < sheet.count; k++) pen?.putImageData(sheet.image(k, ink), 0, k * sheet.side);
    known = { ink: String(ink), canvas };
    painted.set(sheet, known);
  }
  const { side } = sheet;
  context.drawImage(known.canvas, 0, place * side, side, side, x, y, size, size);
}
