/**
 * The family of f-divergences between p and q: values, where they come from, the four functions, and the
 * best single Gaussian under each. Densities are drawn here as the hand moves; the rest follows from the server.
 */

import { bells, changed, density, logDensity, peak, written } from "../bells.js";
import { float64, fromLog, read } from "../exact.js";
import { language, put, say } from "../language.js";
import { roundTop, signed } from "../numbers.js";
import { Panel } from "../panel.js";
import { Plot } from "../plot.js";
import { area, grid, grip } from "../strokes.js";
import { colours, faint } from "../surface.js";

const FITTED = ["total-variation", "kl", "reverse-kl", "pearson", "neyman", "hellinger", "jeffrey", "js"];
const REACH = 12; // px around a handle

/** @typedef {{law: "p"|"q", at: number, kind: "mean"|"sd", x: number, y: number}} Handle */

export default class Family extends Panel {
  /** @type {{view: [number, number], lines: Record<string, {integrand: Float64Array, critic: Float64Array}>}|null} */
  curves = null;
  /** @type {{values: Record<string, any>, mirror: boolean}|null} */
  table = null;
  /** @type {any} */
  profiles = null;
  /** Best normals by divergence, of the p they belong to. @type {{p: string, found: Record<string, any>, running: boolean}} */
  fits = { p: "", found: {}, running: false };
  /** Tops of the axes, which stand still during a drag. */
  tops = { density: 0.6, fits: 0.6, integrand: /** @type {[number, number]} */ ([-0.2, 0.4]) };
  /** @type {Handle[]} */
  handles = [];
  /** The pair that the axis was made for. */
  viewed = "";

  begin() {
    this.hold();
    this.find(".figures tbody").addEventListener("click", (event) => this.pick(/** @type {Element} */ (event.target)));
    this.find(".pairs").addEventListener("click", (event) => {
      const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-p]"));
      if (!button) return;
      this.set({ p: String(button.dataset.p), q: String(button.dataset.q) });
      this.settle();
    });
    this.find("[data-do=fit]").addEventListener("click", () => this.findFits());
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

  changed(/** @type {string[]} */ keys) {
    if (keys.includes("view")) this.viewed = this.pair; // an axis that was asked for stays
    this.follow("pair", (answer) => {
      this.table = answer;
      const lines = Object.entries(answer.lines).map(([key, line]) => [key, { integrand: float64(line.integrand), critic: float64(line.critic) }]);
      this.curves = { view: answer.view, lines: Object.fromEntries(lines) };
      if (!this.dragging) this.measure();
    });
    if (keys.some((key) => ["show", "alpha", "pi"].includes(key))) this.follow("profiles", (answer) => (this.profiles = answer));
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

  /** The integrand's axis: what is finite, but no more than eight times the densities. */
  measure() {
    if (!this.curves) return;
    const most = 8 * this.tops.density;
    let low = 0, high = 0;
    for (const { integrand } of Object.values(this.curves.lines)) {
      for (const value of integrand) {
        low = Math.min(low, Math.max(value, -most));
        high = Math.max(high, Math.min(value, most));
      }
    }
    this.tops.integrand = [low < -1e-6 ? -roundTop(-1.05 * low) : 0, roundTop(1.05 * Math.max(high, 1e-3))];
  }

  // --- choosing and dragging ------------------------------------------------------------------------

  /** A row of the table is drawn, or no longer; the fourth choice takes the place of the first. */
  pick(/** @type {Element} */ target) {
    const key = /** @type {HTMLElement|null} */ (target.closest("[data-row]"))?.dataset.row;
    if (!key || !target.closest("button")) return;
    const now = this.chosen;
    const next = now.includes(key) ? now.filter((other) => other !== key) : [...now, key].slice(-3);
    if (next.length) this.set({ show: next.join(",") });
    this.settle();
  }

  hold() {
    const canvas = this.canvas("densities");
    canvas.tabIndex = 0;
    /** @type {{handle: Handle, dx: number, from: {x: number, y: number}, way: string}|null} */
    let held = null;
    let focus = 0;
    const near = (/** @type {PointerEvent} */ event) => {
      const reach = event.pointerType === "touch" ? 2 * REACH : REACH;
      return this.handles.find(({ x, y }) => Math.hypot(event.offsetX - x, event.offsetY - y) < reach);
    };
    canvas.addEventListener("pointerdown", (event) => {
      const handle = near(event);
      if (!handle) return;
      held = { handle, dx: event.offsetX - handle.x, from: { x: event.offsetX, y: event.offsetY }, way: "" };
      canvas.setPointerCapture(event.pointerId);
      this.dragging = true;
    });
    canvas.addEventListener("touchstart", (event) => held && event.preventDefault(), { passive: false });
    canvas.addEventListener("pointermove", (event) => {
      if (!held) {
        canvas.style.cursor = near(event) ? "move" : "";
        return;
      }
      const { handle, dx, from } = held;
      const across = Math.abs(event.offsetX - from.x), up = Math.abs(event.offsetY - from.y);
      if (!held.way && Math.max(across, up) > 5) held.way = across >= up || handle.kind === "sd" ? "across" : "up";
      if (held.way) this.moveTo(handle, held.way, event.offsetX - dx, event.offsetY);
    });
    const drop = () => {
      if (!held) return;
      held = null;
      this.settle();
    };
    canvas.addEventListener("pointerup", drop);
    canvas.addEventListener("pointercancel", drop);
    canvas.addEventListener("keydown", (event) => {
      const means = this.handles.filter(({ kind }) => kind === "mean");
      if (event.key === "Enter") focus = (focus + 1) % means.length;
      const across = { ArrowRight: 0.1, ArrowLeft: -0.1 }[event.key], wide = { ArrowUp: 0.05, ArrowDown: -0.05 }[event.key];
      const handle = means[focus % means.length];
      if (!handle || !(across || wide)) return;
      const all = bells(this.values[handle.law]), bell = all[handle.at];
      this.set({ [handle.law]: written(changed(all, handle.at, across ? { mean: bell.mean + across } : { sd: bell.sd + Number(wide) })) });
      this.settle();
      event.preventDefault();
    });
  }

  moveTo(/** @type {Handle} */ { law, at, kind }, /** @type {string} */ way, /** @type {number} */ px, /** @type {number} */ py) {
    const plot = this.plot;
    if (!plot) return;
    const all = bells(this.values[law]), bell = all[at];
    const x = plot.stepAt(Math.max(plot.left, Math.min(plot.right, px)));
    let change;
    if (kind === "sd") change = { sd: Math.abs(x - bell.mean) };
    else if (way === "across") change = { mean: x };
    else {
      const share = (plot.bottom - py) / (plot.bottom - plot.top);
      change = { weight: share * this.tops.density * bell.sd * Math.sqrt(2 * Math.PI) };
    }
    this.set({ [law]: written(changed(all, at, change)) });
  }

  // --- the best normals -----------------------------------------------------------------------------

  /** One divergence after another, so that rows fill as they are found; another p ends it. */
  async findFits() {
    const { p } = this.values;
    if (this.fits.running && this.fits.p === p) return;
    this.fits = { p, found: {}, running: true };
    const mine = this.fits;
    for (const key of [...new Set([...this.chosen.filter((name) => FITTED.includes(name)), ...FITTED])]) {
      this.redraw();
      const answer = await this.shell.answer(this.key, `fit-${key}`, { ...this.values, p });
      if (mine !== this.fits) return;
      if (answer && !answer.refused) mine.found[key] = answer;
    }
    mine.running = false;
    this.redraw();
  }

  // --- drawing --------------------------------------------------------------------------------------

  get view() {
    return /** @type {[number, number]} */ (this.values.view.split(":").map(Number));
  }

  draw() {
    const { p, q, show, view } = this.values;
    this.part("densities", [p, q, view, this.tops.density], () => this.drawDensities());
    this.part("integrand", [this.curves, show, ...this.tops.integrand], () => this.drawLines("integrand", this.tops.integrand));
    this.part("critic", [this.curves, show], () => this.drawLines("critic", [-4, 4]));
    this.part("table", [this.table, show], () => this.fillTable());
    this.part("functions", [this.profiles, show], () => this.drawFunctions());
    const found = Object.keys(this.fits.found).length;
    this.part("fits", [p, view, show, this.tops.fits, this.fits, found, this.fits.running], () => this.drawFits());
  }

  /** The stroke of the first, second and third choice. */
  tone(/** @type {number} */ at) {
    const paint = colours();
    return [{ colour: paint.ink, width: 2.8 }, { colour: paint.ink, width: 1.3 }, { colour: paint.ink3, width: 2.8, dash: [2, 2.5] }][at];
  }

  drawDensities() {
    const plot = (this.plot = Plot.on(this.canvas("densities"), { x: this.view, y: [0, this.tops.density] }));
    if (!plot) return;
    const paint = colours();
    plot.frame();
    this.handles = [];
    const xs = grid(this.view, 500);
    for (const [law, colour] of /** @type {["p"|"q", string][]} */ ([["p", paint.real], ["q", paint.generated]])) {
      const all = bells(this.values[law]);
      const ys = xs.map((x) => density(all, x));
      plot.inside(() => {
        area(plot, xs, ys, faint(colour, 0.2));
        plot.line(xs, ys, { colour, width: 2.6 });
      });
      all.forEach((bell, at) => {
        const y = density([bell], bell.mean), side = density([bell], bell.mean + bell.sd);
        this.handles.push({ law, at, kind: "mean", x: plot.x(bell.mean), y: plot.y(Math.min(y, this.tops.density)) });
        this.handles.push({ law, at, kind: "sd", x: plot.x(bell.mean + bell.sd), y: plot.y(side) });
      });
    }
    for (const { law, kind, x, y } of this.handles) grip(plot, kind, x, y, law === "p" ? paint.real : paint.generated);
  }

  drawLines(/** @type {"integrand"|"critic"} */ name, /** @type {[number, number]} */ range) {
    const plot = Plot.on(this.canvas(name), { x: this.view, y: range });
    if (!plot || !this.curves) return;
    const { lines, view } = this.curves;
    plot.frame({ steps: name === "critic" });
    this.chosen.forEach((key, at) => {
      if (!lines[key]) return;
      const xs = grid(view, lines[key][name].length), ys = lines[key][name];
      const tone = this.tone(at);
      plot.inside(() => {
        if (name === "integrand" && at === 0) area(plot, xs, ys, faint(colours().critic, 0.14));
        plot.line(xs, ys, name === "critic" ? { ...tone, colour: at === 2 ? faint(colours().critic, 0.6) : colours().critic } : tone);
      });
    });
    if (range[0] < 0) {
      plot.inside(() => plot.line(view, [0, 0], { colour: colours().ink3, width: 1 }));
    }
  }

  fillTable() {
    const { chosen } = this;
    const why = [];
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-row]"))) {
      const key = /** @type {string} */ (row.dataset.row);
      const at = chosen.indexOf(key);
      row.classList.toggle("drawn", at >= 0);
      row.querySelector("button")?.setAttribute("aria-pressed", String(at >= 0));
      const tone = /** @type {HTMLElement|null} */ (row.querySelector(".tone"));
      if (tone) tone.className = `tone${at >= 0 ? ` tone-${at}` : ""}`;
      const entry = this.table?.values[key];
      if (!entry) continue;
      put(/** @type {Element} */ (row.lastElementChild), entry.text === "inf" ? "∞" : fourDecimals(entry));
      /** @type {HTMLElement} */ (row.lastElementChild).title = entry.text;
      if (entry.why && (at >= 0 || !why.length)) why.unshift(say("family.why_infinite", { name: this.nameOf(key), why: entry.why[language()] }));
    }
    put(this.find(".why"), why[0] ?? "");
  }

  nameOf(/** @type {string} */ key) {
    return say(`knobs.objective.${key}`);
  }

  drawFunctions() {
    if (!this.profiles) return;
    const { formulas, lines, u, t, v, ends } = this.profiles;
    put(this.find(".name-of"), say("family.functions_of", { name: this.nameOf(this.chosen[0]) }));
    /** @type {Record<string, {x: [number, number], y: [number, number]}>} */
    const axes = { f: { x: u, y: [-2, 4] }, slope: { x: u, y: [-4, 4] }, conjugate: { x: t, y: [-4, 4] }, activation: { x: v, y: [-4, 4] } };
    for (const [name, about] of Object.entries(axes)) {
      const place = this.find(`[data-function=${name}] .formula`);
      if (place.dataset.shown !== formulas[name]) {
        place.innerHTML = formulas[name];
        place.dataset.shown = formulas[name];
      }
      const plot = Plot.on(this.canvas(`of-${name}`), { x: [Math.floor(about.x[0]), about.x[1]], y: about.y });
      if (!plot) continue;
      plot.frame();
      if (name === "conjugate") this.shadeOutside(plot, ends);
      plot.inside(() => plot.line(plot.axes.x, [0, 0], { colour: colours().ink3, width: 1 }));
      this.chosen.forEach((key, at) => {
        if (!lines[key]) return;
        const ys = float64(lines[key][name]);
        plot.inside(() => plot.line(grid(about.x, ys.length), ys, this.tone(at)));
      });
    }
    const hint = this.find(".functions").nextElementSibling;
    if (!hint) return;
    const text = say("family.functions_hint", { domain: "\u0000" });
    if (/** @type {HTMLElement} */ (hint).dataset.shown !== text + formulas.domain) {
      /** @type {HTMLElement} */ (hint).dataset.shown = text + formulas.domain;
      const [before, after] = text.split("\u0000");
      hint.replaceChildren(before, fragment(formulas.domain), after);
    }
  }

  /** Where the first divergence's f* is infinite: no critic may answer there. */
  shadeOutside(/** @type {Plot} */ plot, /** @type {(number|null)[]} */ [low, high]) {
    const { context } = plot, paint = colours();
    for (const [from, to] of [[plot.axes.x[0], low], [high, plot.axes.x[1]]]) {
      if (from === null || to === null) continue;
      context.fillStyle = paint.sunk;
      context.fillRect(plot.x(from), plot.top, plot.x(to) - plot.x(from), plot.bottom - plot.top);
      if (plot.x(to) - plot.x(from) > 60) plot.word(say("family.no_conjugate"), (plot.x(from) + plot.x(to)) / 2, plot.top + 16, paint.ink2, "center", false);
    }
  }

  drawFits() {
    const button = /** @type {HTMLButtonElement} */ (this.find("[data-do=fit]"));
    const current = this.fits.p === this.values.p;
    button.hidden = current && !this.fits.running && Object.keys(this.fits.found).length > 0;
    button.disabled = current && this.fits.running;
    const words = button.querySelector("span");
    if (words) put(words, say(button.disabled ? "family.finding" : "family.find"));
    const found = current ? this.fits.found : {};
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-fit]"))) {
      const answer = found[/** @type {string} */ (row.dataset.fit)];
      row.classList.toggle("drawn", this.chosen.includes(/** @type {string} */ (row.dataset.fit)));
      const cells = [...row.querySelectorAll("td")];
      cells.forEach((cell, k) => {
        const values = k < 3 ? answer?.fit : answer?.paper;
        put(cell, values ? signed(values[k % 3].toFixed(4)) : answer && k === 0 ? say("family.no_fit") : "");
      });
    }
    const plot = Plot.on(this.canvas("fitted"), { x: this.view, y: [0, this.tops.fits] });
    if (!plot) return;
    const paint = colours();
    plot.frame();
    const xs = grid(this.view, 400), all = bells(this.values.p);
    const ys = xs.map((x) => density(all, x));
    plot.inside(() => {
      area(plot, xs, ys, faint(paint.real, 0.2));
      plot.line(xs, ys, { colour: paint.real, width: 2.6 });
    });
    let listed = 0;
    this.chosen.forEach((key, at) => {
      const fit = found[key]?.fit;
      if (!fit) return;
      const bell = [{ weight: 1, mean: fit[1], sd: fit[2] }];
      plot.inside(() => plot.line(xs, xs.map((x) => density(bell, x)), { ...this.tone(at), colour: paint.generated }));
      // A small legend, for the bells lie close to one another.
      const y = plot.top + 12 + 19 * listed++, { context } = plot;
      plot.word(this.nameOf(key), plot.right - 34, y + 4, paint.generated);
      context.beginPath();
      context.moveTo(plot.right - 28, y);
      context.lineTo(plot.right, y);
      plot.stroke({ ...this.tone(at), colour: paint.generated });
    });
  }

  // --- words ----------------------------------------------------------------------------------------

  speak() {
    if (!this.table || !this.curves) return;
    const [key] = this.chosen;
    const name = this.nameOf(key), entry = this.table.values[key], line = this.curves.lines[key];
    if (this.table.mirror) {
      this.say("same", () => say("family.says_same"));
      return;
    }
    if (entry?.why) {
      this.say(`infinite ${key}`, () => say("family.says_infinite", { name, why: entry.why[language()] }));
      return;
    }
    if (!line) return;
    const xs = grid(this.curves.view, line.integrand.length);
    const p = bells(this.values.p), q = bells(this.values.q);
    let most = 0;
    for (let k = 0; k < xs.length; k++) if (line.integrand[k] > line.integrand[most]) most = k;
    const x = xs[most], ratio = logDensity(p, x) - logDensity(q, x);
    const sentence = ratio >= 0 ? "family.says_missing" : "family.says_misplaced";
    const values = { name, x: read(Number(x.toFixed(2))), ratio: fromLog(Math.abs(ratio), 2) };
    this.say(`${sentence} ${key} ${values.x} ${values.ratio}`, () => say(sentence, { ...values, name: this.nameOf(key) }));
  }
}

/** A value of the table: four decimals, or few digits and a power of ten; its logarithm beyond float64. */
function fourDecimals(/** @type {{text: string, value: number|null}} */ { text, value }) {
  if (value === null) return signed(text);
  return Math.abs(value) < 1000 ? signed(value.toFixed(4)) : read(value, 5);
}

/** Markup of the server's own as a node. */
function fragment(/** @type {string} */ html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}
