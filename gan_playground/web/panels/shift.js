/**
 * Why Wasserstein: q is moved away from p. The server sends each distance along all shifts once; a move
 * reads them, so that everything follows the hand without asking.
 */

import { float64, fromLog, read } from "../exact.js";
import { put, say } from "../language.js";
import { plain, roundTop } from "../numbers.js";
import { Panel } from "../panel.js";
import { Plot } from "../plot.js";
import { area, grid, handle } from "../strokes.js";
import { colours, faint, font, halo } from "../surface.js";

const FAR = 35, STEP = 0.1, WIDTH = 4;
const SCENE = /** @type {[number, number]} */ ([-5, 40]);
const ROWS = ["measure", "js", "w1"];
/** An axis counts powers of ten from here on. */
const HUGE = Math.log(1e6);

export default class Shift extends Panel {
  /** Logarithms of values and slopes along shifts, by row. @type {Record<string, {value: Float64Array, slope: Float64Array}>|null} */
  curves = null;

  begin() {
    this.drag();
    this.load();
  }

  changed(/** @type {string[]} */ keys) {
    if (keys.some((key) => key !== "at")) this.load();
  }

  load() {
    this.follow("curves", (answer) => {
      this.curves = Object.fromEntries(ROWS.map((row) => [row, {
        value: float64(answer[row].value), slope: float64(answer[row].slope),
      }]));
    });
  }

  get at() {
    return this.number("at");
  }

  shown(/** @type {string} */ key) {
    return key === "at" ? this.at.toFixed(1) : this.values[key];
  }

  /** q is moved by hand, or by the arrow keys while its picture has the focus. */
  drag() {
    const canvas = this.canvas("scene");
    canvas.tabIndex = 0;
    let grip = NaN;
    const shift = (/** @type {PointerEvent} */ event) => this.plot ? this.plot.stepAt(event.offsetX) : NaN;
    canvas.addEventListener("pointerdown", (event) => {
      if (Math.abs(shift(event) - this.at) > 4) return;
      grip = shift(event) - this.at;
      canvas.setPointerCapture(event.pointerId);
      this.dragging = true;
    });
    canvas.addEventListener("pointermove", (event) => {
      canvas.style.cursor = Math.abs(shift(event) - this.at) > 4 && Number.isNaN(grip) ? "" : "ew-resize";
      if (!Number.isNaN(grip)) this.move(shift(event) - grip);
    });
    const drop = () => {
      if (Number.isNaN(grip)) return;
      grip = NaN;
      this.settle();
    };
    canvas.addEventListener("pointerup", drop);
    canvas.addEventListener("pointercancel", drop);
    canvas.addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!way) return;
      this.move(this.at + way * (event.shiftKey ? 5 * STEP : STEP * 5));
      event.preventDefault();
    });
  }

  move(/** @type {number} */ to) {
    const held = Math.max(0, Math.min(FAR, Math.round(to / STEP) * STEP));
    this.set({ at: String(Number(held.toFixed(1))) });
  }

  // --- drawing ------------------------------------------------------------------------------------

  draw() {
    const { shape } = this.values;
    this.drawScene();
    this.drawRows();
    this.drawDiscriminator();
    this.drawCritic();
    this.part("trick", [shape, shape === "gaussians" ? this.at : 0], () => this.drawTrick());
    this.fillTable();
    put(this.find(".at-now"), say("shift.at_distance", { at: plain(this.at) }));
  }

  drawScene() {
    const shape = this.values.shape;
    const height = shape === "gaussians" ? 0.4 : 0.32;
    const plot = (this.plot = Plot.on(this.canvas("scene"), { x: SCENE, y: [0, height * 1.28], marks: [] }));
    if (!plot) return;
    const paint = colours();
    plot.frame();
    for (const [centre, colour] of /** @type {[number, string][]} */ ([[0, paint.real], [this.at, paint.generated]])) {
      const [xs, ys] = outline(shape, centre);
      plot.inside(() => {
        area(plot, xs, ys, faint(colour, 0.2));
        plot.line(xs, ys, { colour, width: 2.8 });
      });
    }
    const { context } = plot;
    const y = plot.y(height * 1.1), left = plot.x(0), right = plot.x(this.at);
    context.beginPath();
    for (const x of [left, right]) {
      context.moveTo(x, y - 5);
      context.lineTo(x, y + 5);
    }
    context.moveTo(left, y);
    context.lineTo(right, y);
    plot.stroke({ colour: paint.ink2, width: 1.5 });
    plot.word(say("shift.distance", { at: plain(this.at) }), Math.max((left + right) / 2, left), y - 9, paint.ink, "center");
    handle(plot, right, plot.y(height * 0.45), paint.generated);
  }

  drawRows() {
    for (const row of ROWS) {
      const name = this.nameOf(row);
      for (const kind of /** @type {const} */ (["value", "slope"])) {
        const cell = this.find(`.cell-of.${row}.of-${kind}`);
        put(cell.querySelector(".name") ?? cell, kind === "value" ? name : say("shift.slope_of", { name }));
        const logs = this.curves?.[row][kind];
        if (!logs) continue;
        const now = logs[Math.round(this.at / STEP)];
        put(cell.querySelector(".now") ?? cell, fromLog(now));
        this.drawRow(`${kind}-${row}`, logs, now, kind);
      }
    }
  }

  nameOf(/** @type {string} */ row) {
    if (row === "w1") return say("shift.name_w1");
    return row === "js" ? say(`shift.name_${this.values.js}`) : say(`knobs.objective.${this.values.measure}`);
  }

  drawRow(/** @type {string} */ name, /** @type {Float64Array} */ logs, /** @type {number} */ now, /** @type {"value"|"slope"} */ kind) {
    const finite = logs.filter(Number.isFinite);
    const most = finite.length ? Math.max(...finite) : 0;
    const decades = most > HUGE;
    const top = decades ? roundTop(most / Math.LN10) : finite.length ? roundTop(1.04 * Math.exp(most)) : 1;
    const axes = { x: /** @type {[number, number]} */ ([0, FAR]), y: /** @type {[number, number]} */ ([decades ? -top / 20 : 0, top]) };
    const plot = Plot.on(this.canvas(name), finite.length ? axes : { ...axes, marks: [] });
    if (!plot) return;
    const height = (/** @type {number} */ log) => (decades ? Math.max(log / Math.LN10, -top) : Math.exp(log));
    plot.frame();
    const jumps = logs[0] === Infinity;
    if (!finite.length) {
      plot.lines(say(kind === "value" ? "shift.infinite" : jumps && !logs.some(Number.isNaN) ? "shift.jumps" : "shift.no_slope"), colours().ink2);
    }
    const xs = Array.from(logs, (_, k) => k * STEP), ys = Array.from(logs, height);
    plot.inside(() => {
      plot.line([this.at, this.at], axes.y, { colour: colours().generated, width: 1.4 });
      plot.line(xs, ys, { colour: colours().ink, width: 2.4 });
      plot.now(this.at, height(now), colours().ink);
    });
    if (decades) plot.word(say("shift.decades"), plot.left + 4, plot.top + 12, colours().ink3, "left", false);
  }

  /** Where p and q have their mass, as pale bands. */
  bands(/** @type {Plot} */ plot) {
    const { context } = plot, paint = colours();
    for (const [centre, colour] of /** @type {[number, string][]} */ ([[0, paint.real], [this.at, paint.generated]])) {
      context.fillStyle = faint(colour, 0.13);
      const half = this.values.shape === "lines" ? 0.12 : 2;
      const left = Math.max(plot.left, plot.x(centre - half)), right = Math.min(plot.right, plot.x(centre + half));
      context.fillRect(left, plot.top, right - left, plot.bottom - plot.top);
    }
  }

  drawDiscriminator() {
    const shape = this.values.shape, bells = shape === "gaussians";
    const plot = Plot.on(this.canvas("discriminator"), { x: SCENE, y: bells ? [-40, 40] : [-0.15, 1.15], marks: bells ? [-40, 0, 40] : [0, 1] });
    if (!plot) return;
    const paint = colours();
    this.bands(plot);
    plot.frame();
    if (!bells) {
      this.drawSteps(plot, shape === "lines" ? 0.12 : WIDTH / 2);
      return;
    }
    const xs = grid(SCENE, 300);
    const pale = faint(paint.critic, 0.55);
    plot.inside(() => {
      plot.line(xs, xs.map((x) => -softplus(this.logit(x))), { colour: pale, width: 2.6 });
      plot.line(xs, xs.map((x) => softplus(-this.logit(x))), { colour: paint.critic, width: 2.6 });
    });
    plot.word(say("shift.steep_log"), plot.right - 4, plot.top + 13, paint.critic);
    plot.word(this.at > 3 ? say("shift.flat") : say("shift.minimax"), plot.right - 4, plot.y(0) + 17, paint.ink2);
  }

  /** D* of shapes with edges: 1 on p alone, 0 on q alone, a half on both, nothing elsewhere. */
  drawSteps(/** @type {Plot} */ plot, /** @type {number} */ half) {
    const paint = colours(), both = this.at < 2 * half;
    const pieces = both
      ? [[-half, this.at - half, 1], [this.at - half, half, 0.5], [half, this.at + half, 0]]
      : [[-half, half, 1], [this.at - half, this.at + half, 0]];
    plot.inside(() => {
      for (const [from, to, level] of pieces) if (to > from) plot.line([from, to], [level, level], { colour: paint.critic, width: 4 });
    });
    plot.word(say(both ? "shift.half" : "shift.perfect"), plot.right - 4, plot.top + 15, paint.ink2);
  }

  drawCritic() {
    const plot = Plot.on(this.canvas("critic"), { x: SCENE, y: [-40, 40], marks: [-40, 0, 40] });
    if (!plot) return;
    const paint = colours();
    this.bands(plot);
    plot.frame();
    const way = Math.sign(this.at);
    plot.inside(() => plot.line(SCENE, SCENE.map((x) => way * (this.at / 2 - x)), { colour: paint.critic, width: 2.6 }));
    plot.word(say(way ? "shift.falls" : "shift.no_fall"), plot.right - 4, plot.top + 13, paint.critic);
    if (way) pull(plot, this.at, -28);
  }

  drawTrick() {
    const plot = Plot.on(this.canvas("trick-chart"), { x: [0, 1], y: [-5, 5], marks: [-5, 0, 5] });
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
    if (this.values.shape !== "gaussians") return;
    const d = 1 / (1 + Math.exp(-this.logit(this.at)));
    plot.line([d, d], plot.axes.y, { colour: paint.generated, width: 1.4 });
    plot.word(say("shift.now_here"), plot.x(d) + 6, plot.bottom - 6, paint.generated, "left");
  }

  /** log p/q of the two normals. */
  logit(/** @type {number} */ x) {
    return this.at * (this.at / 2 - x);
  }

  /** What the generator lowers, at q's centre: values, and slopes that pull it back to p. */
  fillTable() {
    const r = this.logit(this.at), way = Math.sign(this.at);
    const [d, rest] = [1 / (1 + Math.exp(-r)), 1 / (1 + Math.exp(r))];
    const shape = this.values.shape, bells = shape === "gaussians";
    // With edges: q's centre lies on p as well (D* is a half there), or not (D* is 0).
    const both = this.at < (shape === "lines" ? STEP / 2 : WIDTH / 2);
    /** @type {Record<string, [number, number]>} */
    const told = {
      saturating: bells ? [-softplus(r), this.at * d] : [both ? -Math.LN2 : 0, 0],
      "non-saturating": bells ? [softplus(-r), this.at * rest] : both ? [Math.LN2, 0] : [Infinity, NaN],
      critic: [this.at / 2, way],
    };
    for (const [key, [value, slope]] of Object.entries(told)) {
      const row = this.find(`[data-told="${key}"]`);
      put(row.querySelector(".at") ?? row, read(value));
      put(row.querySelector(".slope") ?? row, read(slope));
    }
  }

  speak() {
    if (!this.curves) return;
    const at = Math.round(this.at / STEP), shape = this.values.shape;
    const js = Math.exp(this.curves.js.value[at]), most = (this.values.js === "jsd" ? 1 : 2) * Math.LN2;
    const values = {
      at: plain(this.at), js: read(js), most: read(most), slope: fromLog(this.curves.js.slope[at]), w1: plain(this.at),
    };
    const apart = shape === "uniforms" ? this.at >= WIDTH : js > 0.97 * most;
    const key = this.at === 0 ? "shift.says_same"
      : shape === "lines" ? "shift.says_lines"
      : shape === "uniforms" ? (apart ? "shift.says_uniform_apart" : "shift.says_uniform_overlap")
      : apart ? "shift.says_apart" : "shift.says_overlap";
    this.say(`${key} ${this.at} ${this.values.js}`, () => say(key, values));
  }
}

/** A shape's density around a centre, as points of its outline. @returns {[number[], number[]]} */
function outline(/** @type {string} */ shape, /** @type {number} */ centre) {
  if (shape === "lines") return [[centre, centre], [0, 0.32]];
  if (shape === "uniforms") {
    const [left, right] = [centre - WIDTH / 2, centre + WIDTH / 2];
    return [[left, left, right, right], [0, 1 / WIDTH, 1 / WIDTH, 0]];
  }
  const xs = grid([centre - 4.2, centre + 4.2], 120);
  return [xs, xs.map((x) => Math.exp(-((x - centre) ** 2) / 2) / Math.sqrt(2 * Math.PI))];
}

function softplus(/** @type {number} */ v) {
  return Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
}

/** An arrow to the left with its words: which way a sample of q is pulled. */
function pull(/** @type {Plot} */ plot, /** @type {number} */ at, /** @type {number} */ level) {
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
  halo(context, say("shift.pull"), from + 6, y, paint.ink, paint.paper);
}
