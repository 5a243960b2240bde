/**
 * What the loss says: along eight shifts, critics trained on the server while one watches. The slider moves
 * the generator over what is already there, so that it answers at once.
 */

import { float64, read } from "../exact.js";
import { slider } from "../fields.js";
import { chip, drawing, formula, readOuts, titled } from "../layout.js";
import { Plot } from "../plot.js";
import { colours, faint } from "../surface.js";
import { Trained } from "../training.js";
import { html } from "../vendor/lit-html.js";

const FAR_JS = 0.66; // from here on Jensen-Shannon says no more than log 2

/** The one of some ascending places that is nearest to another. */
export function nearestTo(/** @type {number[]} */ places, /** @type {number} */ at) {
  let best = 0;
  places.forEach((place, k) => {
    if (Math.abs(place - at) < Math.abs(places[best] - at)) best = k;
  });
  return best;
}

export default class Estimates extends Trained {
  get local() {
    return ["at"];
  }

  /** The shift that critics were trained at, nearest to where the generator is. */
  get nearest() {
    return nearestTo(this.picture?.shifts ?? [], this.number("at"));
  }

  /** How far the generator can be moved. */
  get far() {
    return Number(this.fields.at.high);
  }

  shown(/** @type {string} */ key) {
    return key === "at" ? this.number("at").toFixed(1) : super.shown(key);
  }

  // --- markup -------------------------------------------------------------------------------------

  controls() {
    return [slider(this, "at", 0.5), this.trainBar()];
  }

  stage() {
    const { picture, now } = this;
    const far = (/** @type {string} */ name) => html`<span class="far formula">${formula(this.formulas[name])}</span>`;
    const legend = [chip(this, "exact", "exact"), chip(this, "line-critic", "estimate_gp"), chip(this, "line-real", "bound_gp"), chip(this, "line-generated", "bound_clip")];
    return html`<article class="card first"><div class="line">${chip(this, "p", "real")}${chip(this, "q", "generated")}${
          chip(this, "line-critic", "critic")}${chip(this, "line-ink", "discriminator")}<span class="unit far at-now">${
          picture ? this.word("at_shift", { shift: read(picture.shifts[this.nearest]) }) : ""}</span></div>
        ${drawing(this, "scene", "tall")}</article>
      <div class="pair-of">
        ${titled(this, "wasserstein", [drawing(this, "w1", "tall"), html`<div class="names-of">${legend}</div>`, readOuts(now ? [
          [this.word("read_estimate"), read(now.estimate)],
          [this.word("read_soft"), read(now.soft)],
          [this.word("read_bound"), read(now.bound)],
        ] : [], "of-w1")], far("wgan-gp"))}
        ${titled(this, "jensen_shannon", [drawing(this, "jsd", "tall"), readOuts(now ? [
          [this.word("read_js"), read(now.jsEstimate, 4)],
          [this.word("read_js_exact"), read(now.js, 4)],
        ] : [], "of-jsd")], far("gan"))}
      </div>`;
  }

  // --- drawing and words --------------------------------------------------------------------------

  draw() {
    this.drawScene();
    this.drawW1();
    this.drawJsd();
  }

  drawScene() {
    const { picture } = this, at = this.number("at");
    const plot = Plot.on(this.canvas("scene"), { x: [-4, this.far + 4], y: [-0.6, 1.1], marks: [0, 1] });
    if (!plot) return;
    const paint = colours();
    plot.frame();
    plot.inside(() => {
      for (const [mean, colour] of /** @type {[number, string][]} */ ([[0, paint.real], [at, paint.generated]])) bell(plot, mean, colour);
      if (!picture) return;
      const k = this.nearest, shift = picture.shifts[k], n = picture.nodes;
      const xs = Array.from({ length: n }, (_, i) => -4 + ((shift + 8) * i) / (n - 1));
      const values = (/** @type {string} */ kind) => Array.from(float64(picture[kind].values).slice(k * n, (k + 1) * n));
      plot.line(xs, values("gan").map((v) => 1 / (1 + Math.exp(-v))), { colour: paint.ink, width: 2 });
      // The critic's level is free: drawn around its own middle, as steep as it is, four units to one.
      const f = values("wgan-gp"), middle = (Math.max(...f) + Math.min(...f)) / 2, reach = Math.max(8, (Math.max(...f) - Math.min(...f)) / 1.5);
      plot.line(xs, f.map((v) => 0.25 + (v - middle) / reach), { colour: paint.critic, width: 2.6 });
    });
  }

  drawW1() {
    const { picture, far } = this;
    const plot = Plot.on(this.canvas("w1"), { x: [0, far], y: [0, 12], marks: [0, 4, 8, 12] });
    if (!plot) return;
    const paint = colours(), at = this.number("at");
    plot.frame();
    plot.inside(() => {
      plot.line([at, at], [0, 12], { colour: paint.generated, width: 1.4 });
      plot.line([0, far], [0, far], { colour: paint.ink, width: 2.4, dash: [7, 4] });
      if (!picture) return;
      const { shifts } = picture;
      plot.line(shifts, float64(picture["wgan-gp"].estimate), { colour: paint.critic, width: 2.6 });
      plot.line(shifts, float64(picture["wgan-gp"].bound), { colour: paint.real, width: 2.2 });
      plot.line(shifts, float64(picture.wgan.bound), { colour: paint.generated, width: 2.2 });
      plot.now(shifts[this.nearest], float64(picture["wgan-gp"].estimate)[this.nearest], paint.critic);
    });
  }

  drawJsd() {
    const { picture, far } = this;
    const plot = Plot.on(this.canvas("jsd"), { x: [0, far], y: [-0.1, 0.8], marks: [0, 0.2, 0.4, 0.6, 0.8] });
    if (!plot) return;
    const paint = colours(), at = this.number("at");
    plot.frame();
    plot.inside(() => {
      plot.line([at, at], [-0.1, 0.8], { colour: paint.generated, width: 1.4 });
      plot.line([0, far], [Math.LN2, Math.LN2], { colour: paint.ink3, width: 1.2 });
      if (!picture) return;
      plot.line(picture.shifts, float64(picture.gan.estimate), { colour: paint.critic, width: 2.6 });
      plot.line(picture.shifts, float64(picture.gan.truth), { colour: paint.ink, width: 2.4, dash: [7, 4] });
      plot.now(picture.shifts[this.nearest], float64(picture.gan.estimate)[this.nearest], paint.critic);
    });
    plot.word("log 2", plot.left + 6, plot.y(Math.LN2) - 5, paint.ink2, "left");
  }

  /** What is read off at the nearest shift. */
  get now() {
    const { picture } = this, k = this.nearest;
    if (!picture) return null;
    const one = (/** @type {string} */ text) => float64(text)[k];
    return {
      shift: picture.shifts[k], soft: one(picture.soft), estimate: one(picture["wgan-gp"].estimate), bound: one(picture["wgan-gp"].bound),
      js: one(picture.gan.truth), jsEstimate: one(picture.gan.estimate),
    };
  }

  speak() {
    const { now, picture } = this;
    if (!now || !picture) {
      this.say("opening", () => this.word("says_opening"));
      return;
    }
    const key = picture.step === 0 ? "says_start" : now.js > FAR_JS ? "says_far" : "says_near";
    this.say(`${key} ${picture.step} ${now.shift}`, () => this.word(key, {
      shift: read(now.shift), bound: read(now.bound), js: read(now.js), estimate: read(now.jsEstimate),
    }));
  }
}

/** A normal of sd 1, filled. */
function bell(/** @type {Plot} */ plot, /** @type {number} */ mean, /** @type {string} */ colour) {
  const xs = Array.from({ length: 121 }, (_, k) => mean - 4 + k / 15);
  const ys = xs.map((x) => Math.exp(-((x - mean) ** 2) / 2) / Math.sqrt(2 * Math.PI));
  const { context } = plot;
  context.beginPath();
  xs.forEach((x, k) => (k ? context.lineTo(plot.x(x), plot.y(ys[k])) : context.moveTo(plot.x(x), plot.y(ys[k]))));
  context.closePath();
  context.fillStyle = faint(colour, 0.2);
  context.fill();
  plot.line(xs, ys, { colour, width: 2.4 });
}
