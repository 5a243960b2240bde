/**
 * Saddle points: a game of two numbers in the plane, its path from a start that is dragged, and beside it
 * how far it still is. The server computes every path; a drag asks again as often as it answers.
 */

import { float64, read } from "../exact.js";
import { only, segments, slider } from "../fields.js";
import { chip, drawing, formula, readOuts, titled } from "../layout.js";
import { roundTop } from "../numbers.js";
import { Panel } from "../panel.js";
import { Plot } from "../plot.js";
import { colours, faint } from "../surface.js";
import { html } from "../vendor/lit-html.js";
import { arrows, radii, trail } from "./saddle/paths.js";

const NEAR = 40; // px around the start: a finger takes it only there
const SETTLED = 0.05, NEARER = 0.6; // of the first distance, at the end of an orbit
const NUDGE = 0.1;
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowRight: [NUDGE, 0], ArrowLeft: [-NUDGE, 0], ArrowUp: [0, NUDGE], ArrowDown: [0, -NUDGE] };

export default class Saddle extends Panel {
  /** What the server last answered, and for which scene. @type {{scene: string, answer: any}|null} */
  found = null;

  /** @type {Plot|null} */
  plot = null;

  painted() {
    super.painted();
    const at = (/** @type {PointerEvent} */ event) => this.plot && this.move(this.plot.stepAt(event.offsetX), this.height(event.offsetY));
    this.hold("plane", {
      take: (event) => {
        if (!this.plot) return null;
        const [x, y] = [this.plot.x(this.number("x")), this.plot.y(this.number("y"))];
        if (event.pointerType === "touch" && Math.hypot(event.offsetX - x, event.offsetY - y) > NEAR) return null;
        this.dragging = true;
        at(event);
        return true;
      },
      move: (_, event) => at(event),
      cursor: () => "move",
      key: (event) => {
        const way = WAYS[event.key];
        if (way) this.move(this.number("x") + way[0], this.number("y") + way[1]);
        return Boolean(way);
      },
    });
  }

  begin() {
    this.changed();
  }

  /** The start stands elsewhere, within the plane that is shown. */
  move(/** @type {number} */ x, /** @type {number} */ y) {
    const inside = (/** @type {number} */ value) => String(Number(Math.max(-this.reach, Math.min(this.reach, value)).toFixed(2)));
    this.set({ x: inside(x), y: inside(y) });
  }

  /** The plane reaches so far from the saddle point on every side. */
  get reach() {
    return Number(this.fields.x.high);
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

  height(/** @type {number} */ py) {
    const { plot } = this;
    if (!plot) return 0;
    const [low, high] = plot.axes.y;
    return low + ((plot.bottom - py) / (plot.bottom - plot.top)) * (high - low);
  }

  // --- markup -------------------------------------------------------------------------------------

  controls() {
    return [
      segments(this, "scene"),
      only(this, "theorem", [slider(this, "delta", 0.05), slider(this, "coupling", 0.05)]),
      only(this, "dirac", [segments(this, "game", true), segments(this, "order")]),
      only(this, "bilinear dirac", slider(this, "eta", 0.01)),
    ];
  }

  stage() {
    const { scene } = this;
    const formulas = Object.entries(this.formulas).map(([name, made]) => html`<span class="formula" data-scene=${name}
      ?hidden=${name !== scene}>${formula(made)}</span>`);
    return html`<article class="card first"><div class="line">${[
          chip(this, "line-generated", "single-step", "bilinear"), chip(this, "line-real", "alternating", "bilinear"),
          chip(this, "line-critic", "measured", "theorem"), chip(this, "exact", "guaranteed", "theorem"),
          chip(this, "line-critic", "trajectory", "dirac")]}<span class="unit drag-hint">${this.word("drag")}</span>
          <span class="far formula-line">${formulas}</span></div>
        <div class="saddle-pair">${drawing(this, "plane", "square")}
          <div class="stack-of"><h2 class="beside-title">${this.word(scene === "theorem" ? "gradient_norm" : "distance")}</h2>${
            drawing(this, "beside", "tall")}
            ${readOuts(this.readings())}</div></div></article>
      ${titled(this, "why", html`<p class="why-text">${this.word(scene === "dirac" ? `why_${this.values.game}` : `why_${scene}`)}</p>`)}`;
  }

  /** What is read off the path in sight. @returns {[string, string][]} */
  readings() {
    const { answer } = this;
    /** @type {[string, string][]} */
    const rows = !answer ? []
      : this.scene === "theorem" ? [["read_eta", read(answer.eta)], ["read_factor", read(answer.factor, 4)], ["read_measured", answer.measured === null ? "–" : read(answer.measured, 4)]]
      : this.scene === "bilinear" ? [["read_growth", answer.growth.toFixed(4)], ["read_single", read(answer.end["single-step"])], ["read_alternating", read(answer.end.alternating)]]
      : [["read_start", read(answer.start)], ["read_end", read(answer.end)]];
    return rows.map(([key, value]) => [this.word(key), value]);
  }

  // --- drawing ------------------------------------------------------------------------------------

  draw() {
    this.drawPlane();
    this.drawBeside();
  }

  /** The answer of the scene in sight, if it is there. */
  get answer() {
    return this.found?.scene === this.scene ? this.found.answer : null;
  }

  drawPlane() {
    const canvas = this.canvas("plane");
    const wide = canvas.clientWidth - 50, tall = canvas.clientHeight - 28;
    const { reach } = this, across = tall > 0 && wide > 0 ? (reach * wide) / tall : reach;
    const plot = (this.plot = Plot.on(canvas, { x: [-across, across], y: [-reach, reach], marks: [-2, -1, 0, 1, 2] }));
    if (!plot) return;
    const paint = colours(), { answer } = this;
    plot.frame();
    const [flat, upright] = this.scene === "dirac" ? [this.word("theta"), this.word("psi")] : ["θ", "ω"];
    plot.word(flat, plot.right - 4, plot.y(0) - 6, paint.ink2);
    plot.word(upright, plot.x(0) + 6, plot.top + 14, paint.ink2, "left");
    plot.inside(() => {
      plot.line([-across, across], [0, 0], { colour: paint.ink3, width: 1 });
      plot.line([0, 0], [-reach, reach], { colour: paint.ink3, width: 1 });
      if (!answer) return;
      if (this.scene === "dirac") {
        if (answer.clip) for (const edge of [-answer.clip, answer.clip]) plot.line([-across, across], [edge, edge], { colour: paint.ink2, width: 1.4, dash: [4, 4] });
        arrows(plot, float64(answer.field), reach, faint(paint.ink, 0.5));
        trail(plot, float64(answer.path), paint.critic);
      } else if (this.scene === "bilinear") {
        for (const order of this.orders) trail(plot, float64(answer.paths[order]), order === "alternating" ? paint.real : paint.generated);
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

  /** Both orders of moves. @type {string[]} */
  get orders() {
    return this.fields.order.choices ?? [];
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
      return this.orders.map((order) => ({ ys: radii(float64(answer.paths[order])), stroke: { colour: order === "alternating" ? paint.real : paint.generated, width: 2.4 } }));
    }
    return [{ ys: radii(float64(answer.path)), stroke: { colour: paint.critic, width: 2.6 } }];
  }

  speak() {
    const { answer } = this;
    if (!answer) return;
    const rounded = (/** @type {number} */ value) => read(value, 3);
    if (this.scene === "theorem") {
      if (answer.measured === null) this.say("rest", () => this.word("says_at_rest"));
      else this.say(`theorem ${answer.measured}`, () => this.word("says_theorem", { measured: read(answer.measured, 3), factor: read(answer.factor, 3), eta: rounded(answer.eta) }));
    } else if (this.scene === "bilinear") {
      this.say(`xy ${answer.growth} ${answer.end.alternating}`, () => this.word("says_bilinear", { growth: answer.growth.toFixed(4), near: rounded(answer.end.alternating) }));
    } else {
      const { start, end } = answer;
      const key = end < SETTLED * start ? "says_settles" : end < NEARER * start ? "says_nearer" : "says_turns";
      const steps = float64(answer.path).length / 2 - 1;
      this.say(`${key} ${end}`, () => this.word(key, { steps: String(steps), start: rounded(start), end: rounded(end) }));
    }
  }
}
