/**
 * Lipschitz: the value surface of a clipped critic above, of a penalised one below, and how steep each is
 * between samples; or the gradient through twelve layers. Both are trained on the server while one watches.
 */

import { contours } from "../contours.js";
import { float64, read } from "../exact.js";
import { only, segments } from "../fields.js";
import { chip, drawing, formula, readOuts, titled } from "../layout.js";
import { percent, roundTop } from "../numbers.js";
import { Plot } from "../plot.js";
import { colours, faint } from "../surface.js";
import { Trained } from "../training.js";
import { html } from "../vendor/lit-html.js";
import { dots, ground, outlineOf } from "./lipschitz/surface.js";

const STRONG = "10"; // the penalty's weight that holds the slope

export default class Lipschitz extends Trained {
  get what() {
    return this.values.scene;
  }

  get of() {
    return this.values.scene === "layers" ? "layers" : super.of;
  }

  /** The deep critics, in the order of their strokes. @type {string[]} */
  get deep() {
    return this.about.deep;
  }

  // --- markup -------------------------------------------------------------------------------------

  controls() {
    return [
      segments(this, "scene"),
      only(this, "surfaces", [segments(this, "data"), html`<div class="two-of">${segments(this, "clip")}${segments(this, "weight")}</div>`]),
      this.trainBar(),
    ];
  }

  stage() {
    const { picture, values } = this, layers = values.scene === "layers";
    const seen = layers ? null : picture;
    return html`<article class="card first" data-scene="surfaces" ?hidden=${layers}><div class="line">
          ${chip(this, "real", "real")}
          ${chip(this, "generated", "generated")}
          <span class="far formula">${formula(this.formulas.penalty)}</span></div>${
          this.surfaceRow("clip", this.word("name_clip", { c: values.clip }), seen)}${
          this.surfaceRow("penalty", this.word("name_penalty", { weight: values.weight }), seen)}</article>
      ${only(this, "layers", [
        titled(this, "layer_norms", [drawing(this, "norms", "tall"), html`<div class="names-of">${this.deep.map((name, at) => html`<span
          class="chip-of deep-${at}"><i></i>${name}<b>${layers && picture ? read(picture.critics[name].decades, 2) : ""}</b></span>`)}</div>`],
          html`<span class="unit far">${this.word("beside_names")}</span>`),
        titled(this, "weights", drawing(this, "weights-chart", "tall")),
      ], "first")}`;
  }

  /** A critic's surface, and how steep it is between samples. */
  surfaceRow(/** @type {"clip"|"penalty"} */ which, /** @type {string} */ name, /** @type {any} */ picture) {
    const told = picture?.[which].measures;
    return html`<div class="surface-row ${which}"><div class="surface-of"><h3 class="name">${name}</h3>
      ${drawing(this, `field-${which}`, "square")}</div>
      <div class="slopes-of"><h3>${this.word("slopes")}</h3>${drawing(this, `slopes-${which}`)}
      ${readOuts(told ? [
        [this.word("read_within"), percent(told.within)],
        [this.word("read_slope"), read(told.slope)],
        [this.word("read_reached", { w1: read(picture.w1) }), read(told.estimate_by_slope)],
        [this.word("read_dip"), read(told.dip, 2)],
      ] : [])}</div></div>`;
  }

  // --- two surfaces -------------------------------------------------------------------------------

  draw() {
    if (this.values.scene === "layers") {
      this.drawNorms();
      this.drawWeights();
      return;
    }
    for (const which of /** @type {const} */ (["clip", "penalty"])) {
      this.drawSurface(which);
      this.drawSlopes(which);
    }
  }

  drawSurface(/** @type {string} */ which) {
    const { picture } = this, half = picture?.half ?? 2.6;
    const plot = Plot.on(this.canvas(`field-${which}`), { x: [-half, half], y: [-half, half], marks: [-2, 0, 2] });
    if (!plot) return;
    const paint = colours();
    plot.frame();
    if (picture) {
      const { side } = picture, field = float64(picture[which].field);
      const order = Float64Array.from(field).sort(), middle = order[order.length >> 1];
      const reach = Math.max(order[order.length - 1] - middle, middle - order[0], 1e-30);
      plot.inside(() => {
        ground(plot, field, side, middle, reach, paint.map);
        outlineOf(plot, contours(field, side, side, [...float64(picture[which].levels)]), side, half, faint(paint.ink, 0.45));
        dots(plot, float64(picture.generated), paint.generated, false);
        dots(plot, float64(picture.real), paint.real, true);
      });
    }
  }

  /** How often each slope occurs between samples; the best critic's is 1 everywhere. */
  drawSlopes(/** @type {string} */ which) {
    const { picture } = this;
    const bins = picture ? float64(picture[which].slopes) : new Float64Array(0);
    const beyond = picture ? picture[which].beyond : 0;
    const top = roundTop(Math.max(0.1, ...bins)), { steepest, within } = this.about;
    const plot = Plot.on(this.canvas(`slopes-${which}`), { x: [0, steepest], y: [0, top] });
    if (!plot) return;
    const paint = colours(), { context } = plot;
    context.fillStyle = faint(paint.ink, 0.08);
    context.fillRect(plot.x(1 - within), plot.top, plot.x(1 + within) - plot.x(1 - within), plot.bottom - plot.top);
    plot.frame();
    plot.inside(() => {
      context.fillStyle = paint.critic;
      const wide = plot.x(steepest / bins.length) - plot.x(0);
      bins.forEach((share, k) => context.fillRect(plot.x((steepest * k) / bins.length) + 0.5, plot.y(share), wide - 1, plot.bottom - plot.y(share)));
    });
    if (beyond > 0.01) plot.word(this.word("beyond", { share: percent(beyond) }), plot.right - 4, plot.top + 14, paint.critic);
  }

  // --- twelve layers ------------------------------------------------------------------------------

  tone(/** @type {number} */ at) {
    const paint = colours();
    return [
      { colour: paint.generated, width: 2.6 },
      { colour: paint.generated, width: 2.2, dash: [7, 4] },
      { colour: paint.generated, width: 2.2, dash: [2, 3] },
      { colour: paint.real, width: 2.8 },
    ][at];
  }

  drawNorms() {
    const { picture } = this;
    const lines = this.deep.map((name) => (picture ? float64(picture.critics[name].norms) : new Float64Array(0)));
    const plot = Plot.on(this.canvas("norms"), { x: [1, 13], y: [-25, 6], marks: [-20, -10, 0] });
    if (!plot) return;
    plot.frame();
    plot.inside(() => lines.forEach((ys, at) => plot.line(Array.from(ys, (_, k) => k + 1), ys, this.tone(at))));
    plot.word(this.word("decades"), plot.left + 4, plot.top + 12, colours().ink3, "left", false);
    plot.word(this.word("layer"), plot.right - 4, plot.bottom - 6, colours().ink3, "right", false);
  }

  drawWeights() {
    const { picture } = this;
    const { edge } = this.about;
    const plot = Plot.on(this.canvas("weights-chart"), { x: [-edge, edge], y: [1e-5, 1], log: true });
    if (!plot) return;
    plot.frame();
    if (!picture) return;
    plot.inside(() => this.deep.forEach((name, at) => {
      const shares = float64(picture.critics[name].weights);
      const xs = /** @type {number[]} */ ([]), ys = /** @type {number[]} */ ([]);
      for (let k = 0; k < shares.length; k++) {
        const left = -edge + (2 * edge * k) / shares.length, right = left + (2 * edge) / shares.length;
        xs.push(left, right);
        ys.push(Math.max(shares[k], 1e-7), Math.max(shares[k], 1e-7));
      }
      const { context } = plot;
      context.beginPath();
      xs.forEach((x, k) => (k ? context.lineTo(plot.x(x), plot.y(ys[k])) : context.moveTo(plot.x(x), plot.y(ys[k]))));
      plot.stroke({ ...this.tone(at), width: 1.8 });
    }));
    plot.word(this.word("share_of_weights"), plot.left + 4, plot.top + 12, colours().ink3, "left", false);
  }

  speak() {
    const { picture } = this;
    if (!picture) {
      this.say("opening", () => this.word("says_opening"));
      return;
    }
    if (this.values.scene === "layers") {
      const decades = Object.fromEntries(this.deep.map((name) => [name, picture.critics[name].decades]));
      this.say(`layers ${picture.step}`, () => this.word(picture.step ? "says_layers" : "says_layers_start", {
        grows: read(-decades["wgan(0.1)"], 2), dies: read(decades["wgan(0.01)"], 2), flat: read(Math.abs(decades["wgan-gp(10)"]), 1),
      }));
      return;
    }
    const key = picture.step === 0 ? "says_start" : this.values.weight === STRONG ? "says_surfaces" : "says_weak";
    this.say(`${this.of} ${picture.step}`, () => this.word(key, {
      within: percent(picture.penalty.measures.within), slope: read(picture.penalty.measures.slope, 2), clipped: read(picture.clip.measures.slope, 2),
    }));
  }
}
