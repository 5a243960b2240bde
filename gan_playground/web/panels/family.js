/**
 * The family of f-divergences between p and q: values, where they come from, the four functions, and the
 * best single Gaussian under each. Densities are drawn here as the hand moves; the rest follows from the server.
 */

import { float64, fromLog, read } from "../exact.js";
import { hint, slider, starts, typed } from "../fields.js";
import { icon } from "../icons.js";
import { say } from "../language.js";
import { chip, drawing, formula } from "../layout.js";
import { roundTop, signed } from "../numbers.js";
import { Panel } from "../panel.js";
import { grid } from "../strokes.js";
import { html, nothing } from "../vendor/lit-html.js";
import { bells, logDensity, peak } from "./family/bells.js";
import { FUNCTIONS, drawFits, drawFunctions, drawLines } from "./family/charts.js";
import { drawDensities, holdDensities } from "./family/densities.js";
import { highest, integrandRange, picked, printed } from "./family/readings.js";

/** What a best normal's row shows. */
const NORMAL = /** @type {const} */ (["value", "mu", "sigma"]);
const CRITIC = /** @type {[number, number]} */ ([-4, 4]); // the axis of T*

/** A family's parameter and the step of its slider. @typedef {{key: string, step: number}} Parameter */

export default class Family extends Panel {
  /** @type {{view: [number, number], lines: Record<string, {integrand: Float64Array, critic: Float64Array}>}|null} */
  curves = null;
  /** @type {{values: Record<string, import("./family/readings.js").Value>, mirror: boolean}|null} */
  table = null;
  /** @type {any} */
  profiles = null;
  /** Best normals by divergence, of the p they belong to. @type {{p: string, found: Record<string, any>, running: boolean}} */
  fits = { p: "", found: {}, running: false };
  /** Tops of the axes, which stand still during a drag. */
  tops = { density: 0.6, fits: 0.6, integrand: /** @type {[number, number]} */ ([-0.2, 0.4]) };
  /** @type {import("../plot.js").Plot|null} */
  plot = null;
  /** @type {import("./family/densities.js").Handle[]} */
  handles = [];
  /** The pair that the axis was made for. */
  viewed = "";

  painted() {
    super.painted();
    holdDensities(this);
  }

  begin() {
    this.changed(Object.keys(this.values));
    this.settled();
    // The paper's mixture is everybody's first picture, and its fits are found once for all.
    if (this.values.p === this.defaults.p) this.findFits();
  }

  get chosen() {
    return this.values.show.split(",");
  }

  get pair() {
    return `${this.values.p} ${this.values.q}`;
  }

  get view() {
    return /** @type {[number, number]} */ (this.values.view.split(":").map(Number));
  }

  /** The best normals of the p in sight, as far as they are found. */
  get found() {
    return this.fits.p === this.values.p ? this.fits.found : {};
  }

  nameOf(/** @type {string} */ key) {
    return say(`knobs.objective.${key}`);
  }

  // --- markup ---------------------------------------------------------------------------------------

  controls() {
    const { pairs, parameters } = this.about;
    const pair = (/** @type {{key: string, p: string, q: string}} */ { key, p, q }) => html`<button type="button"
      data-p=${p} data-q=${q} @click=${() => this.choose({ p, q })}>${this.word(`pair_${key}`)}</button>`;
    return [
      typed(this, "p"), typed(this, "q"), starts(this, "pairs", "pairs", pairs.map(pair)),
      ...parameters.map((/** @type {Parameter} */ { key, step }) => slider(this, key, step)),
    ];
  }

  stage() {
    return html`<div class="family-top first">
        <article class="card scenes"><div class="line">${chip(this, "p", "real")}${chip(this, "q", "generated")}<span
            class="unit">${this.word("drag")}</span><span class="unit far">${say("divergences.exact")}</span></div>
          ${drawing(this, "densities", "tall")}
          <h3>${this.word("integrand_title")}</h3>${drawing(this, "integrand")}
          <h3>${this.word("critic_title")}</h3>${drawing(this, "critic")}</article>
        <article class="card values"><div class="line"><h2>${this.word("values")}</h2>
            <span class="unit">${this.word("pick")}</span></div>${formula(this.formulas.divergence)}
          <table class="figures"><tbody>${this.about.keys.map((/** @type {string} */ key) => this.row(key))}${
            this.about.beside.map((/** @type {string} */ key) => this.row(key, false))}</tbody></table><p class="hint why">${this.why}</p></article>
      </div>
      <article class="card"><div class="line"><h2>${this.word("functions")}</h2><span class="unit name-of">${
        this.profiles ? this.word("functions_of", { name: this.nameOf(this.chosen[0]) }) : ""}</span></div>
        <div class="functions">${FUNCTIONS.map((key) => html`<div class="function" data-function=${key}><p class="formula">${
          this.profiles ? formula(this.profiles.formulas[key]) : nothing}</p>${drawing(this, `of-${key}`, "low")}</div>`)}</div><p
          class="hint">${this.functionsHint()}</p></article>
      ${this.fitted()}`;
  }

  /** A row of the table of values; the first ones are drawn when they are picked. */
  row(/** @type {string} */ key, drawn = true) {
    const at = this.chosen.indexOf(key), entry = this.table?.values[key];
    const name = drawn
      ? html`<button type="button" aria-pressed=${at >= 0} @click=${() => this.pick(key)}><i
          class=${at >= 0 ? `tone tone-${at}` : "tone"}></i><span>${this.nameOf(key)}</span></button>`
      : html`<span>${this.word(`row_${key}`)}</span>`;
    return html`<tr data-row=${key} class=${at >= 0 ? "drawn" : ""}><th scope="row">${name}</th><td
      title=${entry?.text ?? nothing}>${entry ? printed(entry) : ""}</td></tr>`;
  }

  /** Why a value is infinite: the last of the drawn ones that is, else the first of all. */
  get why() {
    /** @type {string[]} */
    const found = [];
    for (const [key, { why }] of Object.entries(this.table?.values ?? {})) {
      if (why && (this.chosen.includes(key) || !found.length)) found.unshift(this.word("why_infinite", { name: this.nameOf(key), why }));
    }
    return found[0] ?? "";
  }

  /** A formula stands in the middle of the sentence. */
  functionsHint() {
    if (!this.profiles) return nothing;
    const [before, after] = this.word("functions_hint", { domain: "\u0000" }).split("\u0000");
    return [before, formula(this.profiles.formulas.domain), after];
  }

  fitted() {
    const { fits, found } = this, current = fits.p === this.values.p;
    const finding = current && fits.running;
    const done = current && !fits.running && Object.keys(fits.found).length > 0;
    const heads = [..."ab"].map(() => ["divergence_short", "mean", "sd"].map((name) => html`<th>${formula(this.formulas[name])}</th>`));
    return html`<article class="card fits"><div class="line"><h2>${this.word("fits")}</h2>
          <span class="unit">${this.word("fits_unit")}</span><button type="button" class="button far" data-do="fit"
          ?hidden=${done} ?disabled=${finding} @click=${() => this.findFits()}>
          ${icon("play")}<span>${this.word(finding ? "finding" : "find")}</span></button></div>
        <div class="pair-of"><div>${drawing(this, "fitted", "tall")}${hint(this, "fits")}</div>
        <div class="scroll"><table class="figures"><thead><tr><th></th><th colspan="3">${this.word("ours")}</th>
          <th colspan="3">${this.word("paper")}</th></tr><tr><th></th>${heads}</tr></thead>
          <tbody>${this.about.fitted.map((/** @type {string} */ key) => this.fitRow(key, found[key]))}</tbody></table></div></div>
      </article>`;
  }

  /** A best normal beside the paper's: its divergence, mean and standard deviation. */
  fitRow(/** @type {string} */ key, /** @type {any} */ answer) {
    const cells = (/** @type {string} */ kind, /** @type {import("./family/charts.js").BestNormal|null|undefined} */ normal) => NORMAL.map((part, k) => html`<td class=${kind}>${
      normal ? signed(normal[part].toFixed(4)) : answer && kind === "ours" && k === 0 ? this.word("no_fit") : ""}</td>`);
    return html`<tr data-fit=${key} class=${this.chosen.includes(key) ? "drawn" : ""}><th scope="row"><span>${this.nameOf(key)}</span></th>${
      cells("ours", answer?.fit)}${cells("paper", answer?.paper)}</tr>`;
  }

  // --- what changes -----------------------------------------------------------------------------------

  changed(/** @type {string[]} */ keys) {
    if (keys.includes("view")) this.viewed = this.pair; // an axis that was asked for stays
    this.follow("pair", (answer) => {
      this.table = answer;
      const lines = Object.entries(answer.lines).map(([key, line]) => [key, { integrand: float64(line.integrand), critic: float64(line.critic) }]);
      this.curves = { view: answer.view, lines: Object.fromEntries(lines) };
      if (!this.dragging) this.measure();
    });
    const shaping = ["show", ...this.about.parameters.map((/** @type {Parameter} */ { key }) => key)];
    if (keys.some((key) => shaping.includes(key))) this.follow("profiles", (answer) => (this.profiles = answer));
  }

  /** Axes may change when the hand has let go. */
  async settled() {
    this.tops.fits = roundTop(1.2 * peak(bells(this.values.p)));
    this.tops.density = roundTop(1.12 * Math.max(peak(bells(this.values.p)), peak(bells(this.values.q))));
    this.measure();
    if (this.pair === this.viewed) return;
    this.viewed = this.pair;
    const answer = await this.ask("view");
    if (answer && answer.view !== this.values.view) this.set({ view: answer.view });
  }

  measure() {
    if (!this.curves) return;
    this.tops.integrand = integrandRange(Object.values(this.curves.lines).map(({ integrand }) => integrand), this.tops.density);
  }

  pick(/** @type {string} */ key) {
    this.choose({ show: picked(this.chosen, key, this.about.most).join(",") });
  }

  /** One divergence after another, so that rows fill as they are found; another p ends it. */
  async findFits() {
    const { p } = this.values;
    if (this.fits.running && this.fits.p === p) return;
    this.fits = { p, found: {}, running: true };
    const mine = this.fits;
    const { fitted } = this.about;
    for (const key of new Set([...this.chosen.filter((name) => fitted.includes(name)), ...fitted])) {
      this.redraw();
      const answer = await this.tab.answer(this.key, `fit-${key}`, { ...this.values, p });
      if (mine !== this.fits) return;
      if (answer && !answer.refused) mine.found[key] = answer;
    }
    mine.running = false;
    this.redraw();
  }

  // --- drawing --------------------------------------------------------------------------------------

  draw() {
    const { p, q, show, view } = this.values;
    this.part("densities", [p, q, view, this.tops.density], () => drawDensities(this));
    this.part("integrand", [this.curves, view, show, ...this.tops.integrand], () => drawLines(this, "integrand", this.tops.integrand));
    this.part("critic", [this.curves, view, show], () => drawLines(this, "critic", CRITIC));
    this.part("functions", [this.profiles, show], () => drawFunctions(this));
    this.part("fits", [p, view, show, this.tops.fits, this.fits, Object.keys(this.fits.found).length], () => drawFits(this));
  }

  speak() {
    if (!this.table || !this.curves) return;
    const [key] = this.chosen;
    const name = this.nameOf(key), entry = this.table.values[key], line = this.curves.lines[key];
    if (this.table.mirror) {
      this.say("same", () => this.word("says_same"));
      return;
    }
    const why = entry?.why;
    if (why) {
      this.say(`infinite ${key}`, () => this.word("says_infinite", { name, why }));
      return;
    }
    if (!line) return;
    const p = bells(this.values.p), q = bells(this.values.q);
    const x = grid(this.curves.view, line.integrand.length)[highest(line.integrand)];
    const ratio = logDensity(p, x) - logDensity(q, x);
    const sentence = ratio >= 0 ? "says_missing" : "says_misplaced";
    const values = { x: read(Number(x.toFixed(2))), ratio: fromLog(Math.abs(ratio), 2) };
    this.say(`${sentence} ${key} ${values.x} ${values.ratio}`, () => this.word(sentence, { ...values, name: this.nameOf(key) }));
  }
}
