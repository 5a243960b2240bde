/**
 * The 2-D stage: the critic's field with contours, real rings, generated discs, the generator's grid
 * and its pull. Drawn in the order that keeps contours legible under points: pale field, thin lines,
 * grid, rings, discs, one bold line, arrows, contour values.
 */

import { rgb } from "./colour.js";
import { contours } from "./contours.js";
import { plain, signed } from "./numbers.js";
import { colours, faint, font, halo, presenting, stamp, surface } from "./surface.js";

/** @typedef {import("./frame.js").Shown} Picture */

const LONGEST_ARROW = 39;

/** One bitmap a field: as small as its grid, stretched while drawn. */
const bitmaps = { critic: document.createElement("canvas"), density: document.createElement("canvas") };

/**
 * Draw one frame.
 * @param {HTMLCanvasElement} canvas
 * @param {Picture} picture
 * @param {Set<string>} layers those that are on
 * @param {{empty: boolean}} state empty: nothing has been trained yet, show the real points alone
 */
export function drawPlane(canvas, picture, layers, state) {
  const ground = surface(canvas);
  if (!ground) return;
  const { context, width, height, ratio } = ground;
  const paint = colours();
  context.fillStyle = `rgb(${[...paint.map.slice(3 * 127, 3 * 128)].join(" ")})`;
  context.fillRect(0, 0, width, height);
  const size = Math.min(width, height);
  const place = {
    x: (/** @type {number} */ u) => (0.5 + 0.5 * u) * width,
    y: (/** @type {number} */ v) => (0.5 - 0.5 * v) * height,
    width, height, ratio,
    large: presenting() ? 1.6 : 1,
    small: size < 200,
    most: presenting() ? 480 : size < 440 ? 170 : 260,
  };
  const field = picture.blocks.critic;
  const traced = !state.empty && field && (layers.has("critic") || layers.has("undecided")) ? trace(field, picture, place, layers) : null;
  if (!state.empty && field && layers.has("critic")) drawField(context, field, picture, place);
  const dense = layers.has("density");
  if (dense && layers.has("real")) drawDensity(context, picture.blocks.target, paint.real, place);
  const known = picture.header.certainty === "exact" || picture.header.certainty === "approximate";
  const flowing = dense && known && picture.blocks.generated && !state.empty;
  if (flowing && layers.has("generated")) drawDensity(context, picture.blocks.generated, paint.generated, place);
  if (traced && layers.has("critic")) strokeThin(context, traced, paint);
  if (!state.empty && layers.has("manifold")) drawManifold(context, picture.blocks["points.manifold"], place, paint);
  const real = picture.blocks["points.real"], fake = picture.blocks["points.generated"];
  if (real && layers.has("real") && !(dense && picture.blocks.target)) drawRings(context, real.values, place, paint);
  if (fake && layers.has("generated") && !state.empty && !flowing) drawDiscs(context, fake.values, place, paint);
  if (traced && layers.has("undecided")) strokeBold(context, traced, paint);
  if (!state.empty && layers.has("pull")) drawPull(context, picture, place, paint);
  if (traced && layers.has("critic")) nameLevels(context, traced, place, paint);
}

/** @typedef {{x: (u: number) => number, y: (v: number) => number, width: number, height: number, ratio: number, large: number, small: boolean, most: number}} Place */

function drawField(/** @type {CanvasRenderingContext2D} */ context, /** @type {import("./frame.js").Block} */ field, /** @type {Picture} */ picture, /** @type {Place} */ place) {
  const { values, shape: [ny, nx] } = field;
  const { midpoint, reach } = picture.header.unit;
  const { map } = colours();
  stretch(context, bitmaps.critic, nx, ny, place, (data) => {
    for (let j = 0, from = 0; j < ny; j++) {
      let to = 4 * nx * (ny - 1 - j); // the first row lies lowest
      for (let i = 0; i < nx; i++, from++, to += 4) {
        const t = (values[from] - midpoint) / reach;
        const k = 3 * (t <= -1 ? 0 : t >= 1 ? 255 : Math.round(127.5 + 127.5 * t) || 0);
        data[to] = map[k];
        data[to + 1] = map[k + 1];
        data[to + 2] = map[k + 2];
        data[to + 3] = t === t ? 255 : 0;
      }
    }
  });
}

/** A density as a tint whose strength is the square root of density over its peak. */
function drawDensity(/** @type {CanvasRenderingContext2D} */ context, /** @type {import("./frame.js").Block|undefined} */ block, /** @type {string} */ colour, /** @type {Place} */ place) {
  if (!block) return;
  const { values, shape: [ny, nx] } = block;
  let peak = 0;
  for (const value of values) if (value > peak && value < Infinity) peak = value;
  if (!(peak > 0)) return;
  const [red, green, blue] = rgb(colour);
  stretch(context, bitmaps.density, nx, ny, place, (data) => {
    for (let j = 0, from = 0; j < ny; j++) {
      let to = 4 * nx * (ny - 1 - j);
      for (let i = 0; i < nx; i++, from++, to += 4) {
        data[to] = red;
        data[to + 1] = green;
        data[to + 2] = blue;
        data[to + 3] = 225 * Math.sqrt(Math.min(1, Math.max(0, values[from]) / peak));
      }
    }
  });
}

/** Paint a grid of colours over the whole stage: nodes at its edges, colours between them mixed. */
function stretch(/** @type {CanvasRenderingContext2D} */ context, /** @type {HTMLCanvasElement} */ bitmap, /** @type {number} */ nx, /** @type {number} */ ny, /** @type {Place} */ place, /** @type {(data: Uint8ClampedArray) => void} */ paint) {
  if (bitmap.width !== nx || bitmap.height !== ny) {
    bitmap.width = nx;
    bitmap.height = ny;
  }
  const pen = /** @type {CanvasRenderingContext2D} */ (bitmap.getContext("2d", { willReadFrequently: true }));
  const image = pen.createImageData(nx, ny);
  paint(image.data);
  pen.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = true;
  const wide = place.width / (nx - 1), high = place.height / (ny - 1);
  context.drawImage(bitmap, -wide / 2, -high / 2, wide * nx, high * ny);
}

/** @typedef {{lines: import("./contours.js").Contour[], middle: import("./contours.js").Contour, name: (level: number) => string, x: (i: number) => number, y: (j: number) => number}} Traced */

/** @returns {Traced} */
function trace(/** @type {import("./frame.js").Block} */ field, /** @type {Picture} */ picture, /** @type {Place} */ place, /** @type {Set<string>} */ layers) {
  const { values, shape: [ny, nx] } = field;
  const { midpoint, fixed } = picture.header.unit;
  const [middle] = contours(values, nx, ny, [midpoint]);
  const lines = layers.has("critic") ? contours(values, nx, ny, picture.values("levels") ?? []) : [];
  const round = Number.isInteger(4 * midpoint);
  return {
    middle, lines,
    name: (level) => (!fixed ? distance(level - midpoint) : signed(String(Number(level.toPrecision(round ? 3 : 2))))),
    x: (i) => (i / (nx - 1)) * place.width,
    y: (j) => (1 - j / (ny - 1)) * place.height,
  };
}

function strokeLines(/** @type {CanvasRenderingContext2D} */ context, /** @type {Float32Array[]} */ lines, /** @type {Traced} */ traced) {
  context.beginPath();
  for (const line of lines) {
    context.moveTo(traced.x(line[0]), traced.y(line[1]));
    for (let k = 2; k < line.length; k += 2) context.lineTo(traced.x(line[k]), traced.y(line[k + 1]));
  }
  context.stroke();
}

function strokeThin(/** @type {CanvasRenderingContext2D} */ context, /** @type {Traced} */ traced, /** @type {import("./surface.js").Colours} */ paint) {
  context.strokeStyle = faint(paint.ink, 0.34);
  context.lineWidth = presenting() ? 2 : 1;
  for (const { lines } of traced.lines) if (lines.length) strokeLines(context, lines, traced);
}

function strokeBold(/** @type {CanvasRenderingContext2D} */ context, /** @type {Traced} */ traced, /** @type {import("./surface.js").Colours} */ paint) {
  context.lineJoin = context.lineCap = "round";
  context.strokeStyle = faint(paint.ink, 0.85);
  context.lineWidth = presenting() ? 4.4 : 2.2;
  strokeLines(context, traced.middle.lines, traced);
  context.lineCap = "butt";
}

/** One value on the longest line of each level, where there is room for it. */
function nameLevels(/** @type {CanvasRenderingContext2D} */ context, /** @type {Traced} */ traced, /** @type {Place} */ place, /** @type {import("./surface.js").Colours} */ paint) {
  if (place.small) return;
  context.font = font(presenting() ? 20 : 12, true);
  context.textAlign = "center";
  context.textBaseline = "middle";
  /** @type {[number, number][]} */
  const taken = [];
  for (const { level, lines } of traced.lines) {
    const longest = lines.reduce((best, line) => (line.length > best.length ? line : best), new Float32Array(0));
    if (longest.length < 40) continue;
    for (const share of [0.5, 0.3, 0.7, 0.15, 0.85]) {
      const k = 2 * Math.floor((share * longest.length) / 2);
      const x = traced.x(longest[k]), y = traced.y(longest[k + 1]);
      const inside = x > 22 && y > 14 && x < place.width - 22 && y < place.height - 14;
      if (!inside || taken.some(([a, b]) => Math.hypot(a - x, b - y) < 64)) continue;
      taken.push([x, y]);
      const text = traced.name(level), wide = context.measureText(text).width + 8, high = presenting() ? 30 : 20;
      const made = stamp(`level ${text} ${high}`, wide, high, place.ratio, (pen) => {
        Object.assign(pen, { font: context.font, textAlign: "center", textBaseline: "middle" });
        halo(pen, text, 0, 0, paint.ink, faint(paint.paper, 0.9));
      });
      context.drawImage(made, x - wide / 2, y - high / 2, made.width / place.ratio, made.height / place.ratio);
      break;
    }
  }
}

/** Where the game fixes no level of the critic, a contour is named by its distance from the median. */
function distance(/** @type {number} */ away) {
  return (away > 0 ? "+" : "") + plain(Number(away.toPrecision(2)));
}

/** The real points stand still: they are drawn once, on a sheet of their own. */
const sheet = { canvas: document.createElement("canvas"), points: /** @type {Float32Array|null} */ (null), look: "" };

function drawRings(/** @type {CanvasRenderingContext2D} */ context, /** @type {Float32Array} */ points, /** @type {Place} */ place, /** @type {import("./surface.js").Colours} */ paint) {
  const radius = 3 * place.large, width = 1.7 * place.large;
  const look = [place.width, place.height, place.ratio, place.large, place.most, paint.real, paint.paper].join();
  const pen = /** @type {CanvasRenderingContext2D} */ (sheet.canvas.getContext("2d"));
  if (sheet.points !== points || sheet.look !== look) {
    Object.assign(sheet, { points, look });
    sheet.canvas.width = context.canvas.width;
    sheet.canvas.height = context.canvas.height;
    pen.setTransform(place.ratio, 0, 0, place.ratio, 0, 0);
    mark(pen, points, place, `ring ${place.small}`, radius + width, (each) => {
      each.beginPath();
      each.arc(0, 0, radius, 0, 2 * Math.PI);
      each.fillStyle = faint(paint.paper, 0.85);
      if (!place.small) each.fill();
      each.strokeStyle = paint.real;
      each.lineWidth = width;
      each.stroke();
    });
  }
  context.drawImage(sheet.canvas, 0, 0, place.width, place.height);
}

function drawDiscs(/** @type {CanvasRenderingContext2D} */ context, /** @type {Float32Array} */ points, /** @type {Place} */ place, /** @type {import("./surface.js").Colours} */ paint) {
  mark(context, points, place, "disc", 4 * place.large, (pen) => {
    for (const [radius, colour] of /** @type {[number, string][]} */ ([[3.6, faint(paint.paper, 0.85)], [2.6, paint.generated]])) {
      pen.beginPath();
      pen.arc(0, 0, radius * place.large, 0, 2 * Math.PI);
      pen.fillStyle = colour;
      pen.fill();
    }
  });
}

/** Stamp one mark at every point within sight. */
function mark(/** @type {CanvasRenderingContext2D} */ context, /** @type {Float32Array} */ points, /** @type {Place} */ place, /** @type {string} */ key, /** @type {number} */ reach, /** @type {(pen: CanvasRenderingContext2D) => void} */ draw) {
  const made = stamp(`${key} ${place.large}`, 2 * reach + 2, 2 * reach + 2, place.ratio, draw);
  const wide = made.width / place.ratio, high = made.height / place.ratio;
  const count = Math.min(points.length / 2, place.most);
  for (let k = 0; k < 2 * count; k += 2) {
    const u = points[k], v = points[k + 1];
    if (Math.abs(u) < 1.05 && Math.abs(v) < 1.05) context.drawImage(made, place.x(u) - wide / 2, place.y(v) - high / 2, wide, high);
  }
}

/** The image of a latent grid: where its cells are small, generated points are dense. */
function drawManifold(/** @type {CanvasRenderingContext2D} */ context, /** @type {import("./frame.js").Block|undefined} */ block, /** @type {Place} */ place, /** @type {import("./surface.js").Colours} */ paint) {
  if (!block) return;
  const { values, shape: [rows, columns] } = block;
  context.strokeStyle = faint(paint.generated, 0.35);
  context.lineWidth = place.large;
  context.beginPath();
  const line = (/** @type {number} */ from, /** @type {number} */ step, /** @type {number} */ count) => {
    for (let k = 0, at = from; k < count; k++, at += step) {
      const x = place.x(values[2 * at]), y = place.y(values[2 * at + 1]);
      if (k) context.lineTo(x, y);
      else context.moveTo(x, y);
    }
  };
  for (let j = 0; j < rows; j++) line(j * columns, 1, columns);
  for (let i = 0; i < columns; i++) line(i, columns, rows);
  context.stroke();
}

/** Where the generator's next update would move some of its points; the longest arrow is 39 px. */
function drawPull(/** @type {CanvasRenderingContext2D} */ context, /** @type {Picture} */ picture, /** @type {Place} */ place, /** @type {import("./surface.js").Colours} */ paint) {
  const points = picture.values("points.generated"), pull = picture.values("pull");
  if (!points || !pull) return;
  const count = Math.min(pull.length / 2, points.length / 2);
  let longest = 0;
  for (let k = 0; k < count; k++) longest = Math.max(longest, Math.hypot(pull[2 * k], pull[2 * k + 1]));
  if (!(longest > 0)) return;
  const scale = (LONGEST_ARROW * place.large) / longest;
  context.strokeStyle = context.fillStyle = paint.ink;
  context.lineWidth = 1.6 * place.large;
  const heads = new Path2D();
  context.beginPath();
  for (let k = 0; k < count; k++) {
    const u = points[2 * k], v = points[2 * k + 1];
    const dx = pull[2 * k] * scale, dy = -pull[2 * k + 1] * scale, length = Math.hypot(dx, dy);
    if (length < 3 || Math.abs(u) > 1 || Math.abs(v) > 1) continue;
    const x = place.x(u), y = place.y(v), tip = Math.min(6 * place.large, length), ex = dx / length, ey = dy / length;
    context.moveTo(x, y);
    context.lineTo(x + dx - ex * tip * 0.7, y + dy - ey * tip * 0.7);
    heads.moveTo(x + dx, y + dy);
    heads.lineTo(x + dx - ex * tip - ey * tip * 0.42, y + dy - ey * tip + ex * tip * 0.42);
    heads.lineTo(x + dx - ex * tip + ey * tip * 0.42, y + dy - ey * tip - ex * tip * 0.42);
    heads.closePath();
  }
  context.stroke();
  context.fill(heads);
}

/** The colour bar: the map itself, from "looks generated" to "looks real". */
export function drawRamp(/** @type {HTMLCanvasElement} */ canvas) {
  const ground = surface(canvas);
  if (!ground) return;
  const { context, width, height } = ground;
  const { map } = colours();
  const upright = height > width;
  const length = upright ? height : width;
  for (let at = 0; at < length; at++) {
    const k = 3 * Math.min(255, Math.floor((256 * at) / length));
    context.fillStyle = `rgb(${map[k]} ${map[k + 1]} ${map[k + 2]})`;
    if (upright) context.fillRect(0, height - 1 - at, width, 1);
    else context.fillRect(at, 0, 1, height);
  }
}
