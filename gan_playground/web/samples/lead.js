/** What is told about one checkpoint: its training curve, how far its images are from training images, its recipe. */

import { put, say } from "../language.js";
import { LINES, Plot } from "../plot.js";
import { colours, surface } from "../surface.js";

/** @typedef {import("../tabs/samples.js").default} Samples */
/** @typedef {{step: number[], critic_loss: number[], generator_loss: number[]}} Curve */

const LOSSES = /** @type {const} */ (["critic_loss", "generator_loss"]);
/** Share of the values that an axis leaves out at each end: a single spike must not flatten a curve. */
const CUT = 0.01;

/** The range of most values, and whether some lie outside. */
export function range(/** @type {number[]} */ values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (!sorted.length) return { low: 0, high: 1, cut: false };
  const at = (/** @type {number} */ share) => sorted[Math.round(share * (sorted.length - 1))];
  const low = at(CUT), high = at(1 - CUT);
  const pad = 0.06 * (high - low || Math.abs(high) || 1);
  return { low: low - pad, high: high + pad, cut: sorted[0] < low - pad || sorted[sorted.length - 1] > high + pad };
}

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
    new ResizeObserver(() => this.draw()).observe(tab.find(".lead"));
  }

  get entry() {
    return this.tab.book.checkpoints[this.tab.lead];
  }

  draw() {
    this.drawCurve();
    this.drawNearest();
    this.drawClasses();
  }

  drawCurve() {
    const { tab } = this;
    const curve = tab.book.curves[tab.lead];
    const plot = /** @type {HTMLElement} */ (tab.find(".curve-card .plot"));
    plot.hidden = !curve.step.length;
    const { low, high, cut } = range(LOSSES.flatMap((loss) => curve[loss]));
    put(tab.find(".curve-note"), curve.step.length ? (cut ? say("samples.curve_cut") : "") : say("samples.curve_none"));
    if (!curve.step.length) return;
    const drawing = Plot.on(/** @type {HTMLCanvasElement} */ (plot.firstElementChild), { x: [0, curve.step[curve.step.length - 1]], y: [low, high] });
    if (!drawing) return;
    drawing.frame();
    drawing.inside(() => {
      drawing.line(curve.step, curve.generator_loss, { ...LINES.generator(), width: 1.6 });
      drawing.line(curve.step, curve.critic_loss, { ...LINES.critic(), width: 1.6 });
    });
  }

  /** A stack of discs, one an image, against the median of real images. */
  drawNearest() {
    const { tab } = this;
    const nearest = this.entry.scores.nearest;
    const plot = tab.find(".nearest-card .plot");
    plot.hidden = !nearest;
    put(tab.find(".nearest-note"), nearest ? say("samples.nearest_note", { median: median(nearest.distances), real: nearest.real }) : say("samples.nearest_none"));
    if (!nearest) return;
    const bins = 24;
    const top = Math.ceil(Math.max(nearest.real, ...nearest.distances) + 0.5);
    const counts = new Array(bins).fill(0);
    for (const distance of nearest.distances) counts[Math.min(bins - 1, Math.floor((distance / top) * bins))] += 1;
    const high = Math.max(...counts);
    const drawing = Plot.on(/** @type {HTMLCanvasElement} */ (plot.firstElementChild), { x: [0, top], y: [0, high * 1.25] });
    if (!drawing) return;
    drawing.frame();
    const { context } = drawing;
    context.fillStyle = colours().generated;
    counts.forEach((count, k) => {
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
    const { tab } = this;
    const shares = /** @type {number[]|undefined} */ (this.entry.scores.classes?.shares);
    const plot = tab.find(".classes-card .plot");
    plot.hidden = !shares;
    put(tab.find(".classes-note"), shares ? "" : say("samples.classes_none"));
    if (!shares) return;
    const even = 1 / shares.length;
    const drawing = Plot.on(/** @type {HTMLCanvasElement} */ (plot.firstElementChild), { x: [-0.5, shares.length - 0.5], y: [0, 100 * Math.max(2 * even, ...shares)] });
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
      context.fillText(tab.className(digit), drawing.x(digit), drawing.bottom + 5);
    });
    context.beginPath();
    context.moveTo(drawing.left, drawing.y(100 * even));
    context.lineTo(drawing.right, drawing.y(100 * even));
    drawing.stroke({ colour: paint.ink, width: 1.6, dash: [7, 4] });
    drawing.word(say("samples.classes_real", { share: 100 * even }), drawing.right - 4, drawing.top + 14, paint.ink);
  }

  speak() {
    const { tab } = this;
    const { steps, minutes, megabytes, licence, practical, generator, critic, data } = this.entry;
    /** @type {Record<string, any>} */
    const recipe = { critic_steps: 1, decay: 0, ...this.entry.recipe }; // an older manifest has neither
    const name = tab.nameOf(tab.lead);
    put(tab.find(".lead-name"), name);
    const lines = [
      ["recipe_game", `${name}${practical ? `, ${say("samples.practical")}` : ""}`],
      ["recipe_generator", generator],
      ["recipe_critic", critic],
      ["recipe_steps", say("samples.steps_value", { ...recipe, steps, minutes })],
      ["recipe_adam", say("samples.adam_value", { ...recipe, betas: recipe.betas.join(", ") })],
      ["recipe_penalty", say(recipe.r1 || recipe.r2 ? "samples.penalty_value" : "samples.penalty_none", { ...recipe, every: recipe.r1_every })],
      ...(recipe.augment ? [["recipe_augment", say("samples.augment_value", recipe)]] : []),
      ["recipe_data", say(`samples.data_${data}_long`)],
      ["recipe_files", say("samples.files_value", { size: megabytes })],
    ];
    tab.find(".recipe").replaceChildren(
      ...lines.map(([key, value]) => {
        const row = document.createElement("div");
        const term = document.createElement("dt"), told = document.createElement("dd");
        put(term, say(`samples.${key}`));
        put(told, value);
        row.append(term, told);
        return row;
      }),
    );
    put(tab.find(".licence"), licence);
    this.draw();
  }
}

/** The middle value. */
export function median(/** @type {number[]} */ values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
