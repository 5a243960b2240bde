/** What every drawing stands on: a sharp canvas, the theme's colours, halos and hatches. */

/**
 * @typedef {Object} Colours
 * @property {string} page @property {string} paper @property {string} sunk @property {string} rule
 * @property {string} ink @property {string} ink2 @property {string} ink3
 * @property {string} real @property {string} generated @property {string} critic
 * @property {Uint8ClampedArray} map the critic's colours, 256 of r, g, b from "generated" to "real"
 * @property {string} sans @property {string} mono
 */

import { ramp } from "./colour.js";

/** @type {Colours|null} */
let cached = null;

/** The theme's colours as they are now; read once after each change of theme. */
export function colours() {
  if (cached) return cached;
  const style = getComputedStyle(document.body);
  const token = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  cached = {
    page: token("page"), paper: token("paper"), sunk: token("sunk"), rule: token("rule"),
    ink: token("ink"), ink2: token("ink2"), ink3: token("ink3"),
    real: token("real"), generated: token("generated"), critic: token("critic"),
    map: ramp(token("map-generated"), token("map-undecided"), token("map-real"), Number(token("map-ease"))),
    sans: token("sans"), mono: token("mono"),
  };
  return cached;
}

/** Forget the colours: the theme has changed. */
export function forgetColours() {
  cached = null;
  hatches.clear();
  stamps.clear();
}

/** A colour of the theme with an alpha, 0 to 1. */
export function faint(/** @type {string} */ colour, /** @type {number} */ alpha) {
  return colour + Math.round(255 * alpha).toString(16).padStart(2, "0");
}

/**
 * A canvas's context in CSS pixels, its bitmap resized where the element or the screen changed.
 * @returns {{context: CanvasRenderingContext2D, width: number, height: number, ratio: number}|null} null while out of sight
 */
export function surface(/** @type {HTMLCanvasElement} */ canvas) {
  const width = canvas.clientWidth, height = canvas.clientHeight;
  if (width === 0 || height === 0) return null;
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const wide = Math.round(width * ratio), high = Math.round(height * ratio);
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, width, height, ratio };
}

/** Text with a halo of the ground, so that it reads over lines and points. */
export function halo(/** @type {CanvasRenderingContext2D} */ context, /** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ ink, /** @type {string} */ ground) {
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = ground;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}

/** @type {Map<string, CanvasPattern>} */
const hatches = new Map();

/** The noise floor's fill: one line at 45 degrees every 7 px. */
export function hatch(/** @type {CanvasRenderingContext2D} */ context, /** @type {string} */ colour, /** @type {number} */ ratio) {
  const key = `${colour} ${ratio}`;
  const known = hatches.get(key);
  if (known) return known;
  const size = 7;
  const tile = document.createElement("canvas");
  tile.width = tile.height = Math.round(size * ratio);
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  pen.scale(tile.width / size, tile.width / size);
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
  }
  pen.stroke();
  const pattern = /** @type {CanvasPattern} */ (context.createPattern(tile, "repeat"));
  pattern.setTransform(new DOMMatrix().scale(size / tile.width));
  hatches.set(key, pattern);
  return pattern;
}

/** @type {Map<string, HTMLCanvasElement>} */
const stamps = new Map();

/**
 * A small drawing made once and stamped many times: hundreds of points or halos as paths cost several
 * times as much.
 * @param {string} key what it shows, at what size; the theme's change forgets it
 * @param {number} width in CSS pixels @param {number} height
 * @param {number} ratio of the screen's pixels to CSS pixels
 * @param {(context: CanvasRenderingContext2D) => void} draw with the origin at the middle
 */
export function stamp(key, width, height, ratio, draw) {
  const name = `${key} ${ratio}`;
  const known = stamps.get(name);
  if (known) return known;
  if (stamps.size > 300) stamps.clear();
  const made = document.createElement("canvas");
  made.width = Math.ceil(width * ratio);
  made.height = Math.ceil(height * ratio);
  const context = /** @type {CanvasRenderingContext2D} */ (made.getContext("2d"));
  context.scale(ratio, ratio);
  context.translate(made.width / ratio / 2, made.height / ratio / 2);
  draw(context);
  stamps.set(name, made);
  return made;
}

/** Sizes in presenter mode: lines twice as thick, points 1.6 times larger, type as its own scale says. */
export function presenting() {
  return document.body.classList.contains("presenting");
}

/** The canvas font of a size, bold or not. */
export function font(/** @type {number} */ px, bold = false) {
  return `${bold ? 700 : 400} ${px}px ${colours().sans}`;
}
