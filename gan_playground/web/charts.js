/**
 * The live charts. Each is one persistent canvas, redrawn only when the run's history gained rows (or
 * size, theme, language or pointer changed). Axes stand still while a run plays: a chart's range is
 * fixed by its objective, or set once by the first values; it changes on Reset, or when asked.
 */

import { Card } from "./train/card.js";
import { apart } from "./charts/apart.js";
import { distance } from "./charts/distance.js";
import { losses } from "./charts/losses.js";
import { modes } from "./charts/modes.js";
import { path } from "./charts/path.js";
import { rowAt } from "./charts/series.js";
import { say } from "./language.js";
import { whole } from "./numbers.js";

/** @typedef {import("./frame.js").Shown} Picture */
/** @typedef {import("./charts/series.js").Range} Range */
/**
 * One chart: a card whose `data-chart` is its name, and what is drawn on it.
 * @typedef {Object} Chart
 * @property {(picture: Picture) => boolean} seen whether this run has anything to draw
 * @property {(charts: Charts, card: Card, picture: Picture) => void} draw
 * @property {(charts: Charts, picture: Picture) => Range} [fit] the range that the last half of the run asks for
 */

/** @type {Record<string, Chart>} */
const CHARTS = { apart, distance, modes, path, losses };

export class Charts {
  /**
   * @param {HTMLElement} root holds one `[data-chart]` card for each chart
   */
  constructor(root) {
    /** @type {{name: string, chart: Chart, card: Card}[]} */
    this.all = [];
    /** Ranges set so far in this run, by chart. @type {Record<string, Range>} */
    this.ranges = {};
    this.pointed = NaN;
    this.shown = "losses";
    /** The step the objective in force came at: what was measured before is of another quantity. */
    this.since = 0;
    this.objective = /** @type {{name: string, word: string, about: import("./types/records.js").DeclaredObjective}|null} */ (null);
    /** @type {Picture|null} */
    this.picture = null;
    for (const [name, chart] of Object.entries(CHARTS)) {
      const card = new Card(/** @type {HTMLElement} */ (root.querySelector(`[data-chart=${name}]`)));
      this.all.push({ name, chart, card });
      card.canvas.addEventListener("pointermove", (event) => this.point(card.plot?.stepAt(event.offsetX) ?? NaN));
      card.canvas.addEventListener("pointerleave", () => this.point(NaN));
      card.fit.addEventListener("click", () => {
        if (this.picture && chart.fit) this.ranges[name === "losses" ? this.shown : name] = chart.fit(this, this.picture);
        this.draw();
      });
    }
  }

  /** The cards' own words, in another language. */
  paint() {
    for (const { card } of this.all) card.paint();
  }

  /** Which ranges a run begins with: none; called on Reset and on a change of objective. */
  forget() {
    this.ranges = {};
  }

  /** Losses or gradient norms on the last chart. */
  show(/** @type {string} */ which) {
    this.shown = which;
    this.all.find(({ name }) => name === "losses")?.card.turn(which);
    this.draw();
  }

  point(/** @type {number} */ step) {
    if (Object.is(step, this.pointed)) return;
    this.pointed = step;
    this.draw();
  }

  /** Draw every chart that has something to say, and put the others away. */
  draw(picture = this.picture) {
    if (!picture) return;
    this.picture = picture;
    // All are put in their places before any is drawn: a canvas is as large as its place.
    for (const { chart, card } of this.all) card.element.hidden = !chart.seen(picture);
    for (const { chart, card } of this.all) if (!card.element.hidden) chart.draw(this, card, picture);
  }

  /** The row a readout speaks of, and the step's words where it is a past one: "" where it is the last. */
  row(/** @type {number[]|undefined} */ steps = []) {
    const row = rowAt(steps, this.pointed), past = !Number.isNaN(this.pointed) && row >= 0;
    return { row, past, at: past ? say("page.at_step", { step: whole(steps[row]) }) : "" };
  }

  /** Whether the objective is an f-divergence, whose bound and truth are in nats. */
  get divergence() {
    return this.objective?.about.steps ?? true;
  }

  /** The chart's range: the one it has, else what `first` makes of the first values; null until there are any. */
  range(/** @type {string} */ key, /** @type {() => Range|null} */ first) {
    const found = this.ranges[key] ?? first();
    if (found) this.ranges[key] = found;
    return found;
  }
}
