/**
 * Why Wasserstein: q is moved away from p. The server sends each distance along all shifts once; a move
 * reads them, so that everything follows the hand without asking.
 */

import { float64, fromLog, read } from "../exact.js";
import { hint, menu, segments, slider } from "../fields.js";
import { say } from "../language.js";
import { chip, drawing, formula, titled } from "../layout.js";
import { plain } from "../numbers.js";
import { Panel } from "../panel.js";
import { html } from "../vendor/lit-html.js";
import { drawCritic, drawDiscriminator, drawRow, drawScene, drawTrick } from "./shift/charts.js";
import { told } from "./shift/told.js";

const NEAR = 4; // how far from q's centre the hand may take it
const SATURATED = 0.97; // of the most that Jensen-Shannon can be: beyond it the two are apart
const KINDS = /** @type {const} */ (["value", "slope"]);
/** What stands in the table, by the formula that names it. */
const TOLD = /** @type {const} */ (["saturating", "non-saturating", "critic"]);

export default class Shift extends Panel {
  /** Logarithms of values and slopes along shifts, by row. @type {Record<string, {value: Float64Array, slope: Float64Array}>|null} */
  curves = null;
  /** @type {import("../plot.js").Plot|null} */
  plot = null;

  painted() {
    super.painted();
    const shift = (/** @type {PointerEvent} */ event) => this.plot ? this.plot.stepAt(event.offsetX) : NaN;
    const near = (/** @type {PointerEvent} */ event) => !(Math.abs(shift(event) - this.at) > NEAR);
    this.hold("scene", {
      take: (event) => (Math.abs(shift(event) - this.at) <= NEAR ? { grip: shift(event) - this.at } : null),
      move: ({ grip }, event) => this.move(shift(event) - grip),
      cursor: (event, held) => (held || near(event) ? "ew-resize" : ""),
      key: (event) => {
        const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (way) this.move(this.at + way * 5 * this.step);
        return Boolean(way);
      },
    });
  }

  begin() {
    this.load();
  }

  changed(/** @type {string[]} */ keys) {
    if (keys.some((key) => key !== "at")) this.load();
  }

  load() {
    this.follow("curves", (answer) => {
      this.curves = Object.fromEntries(this.rows.map((row) => [row, {
        value: float64(answer[row].value), slope: float64(answer[row].slope),
      }]));
    });
  }

  /** How far q is from p. */
  get at() {
    return this.number("at");
  }

  get far() {
    return Number(this.fields.at.high);
  }

  /** Between two shifts that the server sent. @type {number} */
  get step() {
    return this.about.step;
  }

  /** The distances, one below another. @type {string[]} */
  get rows() {
    return this.about.rows;
  }

  /** Where the shift in sight stands among those that the server sent. */
  get place() {
    return Math.round(this.at / this.step);
  }

  shown(/** @type {string} */ key) {
    return key === "at" ? this.at.toFixed(1) : this.values[key];
  }

  move(/** @type {number} */ to) {
    const held = Math.max(0, Math.min(this.far, Math.round(to / this.step) * this.step));
    this.set({ at: String(Number(held.toFixed(1))) });
  }

  nameOf(/** @type {string} */ row) {
    if (row === "w1") return this.word("name_w1");
    return row === "js" ? this.word(`name_${this.values.js}`) : say(`knobs.objective.${this.values.measure}`);
  }

  // --- markup -------------------------------------------------------------------------------------

  controls() {
    return [
      slider(this, "at", this.step), segments(this, "shape"),
      menu(this, "measure", (key) => say(`knobs.objective.${key}`), hint(this, "measure")), segments(this, "js"),
    ];
  }

  stage() {
    return html`<article class="card first"><div class="line">${chip(this, "p", "real")}${chip(this, "q", "generated")}<span
        class="unit">${this.word("drag")}</span><span class="unit far">${say("divergences.exact")}</span></div>${drawing(this, "scene", "tall")}</article>
      <div class="pair-of">
        <article class="card"><div class="heads"><h2>${this.word("far")}</h2>
          <h2><span>${this.word("steep")}</span> <span class="unit">${this.word("steep_unit")}</span></h2></div>
          <div class="six">${this.rows.flatMap((row) => KINDS.map((kind) => this.cell(row, kind)))}</div></article>
        <div class="stack-of">
          <article class="card"><div class="line"><h2>${this.word("tells")}</h2><span class="unit at-now">${this.word("at_distance", { at: plain(this.at) })}</span></div>
            <h3>${this.word("discriminator")}</h3>${drawing(this, "discriminator", "low")}
            <h3>${this.word("critic")}</h3>${drawing(this, "critic", "low")}${this.table()}</article>
          ${titled(this, "trick", [drawing(this, "trick-chart", "low"), hint(this, "trick")])}
        </div>
      </div>`;
  }

  /** A distance, or its slope, along all shifts, and its value now. */
  cell(/** @type {string} */ row, /** @type {"value"|"slope"} */ kind) {
    const name = this.nameOf(row), logs = this.curves?.[row][kind];
    return html`<div class="cell-of ${row} of-${kind}"><div class="line"><h3 class="name">${kind === "value" ? name : this.word("slope_of", { name })}</h3><span
      class="formula"></span><b class="now">${logs ? fromLog(logs[this.place]) : ""}</b></div>${drawing(this, `${kind}-${row}`)}</div>`;
  }

  /** What the generator lowers, at q's centre: values, and slopes that pull it back to p. */
  table() {
    const at = told(this.values.shape, this.at, this.about.width, this.step);
    return html`<table class="figures told-table"><thead><tr><th>${this.word("lowers")}</th><th>${this.word("at_q")}</th>
      <th>${this.word("slope_at_q")}</th></tr></thead><tbody>${TOLD.map((key) => html`<tr data-told=${key}><th scope="row">${
        formula(this.formulas[key])}</th><td class="at">${read(at[key].value)}</td><td class="slope">${read(at[key].slope)}</td></tr>`)}</tbody></table>`;
  }

  // --- drawing and words ----------------------------------------------------------------------------

  draw() {
    const { shape } = this.values;
    drawScene(this);
    for (const row of this.rows) for (const kind of KINDS) drawRow(this, row, kind);
    drawDiscriminator(this);
    drawCritic(this);
    this.part("trick", [shape, shape === "gaussians" ? this.at : 0], () => drawTrick(this));
  }

  speak() {
    if (!this.curves) return;
    const { place, at } = this, { shape } = this.values;
    const js = Math.exp(this.curves.js.value[place]), most = this.about.most[this.values.js];
    const values = { at: plain(at), js: read(js), most: read(most), slope: fromLog(this.curves.js.slope[place]), w1: plain(at) };
    const apart = shape === "uniforms" ? at >= this.about.width : js > SATURATED * most;
    const key = at === 0 ? "says_same"
      : shape === "lines" ? "says_lines"
      : shape === "uniforms" ? (apart ? "says_uniform_apart" : "says_uniform_overlap")
      : apart ? "says_apart" : "says_overlap";
    this.say(`${key} ${at} ${this.values.js}`, () => this.word(key, values));
  }
}
