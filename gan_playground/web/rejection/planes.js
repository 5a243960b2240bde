/** Two planes of a toy: a run's samples before a sampler and after it, over the field of its chances. */

import { colours, faint, surface } from "../surface.js";

/** @typedef {{context: CanvasRenderingContext2D, width: number, height: number, x: (value: number) => number, y: (value: number) => number}} Square */

/** A cleared canvas over the window, y upward. @returns {Square|null} */
function square(/** @type {HTMLCanvasElement} */ canvas, /** @type {[number, number][]} */ [[left, right], [low, high]]) {
  const ground = surface(canvas);
  if (!ground) return null;
  const { context, width, height } = ground;
  context.clearRect(0, 0, width, height);
  return { context, width, height, x: (value) => ((value - left) / (right - left)) * width, y: (value) => height - ((value - low) / (high - low)) * height };
}

/**
 * Real samples as rings, and all candidates as discs.
 * @param {HTMLCanvasElement} canvas @param {[number, number][]} window
 * @param {Float32Array} reals pairs of coordinates, as `points` are @param {Float32Array} points
 */
export function drawBefore(canvas, window, reals, points) {
  const ground = square(canvas, window);
  if (!ground) return;
  rings(ground, reals, all(reals), { colour: faint(colours().real, 0.7), width: 1.2, radius: 3 });
  discs(ground, points, all(points));
}

/**
 * The field of chances: paper where never, plum where always; what is kept as discs over it, the rest as rings.
 * @param {HTMLCanvasElement} canvas @param {[number, number][]} window
 * @param {{side: number, chances: ArrayLike<number>}} field row by row, y upward
 * @param {Float32Array} points @param {{kept: number[], rejected: number[]}} parts
 */
export function drawAfter(canvas, window, field, points, { kept, rejected }) {
  const ground = square(canvas, window);
  if (!ground) return;
  drawField(ground, field);
  rings(ground, points, rejected, { colour: faint(colours().ink2, 0.55), width: 0.9, radius: 2 });
  discs(ground, points, kept);
}

function drawField(/** @type {Square} */ ground, /** @type {{side: number, chances: ArrayLike<number>}} */ { side, chances }) {
  const image = new ImageData(side, side);
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colours().critic.slice(at, at + 2), 16));
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = 4 * ((side - 1 - row) * side + column);
      image.data.set([r, g, b, Math.round(150 * chances[row * side + column])], at);
    }
  }
  const small = document.createElement("canvas");
  small.width = small.height = side;
  small.getContext("2d")?.putImageData(image, 0, 0);
  ground.context.imageSmoothingEnabled = false;
  ground.context.drawImage(small, 0, 0, ground.width, ground.height);
}

/** Every place of a list of pairs. */
function all(/** @type {Float32Array} */ points) {
  return Array.from({ length: points.length / 2 }, (_, k) => k);
}

function discs(/** @type {Square} */ { context, x, y }, /** @type {Float32Array} */ points, /** @type {number[]} */ places) {
  context.fillStyle = colours().generated;
  context.strokeStyle = colours().paper;
  context.lineWidth = 0.6;
  for (const k of places) {
    context.beginPath();
    context.arc(x(points[2 * k]), y(points[2 * k + 1]), 2, 0, 7);
    context.stroke();
    context.fill();
  }
}

function rings(/** @type {Square} */ { context, x, y }, /** @type {Float32Array} */ points, /** @type {number[]} */ places, /** @type {{colour: string, width: number, radius: number}} */ { colour, width, radius }) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  for (const k of places) {
    context.beginPath();
    context.arc(x(points[2 * k]), y(points[2 * k + 1]), radius, 0, 7);
    context.stroke();
  }
}
