/**
 * The 1-D stage: the real density p and the generated density q above, the critic T and the best
 * critic T* = f'(p/q) below, on one x axis; the ground below is the critic's map, as in 2-D.
 */

import { say } from "./language.js";
import { short, signed, tick, ticks } from "./numbers.js";
import { colours, faint, font, halo, presenting, surface } from "./surface.js";

/** @typedef {import("./frame.js").Shown} Picture */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */

/** How much of the critic's axis is shown on each side, in reaches of its colour map. */
const SPAN = 1.5;

/** Highest density shown; kept from one frame to the next so that the axis stands still. */
let ceiling = { key: "", value: 1 };

/** Room for the axis, and the two panels. */
function layout(/** @type {number} */ width, /** @type {number} */ height) {
  const large = presenting() ? 1.7 : 1;
  const left = 38 * large, right = width - 8, foot = height - 22 * large;
  const middle = Math.round(height * 0.565);
  return {
    large,
    above: { left, right, top: 24 * large, bottom: middle - 20 * large },
    below: { left, right, top: middle + 8 * large, bottom: foot },
  };
}

/**
 * Draw one frame.
 * @param {HTMLCanvasElement} canvas
 * @param {Picture} picture
 * @param {Set<string>} layers those that are on
 * @param {{empty: boolean}} state empty: show the real density alone
 */
export function drawLine(canvas, picture, layers, state) {
  const ground = surface(canvas);
  const x = picture.values("x");
  if (!ground || !x) return;
  const { context, width, height } = ground;
  const paint = colours();
  context.clearRect(0, 0, width, height);
  const { above, below, large } = layout(width, height);
  const [[low, high]] = picture.header.window;
  const across = (/** @type {number} */ value) => above.left + ((value - low) / (high - low)) * (above.right - above.left);
  const size = 12 * large * (presenting() ? 1.1 : 1);

  drawDensities(context, picture, layers, state, above, across, paint, size);
  drawCritics(context, picture, layers, state, below, across, paint, size);

  context.font = font(size);
  context.fillStyle = paint.ink3;
  context.textAlign = "center";
  context.textBaseline = "top";
  const marks = ticks(low, high, presenting() ? 5 : 7);
  for (const value of marks) {
    const at = Math.min(above.right - 4, Math.max(above.left + 4, across(value)));
    context.fillText(tick(value, marks), at, below.bottom + 5);
  }
}

/** @typedef {(value: number) => number} Scale */

function drawDensities(/** @type {CanvasRenderingContext2D} */ context, /** @type {Picture} */ picture, /** @type {Set<string>} */ layers, /** @type {{empty: boolean}} */ state, /** @type {Box} */ box, /** @type {Scale} */ across, /** @type {import("./surface.js").Colours} */ paint, /** @type {number} */ size) {
  const x = /** @type {Float32Array} */ (picture.values("x"));
  const p = picture.values("target"), q = picture.values("generated");
  const top = densityTop(picture);
  const up = (/** @type {number} */ value) => box.bottom - (value / top) * (box.bottom - box.top);
  grid(context, box, up, ticks(0, top * 0.999, 3), paint, size);
  title(context, say("page.density"), box, paint, size);
  const known = picture.header.certainty === "exact" || picture.header.certainty === "approximate";
  clipped(context, { ...box, top: box.top - 2, bottom: box.bottom + 2 }, () => {
    if (p && layers.has("p")) filled(context, x, p, across, up, box.bottom, paint.real);
    if (q && known && layers.has("q") && !state.empty) filled(context, x, q, across, up, box.bottom, paint.generated);
    if (layers.has("samples")) rugs(context, picture, layers, state, box, across, paint);
  });
  context.font = font(size + 1, true);
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  if (p && layers.has("p")) nameCurve(context, say("page.layer_p"), x, p, across, up, box, paint.real, paint, 1);
  if (q && known && layers.has("q") && !state.empty) nameCurve(context, say("page.layer_q"), x, q, across, up, box, paint.generated, paint, -1);
}

/** The density axis: fitted once to the target's peak, and again only where the target changes. */
function densityTop(/** @type {Picture} */ picture) {
  const p = picture.values("target");
  let peak = 0;
  if (p) for (const value of p) if (value > peak && value < Infinity) peak = value;
  const key = `${picture.header.window} ${peak}`;
  if (ceiling.key !== key) ceiling = { key, value: peak > 0 ? peak * 1.12 : 1 };
  return ceiling.value;
}

function drawCritics(/** @type {CanvasRenderingContext2D} */ context, /** @type {Picture} */ picture, /** @type {Set<string>} */ layers, /** @type {{empty: boolean}} */ state, /** @type {Box} */ box, /** @type {Scale} */ across, /** @type {import("./surface.js").Colours} */ paint, /** @type {number} */ size) {
  const x = /** @type {Float32Array} */ (picture.values("x"));
  const critic = picture.values("critic"), best = picture.values("optimal");
  const { name, midpoint, reach } = picture.header.unit;
  // Somewhat beyond the colour map's reach: what lies farther is cut, and the axis never moves.
  const span = SPAN * reach;
  const up = (/** @type {number} */ value) => box.bottom - ((value - midpoint + span) / (2 * span)) * (box.bottom - box.top);
  const shade = context.createLinearGradient(0, box.bottom, 0, box.top);
  for (let k = 0; k <= 32; k++) {
    const t = Math.max(-1, Math.min(1, ((k / 32) * 2 - 1) * SPAN));
    const at = 3 * Math.round(127.5 + 127.5 * t);
    shade.addColorStop(k / 32, `rgb(${paint.map[at]} ${paint.map[at + 1]} ${paint.map[at + 2]})`);
  }
  context.fillStyle = shade;
  context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  grid(context, box, up, ticks(midpoint - span, midpoint + span, 4), paint, size, 0.5);
  title(context, `${say("page.critic_title")} ${name}(x)`, box, paint, size);
  context.fillStyle = paint.ink2;
  const middle = Math.round(up(midpoint)) + 0.5;
  context.strokeStyle = faint(paint.ink, 0.85);
  context.lineWidth = presenting() ? 2 : 1;
  context.beginPath();
  context.moveTo(box.left, middle);
  context.lineTo(box.right, middle);
  context.stroke();
  clipped(context, box, () => {
    context.lineJoin = "round";
    if (critic && layers.has("critic_line") && !state.empty) {
      path(context, x, critic, across, up);
      pen(context, paint.critic, 2.6);
    }
    if (best && layers.has("best_critic") && !state.empty) {
      path(context, x, best, across, up);
      context.setLineDash(presenting() ? [14, 8] : [7, 4]);
      pen(context, paint.ink, 2.4);
      context.setLineDash([]);
    }
  });
  context.font = font(size);
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  halo(context, `${say("page.undecided")}: ${midpointText(picture.header.unit)}`, box.left + 8, middle - 5, paint.ink, faint(paint.paper, 0.55));
  context.font = font(size, true);
  context.textAlign = "right";
  halo(context, say("page.looks_real"), box.right - 8, box.top + size + 5, paint.ink, faint(paint.paper, 0.4));
  halo(context, say("page.looks_generated"), box.right - 8, box.bottom - 8, paint.ink, faint(paint.paper, 0.4));
}

/** How a critic that cannot tell is written: T = f'(1) = 0. */
export function midpointText(/** @type {import("./types/records.js").SentUnit} */ unit) {
  const value = signed(String(Number(unit.midpoint.toPrecision(3))));
  if (unit.name === "T") return `T = f′(1) = ${value}`;
  if (!unit.fixed) return `${unit.name} = ${short(unit.midpoint, 2)}, ${say("page.median")}`;
  return `${unit.name} = ${value}`;
}

function grid(/** @type {CanvasRenderingContext2D} */ context, /** @type {Box} */ box, /** @type {Scale} */ up, /** @type {number[]} */ marks, /** @type {import("./surface.js").Colours} */ paint, /** @type {number} */ size, alpha = 1) {
  context.font = font(size);
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.lineWidth = 1;
  for (const value of marks) {
    const y = Math.round(up(value)) + 0.5;
    context.strokeStyle = faint(paint.rule, alpha);
    context.beginPath();
    context.moveTo(box.left, y);
    context.lineTo(box.right, y);
    context.stroke();
    context.fillStyle = paint.ink3;
    context.fillText(tick(value, marks), box.left - 7, y);
  }
}

function title(/** @type {CanvasRenderingContext2D} */ context, /** @type {string} */ text, /** @type {Box} */ box, /** @type {import("./surface.js").Colours} */ paint, /** @type {number} */ size) {
  context.font = font(size + 1, true);
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillStyle = paint.ink;
  context.fillText(text, 0, box.top - 9);
}

function clipped(/** @type {CanvasRenderingContext2D} */ context, /** @type {Box} */ box, /** @type {() => void} */ draw) {
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.clip();
  draw();
  context.restore();
}

/** A curve through the points, held within what a canvas can stroke. */
function path(/** @type {CanvasRenderingContext2D} */ context, /** @type {Float32Array} */ x, /** @type {Float32Array} */ values, /** @type {Scale} */ across, /** @type {Scale} */ up) {
  context.beginPath();
  let drawing = false;
  for (let k = 0; k < values.length; k++) {
    if (Number.isNaN(values[k])) {
      drawing = false;
      continue;
    }
    const y = Math.max(-4000, Math.min(4000, up(values[k])));
    if (drawing) context.lineTo(across(x[k]), y);
    else context.moveTo(across(x[k]), y);
    drawing = true;
  }
}

function pen(/** @type {CanvasRenderingContext2D} */ context, /** @type {string} */ colour, /** @type {number} */ width) {
  context.strokeStyle = colour;
  context.lineWidth = presenting() ? 2 * width : width;
  context.stroke();
}

function filled(/** @type {CanvasRenderingContext2D} */ context, /** @type {Float32Array} */ x, /** @type {Float32Array} */ density, /** @type {Scale} */ across, /** @type {Scale} */ up, /** @type {number} */ base, /** @type {string} */ colour) {
  context.lineJoin = "round";
  path(context, x, density, across, up);
  context.lineTo(across(x[x.length - 1]), base);
  context.lineTo(across(x[0]), base);
  context.closePath();
  context.fillStyle = faint(colour, 0.2);
  context.fill();
  path(context, x, density, across, up);
  pen(context, colour, 2.6);
}

/** Samples as ticks on the axis: real ones above it, generated ones higher up. */
function rugs(/** @type {CanvasRenderingContext2D} */ context, /** @type {Picture} */ picture, /** @type {Set<string>} */ layers, /** @type {{empty: boolean}} */ state, /** @type {Box} */ box, /** @type {Scale} */ across, /** @type {import("./surface.js").Colours} */ paint) {
  const [[low, high]] = picture.header.window;
  /** @type {["points.real"|"points.generated", string, number][]} */
  const rows = [["points.real", paint.real, 2], ["points.generated", paint.generated, 13]];
  for (const [name, colour, lift] of rows) {
    const points = picture.values(name);
    if (!points || (state.empty && name === "points.generated")) continue;
    context.strokeStyle = faint(colour, 0.75);
    context.lineWidth = 1.2;
    context.beginPath();
    for (const u of points) {
      const at = across((low + high) / 2 + (u * (high - low)) / 2);
      context.moveTo(at, box.bottom - lift);
      context.lineTo(at, box.bottom - lift - 9);
    }
    context.stroke();
  }
}

/** A curve's name beside its highest point: p's to the right of it, q's to the left. */
function nameCurve(/** @type {CanvasRenderingContext2D} */ context, /** @type {string} */ text, /** @type {Float32Array} */ x, /** @type {Float32Array} */ values, /** @type {Scale} */ across, /** @type {Scale} */ up, /** @type {Box} */ box, /** @type {string} */ colour, /** @type {import("./surface.js").Colours} */ paint, /** @type {number} */ side) {
  let peak = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[peak]) peak = k;
  // Half way down the peak's outer flank there is room whatever the other curve does.
  let k = peak;
  while (k > 0 && k < values.length - 1 && values[k] > 0.72 * values[peak]) k += side;
  const wide = context.measureText(text).width;
  const x0 = across(x[k]) + side * 9 - (side < 0 ? wide : 0);
  const at = Math.max(box.left + 4, Math.min(box.right - wide - 4, x0));
  halo(context, text, at, Math.max(box.top + 16, up(values[k])), colour, faint(paint.paper, 0.85));
}

/** The share of the window that lies left of a place on the canvas, `u` from 0 at its left to 1. */
export function shareAt(/** @type {number} */ u, /** @type {number} */ width) {
  const { above } = layout(width, 1);
  return (u * width - above.left) / (above.right - above.left);
}
