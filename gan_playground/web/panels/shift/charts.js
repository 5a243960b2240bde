/** The pictures of two shapes that are moved apart: the shapes, distances along the shift, and what critics answer. */

import { roundTop, plain } from "../../numbers.js";
import { Plot } from "../../plot.js";
import { area, grid, handle } from "../../strokes.js";
import { colours, faint, font, halo } from "../../surface.js";
import { logit, softplus, steps } from "./told.js";

/** @typedef {import("../shift.js").default} Shift */

const SCENE = /** @type {[number, number]} */ ([-5, 40]);
const REACH = 40; // of the critics' axis, up and down
const LINE = 0.12; // half of the width at which a line's band is drawn
const TOPS = { gaussians: 0.4, uniforms: 0.32, lines: 0.32 }; // the height of the scene's shapes
/** An axis counts powers of ten from here on. */
const HUGE = Math.log(1e6);

/** p at its place and q at its own, each with its colour. @returns {[number, string][]} */
function centres(/** @type {Shift} */ panel) {
  const paint = colours();
  return [[0, paint.real], [panel.at, paint.generated]];
}

export function drawScene(/** @type {Shift} */ panel) {
  const shape = /** @type {keyof typeof TOPS} */ (panel.values.shape), height = TOPS[shape];
  const plot = (panel.plot = Plot.on(panel.canvas("scene"), { x: SCENE, y: [0, height * 1.28], marks: [] }));
  if (!plot) return;
  const paint = colours();
  plot.frame();
  for (const [centre, colour] of centres(panel)) {
    const [xs, ys] = outline(shape, centre, panel.about.width);
    plot.inside(() => {
      area(plot, xs, ys, faint(colour, 0.2));
      plot.line(xs, ys, { colour, width: 2.8 });
    });
  }
  const { context } = plot;
  const y = plot.y(height * 1.1), left = plot.x(0), right = plot.x(panel.at);
  context.beginPath();
  for (const x of [left, right]) {
    context.moveTo(x, y - 5);
    context.lineTo(x, y + 5);
  }
  context.moveTo(left, y);
  context.lineTo(right, y);
  plot.stroke({ colour: paint.ink2, width: 1.5 });
  plot.word(panel.word("distance", { at: plain(panel.at) }), Math.max((left + right) / 2, left), y - 9, paint.ink, "center");
  handle(plot, right, plot.y(height * 0.45), paint.generated);
}

/** A shape's density around a centre, as points of its outline. @returns {[number[], number[]]} */
export function outline(/** @type {string} */ shape, /** @type {number} */ centre, /** @type {number} */ width) {
  if (shape === "lines") return [[centre, centre], [0, TOPS.lines]];
  if (shape === "uniforms") {
    const [left, right] = [centre - width / 2, centre + width / 2];
    return [[left, left, right, right], [0, 1 / width, 1 / width, 0]];
  }
  const xs = grid([centre - 4.2, centre + 4.2], 120);
  return [xs, xs.map((x) => Math.exp(-((x - centre) ** 2) / 2) / Math.sqrt(2 * Math.PI))];
}

export function drawRow(/** @type {Shift} */ panel, /** @type {string} */ row, /** @type {"value"|"slope"} */ kind) {
  const logs = panel.curves?.[row][kind];
  if (!logs) return;
  const now = logs[panel.place], finite = logs.filter(Number.isFinite);
  const most = finite.length ? Math.max(...finite) : 0;
  const decades = most > HUGE;
  const top = decades ? roundTop(most / Math.LN10) : finite.length ? roundTop(1.04 * Math.exp(most)) : 1;
  const axes = { x: /** @type {[number, number]} */ ([0, panel.far]), y: /** @type {[number, number]} */ ([decades ? -top / 20 : 0, top]) };
  const plot = Plot.on(panel.canvas(`${kind}-${row}`), finite.length ? axes : { ...axes, marks: [] });
  if (!plot) return;
  const height = (/** @type {number} */ log) => (decades ? Math.max(log / Math.LN10, -top) : Math.exp(log));
  plot.frame();
  const jumps = logs[0] === Infinity;
  if (!finite.length) {
    plot.lines(panel.word(kind === "value" ? "infinite" : jumps && !logs.some(Number.isNaN) ? "jumps" : "no_slope"), colours().ink2);
  }
  const xs = Array.from(logs, (_, k) => k * panel.step), ys = Array.from(logs, height);
  plot.inside(() => {
    plot.line([panel.at, panel.at], axes.y, { colour: colours().generated, width: 1.4 });
    plot.line(xs, ys, { colour: colours().ink, width: 2.4 });
    plot.now(panel.at, height(now), colours().ink);
  });
  if (decades) plot.word(panel.word("decades"), plot.left + 4, plot.top + 12, colours().ink3, "left", false);
}

/** Where p and q have their mass, as pale bands. */
function bands(/** @type {Shift} */ panel, /** @type {Plot} */ plot) {
  const { context } = plot;
  for (const [centre, colour] of centres(panel)) {
    context.fillStyle = faint(colour, 0.13);
    const half = panel.values.shape === "lines" ? LINE : panel.about.width / 2;
    const left = Math.max(plot.left, plot.x(centre - half)), right = Math.min(plot.right, plot.x(centre + half));
    context.fillRect(left, plot.top, right - left, plot.bottom - plot.top);
  }
}

export function drawDiscriminator(/** @type {Shift} */ panel) {
  const { shape } = panel.values, bells = shape === "gaussians";
  const plot = Plot.on(panel.canvas("discriminator"), bells
    ? { x: SCENE, y: [-REACH, REACH], marks: [-REACH, 0, REACH] }
    : { x: SCENE, y: [-0.15, 1.15], marks: [0, 1] });
  if (!plot) return;
  const paint = colours();
  bands(panel, plot);
  plot.frame();
  if (!bells) {
    const half = shape === "lines" ? LINE : panel.about.width / 2;
    plot.inside(() => {
      for (const [from, to, level] of steps(panel.at, half)) plot.line([from, to], [level, level], { colour: paint.critic, width: 4 });
    });
    plot.word(panel.word(panel.at < 2 * half ? "half" : "perfect"), plot.right - 4, plot.top + 15, paint.ink2);
    return;
  }
  const xs = grid(SCENE, 300), pale = faint(paint.critic, 0.55);
  plot.inside(() => {
    plot.line(xs, xs.map((x) => -softplus(logit(panel.at, x))), { colour: pale, width: 2.6 });
    plot.line(xs, xs.map((x) => softplus(-logit(panel.at, x))), { colour: paint.critic, width: 2.6 });
  });
  plot.word(panel.word("steep_log"), plot.right - 4, plot.top + 13, paint.critic);
  plot.word(panel.word(panel.at > 3 ? "flat" : "minimax"), plot.right - 4, plot.y(0) + 17, paint.ink2);
}

export function drawCritic(/** @type {Shift} */ panel) {
  const plot = Plot.on(panel.canvas("critic"), { x: SCENE, y: [-REACH, REACH], marks: [-REACH, 0, REACH] });
  if (!plot) return;
  const paint = colours();
  bands(panel, plot);
  plot.frame();
  const way = Math.sign(panel.at);
  plot.inside(() => plot.line(SCENE, SCENE.map((x) => way * (panel.at / 2 - x)), { colour: paint.critic, width: 2.6 }));
  plot.word(panel.word(way ? "falls" : "no_fall"), plot.right - 4, plot.top + 13, paint.critic);
  if (way) pull(plot, panel.at, -28, panel.word("pull"));
}

export function drawTrick(/** @type {Shift} */ panel) {
  const plot = Plot.on(panel.canvas("trick-chart"), { x: [0, 1], y: [-5, 5], marks: [-5, 0, 5] });
  if (!plot) return;
  const paint = colours();
  plot.frame();
  const xs = [...grid([0.0005, 0.05], 60), ...grid([0.05, 0.9995], 120)];
  plot.inside(() => {
    plot.line(xs, xs.map((x) => Math.log(1 - x)), { colour: faint(paint.critic, 0.55), width: 2.6 });
    plot.line(xs, xs.map((x) => -Math.log(x)), { colour: paint.critic, width: 2.6 });
  });
  plot.word("−log x", plot.x(0.09), plot.y(3.1), paint.critic, "left");
  plot.word("log(1 − x)", plot.x(0.55), plot.y(-2.2), paint.ink2, "left");
  if (panel.values.shape !== "gaussians") return;
  const d = 1 / (1 + Math.exp(-logit(panel.at, panel.at)));
  plot.line([d, d], plot.axes.y, { colour: paint.generated, width: 1.4 });
  plot.word(panel.word("now_here"), plot.x(d) + 6, plot.bottom - 6, paint.generated, "left");
}

/** An arrow to the left with its words: which way a sample of q is pulled. */
function pull(/** @type {Plot} */ plot, /** @type {number} */ at, /** @type {number} */ level, /** @type {string} */ words) {
  const { context } = plot, paint = colours();
  const y = plot.y(level), from = plot.x(at) - 4, to = Math.max(plot.x(at) - 54, plot.left + 4);
  context.beginPath();
  context.moveTo(from, y);
  context.lineTo(to + 6, y);
  plot.stroke({ colour: paint.ink, width: 2 });
  context.fillStyle = paint.ink;
  context.beginPath();
  context.moveTo(to, y);
  context.lineTo(to + 9, y - 5);
  context.lineTo(to + 9, y + 5);
  context.fill();
  context.font = font(plot.size, true);
  context.textAlign = "left";
  context.textBaseline = "middle";
  halo(context, words, from + 6, y, paint.ink, paint.paper);
}
