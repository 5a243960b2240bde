/** The family's charts below the densities: integrands and best critics, the four functions, the best normals. */

import { float64 } from "../../exact.js";
import { Plot } from "../../plot.js";
import { area, grid } from "../../strokes.js";
import { colours, faint } from "../../surface.js";
import { bells, density } from "./bells.js";

/** @typedef {import("../family.js").default} Family */
/** The normal nearest to p, and its divergence from p. @typedef {{mu: number, sigma: number, value: number}} BestNormal */

/** The vertical axis of each of the four functions; across they come with the answer. @type {Record<string, [number, number]>} */
const HEIGHTS = { f: [-2, 4], slope: [-4, 4], conjugate: [-4, 4], activation: [-4, 4] };
/** The axis that each is drawn along. @type {Record<string, "u"|"t"|"v">} */
const ALONG = { f: "u", slope: "u", conjugate: "t", activation: "v" };

export const FUNCTIONS = Object.keys(ALONG);

/** The stroke of the first, second and third choice. @returns {import("../../plot.js").Stroke} */
function tone(/** @type {number} */ at) {
  const paint = colours();
  return [{ colour: paint.ink, width: 2.8 }, { colour: paint.ink, width: 1.3 }, { colour: paint.ink3, width: 2.8, dash: [2, 2.5] }][at];
}

export function drawLines(/** @type {Family} */ panel, /** @type {"integrand"|"critic"} */ name, /** @type {[number, number]} */ range) {
  const plot = Plot.on(panel.canvas(name), { x: panel.view, y: range });
  if (!plot || !panel.curves) return;
  const { lines, view } = panel.curves;
  plot.frame({ steps: name === "critic" });
  panel.chosen.forEach((key, at) => {
    if (!lines[key]) return;
    const xs = grid(view, lines[key][name].length), ys = lines[key][name];
    plot.inside(() => {
      if (name === "integrand" && at === 0) area(plot, xs, ys, faint(colours().critic, 0.14));
      plot.line(xs, ys, name === "critic" ? { ...tone(at), colour: at === 2 ? faint(colours().critic, 0.6) : colours().critic } : tone(at));
    });
  });
  if (range[0] < 0) plot.inside(() => plot.line(view, [0, 0], { colour: colours().ink3, width: 1 }));
}

export function drawFunctions(/** @type {Family} */ panel) {
  if (!panel.profiles) return;
  const { lines, ends } = panel.profiles;
  for (const name of FUNCTIONS) {
    const x = panel.profiles[ALONG[name]];
    const plot = Plot.on(panel.canvas(`of-${name}`), { x: [Math.floor(x[0]), x[1]], y: HEIGHTS[name] });
    if (!plot) continue;
    plot.frame();
    if (name === "conjugate") shadeOutside(panel, plot, ends);
    plot.inside(() => plot.line(plot.axes.x, [0, 0], { colour: colours().ink3, width: 1 }));
    panel.chosen.forEach((key, at) => {
      if (!lines[key]) return;
      const ys = float64(lines[key][name]);
      plot.inside(() => plot.line(grid(x, ys.length), ys, tone(at)));
    });
  }
}

/** Where the first divergence's f* is infinite: no critic may answer there. */
function shadeOutside(/** @type {Family} */ panel, /** @type {Plot} */ plot, /** @type {(number|null)[]} */ [low, high]) {
  const { context } = plot, paint = colours();
  for (const [from, to] of [[plot.axes.x[0], low], [high, plot.axes.x[1]]]) {
    if (from === null || to === null) continue;
    context.fillStyle = paint.sunk;
    context.fillRect(plot.x(from), plot.top, plot.x(to) - plot.x(from), plot.bottom - plot.top);
    if (plot.x(to) - plot.x(from) > 60) plot.word(panel.word("no_conjugate"), (plot.x(from) + plot.x(to)) / 2, plot.top + 16, paint.ink2, "center", false);
  }
}

/** p and the normal nearest to it under each divergence that is chosen. */
export function drawFits(/** @type {Family} */ panel) {
  const plot = Plot.on(panel.canvas("fitted"), { x: panel.view, y: [0, panel.tops.fits] });
  if (!plot) return;
  const paint = colours();
  plot.frame();
  const xs = grid(panel.view, 400), all = bells(panel.values.p);
  const ys = xs.map((x) => density(all, x));
  plot.inside(() => {
    area(plot, xs, ys, faint(paint.real, 0.2));
    plot.line(xs, ys, { colour: paint.real, width: 2.6 });
  });
  let listed = 0;
  panel.chosen.forEach((key, at) => {
    const fit = panel.found[key]?.fit;
    if (!fit) return;
    const bell = [{ kind: /** @type {const} */ ("n"), df: Infinity, weight: 1, mean: fit.mu, sd: fit.sigma }];
    const stroke = { ...tone(at), colour: paint.generated };
    plot.inside(() => plot.line(xs, xs.map((x) => density(bell, x)), stroke));
    // A small legend, for the bells lie close to one another.
    const y = plot.top + 12 + 19 * listed++, { context } = plot;
    plot.word(panel.nameOf(key), plot.right - 34, y + 4, paint.generated);
    context.beginPath();
    context.moveTo(plot.right - 28, y);
    context.lineTo(plot.right, y);
    plot.stroke(stroke);
  });
}
