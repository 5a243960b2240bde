/** One chart's card: its title, read-outs and canvas. What a chart says of itself is painted once it has said all. */

import { say } from "../language.js";
import { html, nothing, render } from "../vendor/lit-html.js";

/** @typedef {{name: string, mark: string, word: string}} Readout a value with its mark and the key of its word */
/** @typedef {{title: string, order?: boolean, switch?: string[], readouts: Readout[]}} Plan */

/** The charts' cards as they begin. @type {Record<string, Plan>} */
const PLANS = {
  apart: { title: "page.apart", readouts: [{ name: "bound", mark: "estimate", word: "page.lower_bound" }, { name: "exact", mark: "exact", word: "page.exact_value" }] },
  distance: { title: "page.distance", order: true, readouts: [{ name: "now", mark: "measured", word: "page.now" }, { name: "floor", mark: "floor", word: "page.noise_floor" }] },
  modes: {
    title: "page.modes",
    readouts: [
      { name: "found", mark: "", word: "page.found" }, { name: "share", mark: "", word: "page.within_4_sd" },
      { name: "kl", mark: "", word: "page.kl_of_modes" }, { name: "sd", mark: "", word: "page.sd_ratio" },
    ],
  },
  path: { title: "page.path", readouts: [] },
  losses: {
    title: "page.losses", switch: ["losses", "gradients"],
    readouts: [{ name: "critic", mark: "critic_line", word: "page.critic" }, { name: "generator", mark: "q", word: "page.generator" }],
  },
};

export class Card {
  constructor(/** @type {HTMLElement} */ element) {
    this.element = element;
    this.plan = PLANS[/** @type {string} */ (element.dataset.chart)];
    /** What the chart has said: of the card, and of each read-out. @type {Record<string, string>} */
    this.said = {};
    /** @type {Record<string, {value?: string, label?: string, mark?: string, hidden?: boolean}>} */
    this.of = Object.fromEntries(this.plan.readouts.map(({ name }) => [name, {}]));
    this.fitting = false;
    /** Which of the switch's pictures is shown. */
    this.shown = this.plan.switch?.[0];
    this.due = false;
    this.paint();
    this.drawing = /** @type {HTMLCanvasElement} */ (element.querySelector("canvas"));
    this.fit = /** @type {HTMLButtonElement} */ (element.querySelector(".fit"));
    /** @type {import("../plot.js").Plot|null} */
    this.plot = null;
  }

  /** Its size is right when what has been said is painted: words take their room first. */
  get canvas() {
    if (this.due) this.paint();
    return this.drawing;
  }

  template() {
    const { title, order, readouts, switch: pictures } = this.plan;
    return html`<div class="chart-head"><h2><span>${this.said.title ?? say(title)}</span>${order ? html` <span class="order">W<sub>${this.said.order ?? "2"}</sub></span>` : nothing}</h2><span
        class="unit">${this.said.unit}</span><button type="button" class="fit" data-do="fit" ?hidden=${!this.fitting} title=${say("page.fit_title")}>${say("page.fit")}</button>${
        pictures ? html`<span class="segments small" role="group" aria-label=${say("page.losses_or_gradients")}>${pictures.map((name) => html`<button type="button" data-show=${name}
          aria-pressed=${name === this.shown}>${say(`page.${name}`)}</button>`)}</span>` : nothing}</div>
      <div class="readouts">${readouts.map(({ name, mark, word }) => {
        const { value, label, mark: now, hidden } = this.of[name];
        return html`<span class="value" data-value=${name} ?hidden=${hidden}>${mark ? html`<i class="key ${now ?? mark}"></i>` : nothing}<span>${label ?? say(word)}</span> <b>${value}</b></span>`;
      })}</div>
      <div class="plot"><canvas role="img" aria-label=${this.said.description}></canvas></div>`;
  }

  paint() {
    this.due = false;
    render(this.template(), this.element);
  }

  /** Paint once, when all that is said now has been said. */
  soon() {
    if (this.due) return;
    this.due = true;
    queueMicrotask(() => this.due && this.paint());
  }

  /** @param {string} what @param {string} text */
  say(what, text) {
    this.said[what] = text;
    this.soon();
  }

  title(/** @type {string} */ text) { this.say("title", text); }
  unit(/** @type {string} */ text) { this.say("unit", text); }
  order(/** @type {string} */ text) { this.say("order", text); }
  describe(/** @type {string} */ text) { this.say("description", text); }

  value(/** @type {string} */ name, /** @type {string} */ text) { this.of[name].value = text; this.soon(); }
  label(/** @type {string} */ name, /** @type {string} */ text) { this.of[name].label = text; this.soon(); }
  mark(/** @type {string} */ name, /** @type {string} */ kind) { this.of[name].mark = kind; this.soon(); }
  show(/** @type {string} */ name, /** @type {boolean} */ seen) { this.of[name].hidden = !seen; this.soon(); }

  offer(/** @type {boolean} */ fitting) { this.fitting = fitting; this.soon(); }

  /** Show another of the switch's pictures. */
  turn(/** @type {string} */ name) { this.shown = name; this.soon(); }
}
