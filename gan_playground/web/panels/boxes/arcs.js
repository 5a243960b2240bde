/** The arcs of a plan above the floor where boxes and slots stand. */

import { colours, faint, font, halo } from "../../surface.js";

/** @typedef {import("../../plot.js").Plot} Plot */
/** @typedef {import("../boxes.js").default} Boxes */
/** So many boxes from one place to another. @typedef {{from: number, to: number, count: number}} Arc */

/**
 * Arcs from box to slot, higher the farther; each with its cost, and the number of boxes where it is not one.
 * @param {Boxes} panel @param {Plot} plot
 * @param {{ground: number, size: number, lean: (place: number) => number, top: (all: number[], place: number) => number, boxes: number[], slots: number[]}} about
 */
export function drawArcs(panel, plot, { ground, size, lean, top, boxes, slots }) {
  const { context } = plot, paint = colours();
  /** @type {Arc[]} */
  const arcs = panel.arcs;
  const tallest = Math.max(...boxes.map((place) => ground - top(boxes, place)), ...slots.map((place) => ground - top(slots, place)));
  const roof = plot.top + 10, floor = ground - tallest - 14;
  const cheapest = panel.values.look === "cheapest", blurred = cheapest && Boolean(panel.moved?.blurred);
  const most = Math.max(1, ...arcs.map(({ count }) => count));
  /** @type {{text: string, x: number, y: number}[]} */
  const labels = [];
  for (const { from, to, count } of [...arcs].sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))) {
    const x1 = plot.x(from) - lean(from), y1 = top(boxes, from) - 2;
    const x2 = plot.x(to) + lean(to), y2 = top(slots, to) - 3;
    // Far moves rise high; equal distances from different places at heights of their own.
    const rise = Math.abs(to - from) / panel.last + 0.035 * ((from * 3 + to) % 4);
    const peak = Math.max(roof, floor - rise * (floor - roof) * 1.15);
    const level = 2 * peak - (y1 + y2) / 2; // a quadratic's control point for that peak
    const share = count / most;
    context.beginPath();
    context.moveTo(x1, y1);
    context.bezierCurveTo(x1 + (x2 - x1) * 0.18, (2 * level + y1) / 3, x2 - (x2 - x1) * 0.18, (2 * level + y2) / 3, x2, y2 - 5);
    plot.stroke({ colour: faint(paint.ink, cheapest ? 0.25 + 0.6 * share : 0.72), width: 1.2 + 2.2 * Math.sqrt(share) * (cheapest ? 1 : 0.5 + 0.5 * share) });
    head(context, x2, y2, paint.ink, cheapest ? 0.3 + 0.7 * share : 1);
    if (!blurred) { // blurred, the table says it better
      const t = 0.5, at = cubic([x1, x1 + (x2 - x1) * 0.18, x2 - (x2 - x1) * 0.18, x2], t);
      const y = cubic([y1, (2 * level + y1) / 3, (2 * level + y2) / 3, y2 - 5], t);
      const one = Math.abs(count - 1) < 1e-9;
      const cost = String(panel.costOf(from, to));
      labels.push({ text: one ? cost : `${Number.isInteger(count) ? count : count.toFixed(1)}×${cost}`, x: at, y });
    }
    if (!cheapest) panel.grips.push({ kind: "head", place: to, from, x: x2, y: y2 - 7, reach: 12 });
  }
  context.font = font(plot.size, true);
  context.textAlign = "center";
  context.textBaseline = "middle";
  labels.forEach((label, k) => {
    while (labels.slice(0, k).some((other) => Math.abs(other.x - label.x) < 26 && Math.abs(other.y - label.y) < 13)) label.y += 14;
    halo(context, label.text, label.x, label.y, paint.ink, paint.paper);
  });
  if (panel.held?.grip.kind === "head") {
    context.beginPath();
    context.arc(panel.held.x, panel.held.y, size / 2, 0, 2 * Math.PI);
    plot.stroke({ colour: paint.ink, width: 1.5, dash: [3, 3] });
  }
}

/** An arrowhead that points down to a slot. */
function head(/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ colour, /** @type {number} */ alpha) {
  context.fillStyle = faint(colour, alpha);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - 5.5, y - 10);
  context.lineTo(x + 5.5, y - 10);
  context.fill();
}

function cubic(/** @type {number[]} */ [a, b, c, d], /** @type {number} */ t) {
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}
