/**
 * Saddle points: a game of two numbers in the plane, its path from a start that is dragged, and beside it
 * how far it still is. The server computes every path; a drag asks again as often as it answers.
 */

import { float64, read } from "../exact.js";
import { put, say } from "../language.js";
import { roundTop } from "../numbers.js";
import { Panel } from "../panel.js";
import { Plot } from "../plot.js";
import { colours, faint } from "../surface.js";
import { readOuts } from "../training.js";

const REACH = 2.5, SIDE = 15, ORBIT = 100;
const ORDERS = /** @type {const} */ (["single-step", "alternating"]);

export default class Saddle extends Panel {
  /** What the server last answered, and for which scene. @type {{scene: string, answer: any}|null} */
  found = null;

  begin() {
    this.hold();
    this.changed();
  }

  get scene() {
    return this.values.scene;
  }

  changed() {
    const scene = this.scene;
    this.follow(scene, (answer) => {
      if (scene === this.scene) this.found = { scene, answer };
    });
  }

  shown(/** @type {string} */ key) {
    return ["delta", "coupling", "eta"].includes(key) ? read(this.number(key), 2) : super.shown(key);
  }

  /** The start is dragged in the plane, or moved by the arrow keys. */
  hold() {
    const canvas = this.canvas("plane");
    canvas.tabIndex = 0;
    let held = false;
    const move = (/** @type {number} */ x, /** @type {number} */ y) => {
      const inside = (/** @type {number} */ value) => String(Number(Math.max(-REACH, Math.min(REACH, value)).toFixed(2)));
      this.set({ x: inside(x), y: inside(y) });
    };
    const at = (/** @type {PointerEvent} */ event) => this.plot && move(this.plot.stepAt(event.offsetX), this.height(event.offsetY));
    canvas.addEventListener("pointerdown", (event) => {
      if (!this.plot) return;
      const [x, y] = [this.plot.x(this.number("x")), this.plot.y(this.number("y"))];
      if (event.pointerType === "touch" && Math.hypot(event.offsetX - x, event.offsetY - y) > 40) return;
      held = true;
      this.dragging = true;
      canvas.setPointerCapture(event.pointerId);
      at(event);
    });
    canvas.addEventListener("touchstart", (event) => held && event.preventDefault(), { passive: false });
    canvas.addEventListener("pointermove", (event) => {
      canvas.style.cursor = "move";
      if (held) at(event);
    });
    const drop = () => {
      if (!held) return;
      held = false;
      this.settle();
    };
    canvas.addEventListener("pointerup", drop);
    canvas.addEventListener("pointercancel", drop);
    canvas.addEventListener("keydown", (event) => {
      const way = /** @type {Record<string, [number, number]>} */ ({ ArrowRight: [0.1, 0], ArrowLeft: [-0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] })[event.key];
      if (!way) return;
      move(this.number("x") + way[0], this.number("y") + way[1]);
      event.preventDefault();
    });
  }

  height(/** @type {number} */ py) {
    const { plot } = this;
    if (!plot) return 0;
    const [low, high] = plot.axes.y;
    return low + ((plot.bottom - py) / (plot.bottom - plot.top)) * (high - low);
  }

  // --- drawing ------------------------------------------------------------------------------------

  draw() {
    this.drawPlane();
    this.drawBeside();
    put(this.find(".beside-title"), say(this.scene === "theorem" ? "saddle.gradient_norm" : "saddle.distance"));
    put(this.find(".why-text"), say(this.scene === "dirac" ? `saddle.why_${this.values.game}` : `saddle.why_${this.scene}`));
    this.fillReadOuts();
  }

  /** The answer of the scene in sight, if it is there. */
  get answer() {
    return this.found?.scene === this.scene ? this.found.answer : null;
  }

  drawPlane() {
    const canvas = this.canvas("plane");
    const wide = canvas.clientWidth - 50, tall = canvas.clientHeight - 28;
    const across = tall > 0 && wide > 0 ? (REACH * wide) / tall : REACH;
    const plot = (this.plot = Plot.on(canvas, { x: [-across, across], y: [-REACH, REACH], marks: [-2, -1, 0, 1, 2] }));
    if (!plot) return;
    const paint = colours(), { answer } = this;
    plot.frame();
    const [flat, upright] = this.scene === "dirac" ? [say("saddle.theta"), say("saddle.psi")] : ["θ", "ω"];
    plot.word(flat, plot.right - 4, plot.y(0) - 6, paint.ink2);
    plot.word(upright, plot.x(0) + 6, plot.top + 14, paint.ink2, "left");
    plot.inside(() => {
      plot.line([-across, across], [0, 0], { colour: paint.ink3, width: 1 });
      plot.line([0, 0], [-REACH, REACH], { colour: paint.ink3, width: 1 });
      if (!answer) return;
      if (this.scene === "dirac") {
        if (answer.clip) for (const edge of [-answer.clip, answer.clip]) plot.line([-across, across], [edge, edge], { colour: paint.ink2, width: 1.4, dash: [4, 4] });
        arrows(plot, float64(answer.field), faint(paint.ink, 0.5));
        trail(plot, float64(answer.path), paint.critic);
      } else if (this.scene === "bilinear") {
        for (const order of ORDERS) trail(plot, float64(answer.paths[order]), order === "alternating" ? paint.real : paint.generated);
      } else trail(plot, float64(answer.path), paint.critic);
    });
    const { context } = plot, x = plot.x(this.number("x")), y = plot.y(this.number("y"));
    context.beginPath();
    context.arc(x, y, 9, 0, 2 * Math.PI);
    context.fillStyle = paint.paper;
    context.fill();
    plot.stroke({ colour: paint.ink, width: 2.4 });
    context.beginPath();
    context.arc(x, y, 3.4, 0, 2 * Math.PI);
    context.fillStyle = paint.ink;
    context.fill();
  }

  drawBeside() {
    const { answer } = this;
    const lines = this.beside(answer);
    const values = lines.flatMap(({ ys }) => [...ys]).filter((value) => value > 0 && Number.isFinite(value));
    const top = Math.max(...values), even = values.length > 0 && top < 50 * Math.min(...values);
    const low = 10 ** Math.floor(Math.log10(Math.max(Math.min(...values), 1e-16))), high = 10 ** Math.ceil(Math.log10(Math.max(...values)) + 1e-9);
    const steps = Math.max(1, ...lines.map(({ ys }) => ys.length - 1));
    const plot = Plot.on(this.canvas("beside"), even
      ? { x: [0, steps], y: [0, roundTop(1.05 * top)] }
      : values.length ? { x: [0, steps], y: [low, Math.max(high, 10 * low)], log: true } : { x: [0, 80], y: [0, 1], marks: [] });
    if (!plot) return;
    plot.frame();
    plot.inside(() => {
      for (const { ys, stroke } of lines) plot.line(Array.from(ys, (_, k) => k), Array.from(ys, (value) => (value > 0 ? value : NaN)), stroke);
    });
  }

  /** The lines of the chart beside the plane. @returns {{ys: ArrayLike<number> & Iterable<number>, stroke: import("../plot.js").Stroke}[]} */
  beside(/** @type {any} */ answer) {
    if (!answer) return [];
    const paint = colours();
    if (this.scene === "theorem") {
      return [
        { ys: float64(answer.J), stroke: { colour: paint.critic, width: 2.6 } },
        { ys: float64(answer.bound), stroke: { colour: paint.ink, width: 2.4, dash: [7, 4] } },
      ];
    }
    if (this.scene === "bilinear") {
      return ORDERS.map((order) => ({ ys: radii(float64(answer.paths[order])), stroke: { colour: order === "alternating" ? paint.real : paint.generated, width: 2.4 } }));
    }
    return [{ ys: radii(float64(answer.path)), stroke: { colour: paint.critic, width: 2.6 } }];
  }

  fillReadOuts() {
    const { answer } = this, place = this.find(".read-outs");
    /** @type {[string, string][]} */
    let rows = [];
    if (answer && this.scene === "theorem") {
      rows = [["read_eta", read(answer.eta)], ["read_factor", read(answer.factor, 4)], ["read_measured", answer.measured === null ? "–" : read(answer.measured, 4)]];
    } else if (answer && this.scene === "bilinear") {
      rows = [["read_growth", answer.growth.toFixed(4)], ["read_single", read(answer.end["single-step"])], ["read_alternating", read(answer.end.alternating)]];
    } else if (answer) rows = [["read_start", read(answer.start)], ["read_end", read(answer.end)]];
    readOuts(place, rows.map(([key, value]) => [say(`saddle.${key}`), value]));
  }

  speak() {
    const { answer } = this;
    if (!answer) return;
    const rounded = (/** @type {number} */ value) => read(value, 3);
    if (this.scene === "theorem") {
      if (answer.measured === null) this.say("rest", () => say("saddle.says_at_rest"));
      else this.say(`theorem ${answer.measured}`, () => say("saddle.says_theorem", { measured: read(answer.measured, 3), factor: read(answer.factor, 3), eta: rounded(answer.eta) }));
    } else if (this.scene === "bilinear") {
      this.say(`xy ${answer.growth} ${answer.end.alternating}`, () => say("saddle.says_bilinear", { growth: answer.growth.toFixed(4), near: rounded(answer.end.alternating) }));
    } else {
      const { start, end } = answer;
      const key = end < 0.05 * start ? "saddle.says_settles" : end < 0.6 * start ? "saddle.says_nearer" : "saddle.says_turns";
      const steps = float64(answer.path).length / 2 - 1;
      this.say(`${key} ${end}`, () => say(key, { steps: String(Math.min(steps, ORBIT)), start: rounded(start), end: rounded(end) }));
    }
  }
}

/** The distances from 0 of points x, y, x, y, ... */
function radii(/** @type {Float64Array} */ path) {
  return Float64Array.from({ length: path.length / 2 }, (_, k) => Math.hypot(path[2 * k], path[2 * k + 1]));
}

/** A path as a line with a dot at every step, fainter as there are more. */
function trail(/** @type {Plot} */ plot, /** @type {Float64Array} */ path, /** @type {string} */ colour) {
  const n = path.length / 2;
  const xs = Array.from({ length: n }, (_, k) => path[2 * k]), ys = Array.from({ length: n }, (_, k) => path[2 * k + 1]);
  const { context } = plot;
  // Points on one pixel column are no line of a function here, so the path is drawn as it is.
  context.beginPath();
  xs.forEach((x, k) => (k ? context.lineTo(plot.x(x), plot.y(ys[k])) : context.moveTo(plot.x(x), plot.y(ys[k]))));
  plot.stroke({ colour: faint(colour, 0.7), width: 1.6 });
  context.fillStyle = colour;
  xs.forEach((x, k) => {
    context.beginPath();
    context.arc(plot.x(x), plot.y(ys[k]), k === n - 1 ? 5 : 1.9, 0, 2 * Math.PI);
    context.fill();
  });
}

/** A vector field on a grid of SIDE by SIDE: arrows, the longest as long as a cell. */
function arrows(/** @type {Plot} */ plot, /** @type {Float64Array} */ field, /** @type {string} */ colour) {
  const { context } = plot;
  let most = 0;
  for (let k = 0; k < field.length; k += 2) most = Math.max(most, Math.hypot(field[k], field[k + 1]));
  const cell = (plot.y(0) - plot.y((2 * REACH) / (SIDE - 1))) * 0.92;
  context.strokeStyle = context.fillStyle = colour;
  context.lineWidth = 1.2;
  for (let j = 0; j < SIDE; j++) {
    for (let i = 0; i < SIDE; i++) {
      const at = 2 * (j * SIDE + i), size = Math.hypot(field[at], field[at + 1]);
      if (!(size > 1e-9)) continue;
      // The square root keeps short arrows in sight.
      const long = (cell * Math.sqrt(size / most)) / size;
      const x = plot.x(-REACH + (2 * REACH * i) / (SIDE - 1)), y = plot.y(-REACH + (2 * REACH * j) / (SIDE - 1));
      const dx = field[at] * long, dy = -field[at + 1] * long, turn = Math.atan2(dy, dx);
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x + dx, y + dy);
      context.stroke();
      context.beginPath();
      context.moveTo(x + dx + 2 * Math.cos(turn), y + dy + 2 * Math.sin(turn));
      context.lineTo(x + dx + 4.5 * Math.cos(turn + 2.5), y + dy + 4.5 * Math.sin(turn + 2.5));
      context.lineTo(x + dx + 4.5 * Math.cos(turn - 2.5), y + dy + 4.5 * Math.sin(turn - 2.5));
      context.fill();
    }
  }
}
