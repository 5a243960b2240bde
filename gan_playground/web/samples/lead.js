/** What is told about one checkpoint: its training curve, how far its images are from training images, its recipe. */

import { chart, titled } from "../imagetab.js";
import { say } from "../language.js";
import { LINES, Plot } from "../plot.js";
import { colours, surface } from "../surface.js";
import { html } from "../vendor/lit-html.js";
import { counts, median, range } from "./statistics.js";

/** @typedef {import("../tabs/samples.js").default} Samples */
/** @typedef {{step: number[], critic_loss: number[], generator_loss: number[]}} Curve */

const LOSSES = /** @type {const} */ (["critic_loss", "generator_loss"]);

/** Both losses in a few pixels, without axes; nothing where no curve was kept. */
export function sparkline(/** @type {HTMLCanvasElement} */ canvas, /** @type {Curve} */ curve) {
  canvas.hidden = !curve.step.length;
  const ground = curve.step.length ? surface(canvas) : null;
  if (!ground) return;
  const { context, width, height } = ground;
  context.clearRect(0, 0, width, height);
  const last = curve.step[curve.step.length - 1];
  const { low, high } = range([...curve.critic_loss, ...curve.generator_loss]);
  const paint = colours();
  context.lineWidth = 1.3;
  context.lineJoin = "round";
  for (const [loss, colour] of /** @type {const} */ ([["generator_loss", paint.generated], ["critic_loss", paint.critic]])) {
    context.strokeStyle = colour;
    context.beginPath();
    curve[loss].forEach((value, k) => context.lineTo((curve.step[k] / last) * width, height - 1 - ((value - low) / (high - low)) * (height - 2)));
    context.stroke();
  }
}

export class Lead {
  constructor(/** @type {Samples} */ tab) {
    this.tab = tab;
  }

  painted() {
    new ResizeObserver(() => this.draw()).observe(this.tab.find(".lead"));
  }

  get entry() {
    return this.tab.book.checkpoints[this.tab.selection.lead];
  }

  get curve() {
    return this.tab.book.curves[this.tab.selection.lead];
  }

  // --- markup ----------------------------------------------------------------------------------------

  template() {
    const { data, scores } = this.entry;
    const { nearest, classes } = scores;
    const legend = html`<i class="key generated"></i><h2 class="lead-name">${this.name}</h2><span class="unit">${say("samples.curve_unit")}</span>
      <span class="legend-end"><i class="key critic_line"></i><span>${say("samples.curve_critic")}</span>
        <i class="key q"></i><span>${say("samples.curve_generator")}</span></span>`;
    const far = nearest ? say("samples.nearest_note", { median: median(nearest.distances), real: nearest.real }) : say("samples.nearest_none");
    return html`<div class="lead">
      ${chart("curve-card", say("samples.curve"), legend, note("curve-note", this.told()), !this.curve.step.length)}
      ${chart("nearest-card", say("samples.nearest"), titled("samples.nearest", "samples.nearest_unit"), note("nearest-note", far), !nearest)}
      ${chart("classes-card", say("samples.classes"), titled("samples.classes", "samples.classes_unit"), note("classes-note", classes ? "" : say("samples.classes_none")), !classes)}
      <article class="card told recipe-card"><h2>${say("samples.recipe")}</h2>
        <dl class="recipe">${this.recipe().map(([key, value]) => html`<div><dt>${say(`samples.${key}`)}</dt><dd>${value}</dd></div>`)}</dl><p
        class="hint licence">${say(`samples.licence_${data}`)}</p></article>
    </div>`;
  }

  get name() {
    return this.tab.nameOf(this.tab.selection.lead);
  }

  /** What is said of the curve: there is none, or some of it lies outside. */
  told() {
    if (!this.curve.step.length) return say("samples.curve_none");
    return range(LOSSES.flatMap((loss) => this.curve[loss])).cut ? say("samples.curve_cut") : "";
  }

  /** Lines of the recipe: a key of words and a text each. */
  recipe() {
    const { recipe, steps, minutes, megabytes, practical, generator, critic, data } = this.entry;
    return [
      ["recipe_game", `${this.name}${practical ? `, ${say("samples.practical")}` : ""}`],
      ["recipe_generator", generator],
      ["recipe_critic", critic],
      ["recipe_steps", say("samples.steps_value", { ...recipe, steps, minutes })],
      ["recipe_adam", say("samples.adam_value", { ...recipe, betas: recipe.betas.join(", ") })],
      ["recipe_penalty", say(recipe.r1 || recipe.r2 ? "samples.penalty_value" : "samples.penalty_none", { ...recipe, every: recipe.r1_every })],
      ...(recipe.augment ? [["recipe_augment", say("samples.augment_value", recipe)]] : []),
      ["recipe_data", say(`samples.data_${data}_long`)],
      ["recipe_files", say("samples.files_value", { size: megabytes })],
    ];
  }

  // --- drawing ---------------------------------------------------------------------------------------

  canvas(/** @type {string} */ card) {
    return this.tab.find(`.${card}-card canvas`, HTMLCanvasElement);
  }

  draw() {
    this.drawCurve();
    this.drawNearest();
    this.drawClasses();
  }

  drawCurve() {
    const { curve } = this;
    if (!curve.step.length) return;
    const { low, high } = range(LOSSES.flatMap((loss) => curve[loss]));
    const drawing = Plot.on(this.canvas("curve"), { x: [0, curve.step[curve.step.length - 1]], y: [low, high] });
    if (!drawing) return;
    drawing.frame();
    drawing.inside(() => {
      drawing.line(curve.step, curve.generator_loss, { ...LINES.generator(), width: 1.6 });
      drawing.line(curve.step, curve.critic_loss, { ...LINES.critic(), width: 1.6 });
    });
  }

  /** A stack of discs, one an image, against the median of real images. */
  drawNearest() {
    const { nearest } = this.entry.scores;
    if (!nearest) return;
    const bins = 24;
    const top = Math.ceil(Math.max(nearest.real, ...nearest.distances) + 0.5);
    const found = counts(nearest.distances, top, bins);
    const high = Math.max(...found);
    const drawing = Plot.on(this.canvas("nearest"), { x: [0, top], y: [0, high * 1.25] });
    if (!drawing) return;
    drawing.frame();
    const { context } = drawing;
    context.fillStyle = colours().generated;
    found.forEach((count, k) => {
      const left = drawing.x((k * top) / bins), right = drawing.x(((k + 1) * top) / bins);
      context.fillRect(left + 0.5, drawing.y(count), right - left - 1, drawing.y(0) - drawing.y(count));
    });
    context.beginPath();
    context.moveTo(drawing.x(nearest.real), drawing.top);
    context.lineTo(drawing.x(nearest.real), drawing.bottom);
    drawing.stroke({ colour: colours().real, width: 2.2, dash: [7, 4] });
    drawing.word(say("samples.real"), drawing.x(nearest.real) - 6, drawing.top + 12, colours().real);
  }

  /** How often each digit is drawn, against the even share. */
  drawClasses() {
    const shares = /** @type {number[]|undefined} */ (this.entry.scores.classes?.shares);
    if (!shares) return;
    const even = 1 / shares.length;
    const drawing = Plot.on(this.canvas("classes"), { x: [-0.5, shares.length - 0.5], y: [0, 100 * Math.max(2 * even, ...shares)] });
    if (!drawing) return;
    drawing.frame({ steps: false });
    const { context } = drawing;
    const paint = colours();
    context.textAlign = "center";
    context.textBaseline = "top";
    shares.forEach((share, digit) => {
      const left = drawing.x(digit - 0.35), top = drawing.y(100 * share);
      context.fillStyle = paint.generated;
      context.fillRect(left, top, drawing.x(digit + 0.35) - left, drawing.y(0) - top);
      context.fillStyle = paint.ink2;
      context.fillText(this.tab.className(digit), drawing.x(digit), drawing.bottom + 5);
    });
    context.beginPath();
    context.moveTo(drawing.left, drawing.y(100 * even));
    context.lineTo(drawing.right, drawing.y(100 * even));
    drawing.stroke({ colour: paint.ink, width: 1.6, dash: [7, 4] });
    drawing.word(say("samples.classes_real", { share: 100 * even }), drawing.right - 4, drawing.top + 14, paint.ink);
  }
}

function note(/** @type {string} */ classes, /** @type {string} */ text) {
  return html`<p class="hint ${classes}">${text}</p>`;
}
