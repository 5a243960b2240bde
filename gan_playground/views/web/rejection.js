/**
 * The Rejection tab: "Would this image be kept?" The server sends log-ratios and the frozen pair once; a
 * move of strictness redraws bars, charts and galleries here, without asking again.
 */

import { capped, chance, histogram, numbers, shareKept } from "./acceptance.js";
import { ImageTab, put } from "./imagetab.js";
import { say } from "./language.js";
import { percent, short, signed } from "./numbers.js";
import { LINES, Plot } from "./plot.js";
import { cells, inkColour } from "./pictures.js";
import { colours, faint } from "./surface.js";

const ROWS = 8;
const CANDIDATES = 240;
const BINS = 44;

/** Bring the tab to life; called once. */
export function open(/** @type {HTMLElement} */ element, /** @type {import("./imagetab.js").Book} */ book, /** @type {import("./imagetab.js").Server} */ server) {
  const tab = new Rejection("rejection", element, book, server);
  /** @type {any} */ (window).playgroundRejection = tab.report;
}

class Rejection extends ImageTab {
  /** @type {{maximum: number, epsilon: number, gamma: (number|null)[], mean_ratio: number}|null} */
  pair = null;
  generated = new Float32Array();
  real = new Float32Array();
  /** @type {{sheet: import("./pictures.js").Sheet, columns: number, ratios: number[]}|null} */
  walks = null;
  /** @type {{sheet: import("./pictures.js").Sheet, ratios: number[], u: number[]}|null} */
  pool = null;

  get slider() {
    return /** @type {HTMLInputElement} */ (this.find("input.strictness"));
  }

  get percentile() {
    return Number(this.slider.value);
  }

  /** @returns {import("./acceptance.js").Bar} */
  get bar() {
    const { maximum, epsilon, gamma } = /** @type {NonNullable<typeof this.pair>} */ (this.pair);
    return { maximum, epsilon, gamma: gamma[this.percentile] ?? -Infinity };
  }

  async begin() {
    if (!this.slider.oninput) this.slider.oninput = () => this.moved();
    this.pair = null;
    this.sentence.state("opening", () => say("rejection.opening"));
    const answer = await this.ask("frozen", { checkpoint: this.checkpoint });
    if (!answer) return;
    this.pair = answer;
    this.generated = numbers(answer.generated);
    this.real = numbers(answer.real);
    this.draw();
    await this.take(this.seed);
  }

  /** Walks and candidates of a seed; the burn-in before them, if it is not there yet. */
  async take(/** @type {number} */ seed) {
    this.seed = seed;
    if (this.pair) await Promise.all([this.stroll(), this.fill()]);
    else await this.begin();
  }

  async stroll() {
    const request = { checkpoint: this.checkpoint, seed: this.seed, ends: this.chosen("ends"), path: this.chosen("path"), n: ROWS };
    const answer = await this.ask("walks", request);
    if (!answer) return;
    this.walks = { sheet: answer.picture, columns: answer.columns, ratios: answer.log_ratio };
    if (this.pool) this.ready();
  }

  async fill() {
    const answer = await this.ask("candidates", { checkpoint: this.checkpoint, seed: this.seed, start: 0, n: CANDIDATES });
    if (!answer) return;
    this.pool = { sheet: answer.picture, ratios: answer.log_ratio, u: answer.u };
    if (this.walks) this.ready();
  }

  choose() {
    this.stroll();
  }

  act(/** @type {string} */ action) {
    switch (action) {
      case "new":
      case "new-seed":
        this.take(this.otherSeed());
        return true;
      case "again":
      case "reset":
        this.take(this.seed);
        return true;
    }
    return false;
  }

  /** Strictness moves everything at once; nothing is asked of the server. */
  moved() {
    this.draw();
    this.speak();
  }

  // --- drawing ------------------------------------------------------------------------------------

  draw() {
    const { slider } = this;
    slider.style.setProperty("--filled", `${(100 * (this.percentile - Number(slider.min))) / (Number(slider.max) - Number(slider.min))}%`);
    if (!this.pair) return;
    const share = shareKept(this.generated, this.bar);
    put(this.find(".share b"), percent(share));
    put(this.find(".maximum"), signed(this.bar.maximum.toFixed(2)));
    put(this.find(".gamma"), Number.isFinite(this.bar.gamma) ? signed(this.bar.gamma.toFixed(2)) : "−∞");
    this.drawWalks();
    this.drawGalleries();
    this.drawRatios();
    this.drawChances(share);
    Object.assign(this.report, { percentile: this.percentile, share, gamma: this.bar.gamma, maximum: this.bar.maximum, seed: this.seed });
  }

  drawWalks() {
    if (!this.walks) return;
    const { sheet, columns, ratios } = this.walks;
    const { bar } = this;
    const grid = cells(this.find(".walks"), sheet.count, () => {
      const cell = document.createElement("figure");
      cell.innerHTML = `<div class="track"><i></i><b></b></div><canvas></canvas>`;
      return cell;
    });
    const chances = ratios.map((ratio) => chance(ratio, bar));
    grid.forEach((cell, place) => {
      const share = chances[place];
      const column = place % columns;
      cell.classList.toggle("always", place < columns || column === 0 || column === columns - 1);
      cell.style.setProperty("--share", share.toFixed(4));
      cell.classList.toggle("tall", share >= 0.5);
      put(cell.children[0].children[1], share.toFixed(2).replace(/^0/, ""));
      cell.title = say("rejection.read_cell", { chance: share, ratio: ratios[place] });
      const canvas = /** @type {HTMLCanvasElement} */ (cell.children[1]);
      sheet.put(canvas, place);
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", say("rejection.cell", { row: Math.floor(place / columns) + 1, column: column + 1, chance: share }));
    });
    this.report.chances = chances;
    put(this.find(".capped"), say("rejection.capped", { n: capped(ratios, bar) + (this.pool ? capped(this.pool.ratios, bar) : 0), all: ratios.length + (this.pool?.ratios.length ?? 0) }));
  }

  drawGalleries() {
    if (!this.pool) return;
    const { sheet, ratios, u } = this.pool;
    const { bar } = this;
    const kept = [], rejected = [];
    for (let k = 0; k < ratios.length; k++) (u[k] <= chance(ratios[k], bar) ? kept : rejected).push(k);
    put(this.find(".kept-count"), say("rejection.count", { n: kept.length, all: ratios.length }));
    put(this.find(".rejected-count"), say("rejection.count", { n: rejected.length, all: ratios.length }));
    fillGallery(/** @type {HTMLCanvasElement} */ (this.find(".kept canvas")), sheet, kept);
    fillGallery(/** @type {HTMLCanvasElement} */ (this.find(".rejected canvas")), sheet, rejected);
    Object.assign(this.report, { kept: kept.length, rejected: rejected.length });
  }

  /** The burn-in's log-ratios and those of real test images, with M. */
  drawRatios() {
    const low = Math.floor(2 * Math.min(quantile(this.generated, 0.001), quantile(this.real, 0.001))) / 2;
    const high = Math.ceil(2 * Math.max(this.bar.maximum, quantile(this.real, 0.999)) + 0.2) / 2;
    const generated = histogram(this.generated, low, high, BINS);
    const real = histogram(this.real, low, high, BINS);
    const plot = Plot.on(/** @type {HTMLCanvasElement} */ (this.find(".ratios canvas")), {
      x: [low, high],
      y: [0, 1.12 * Math.max(...generated, ...real)],
      marks: [],
    });
    if (!plot) return;
    plot.frame();
    plot.inside(() => {
      bars(plot, generated, low, high);
      steps(plot, real, low, high, { colour: colours().real, width: 2.2 });
      upright(plot, this.bar.maximum);
    });
    plot.word("M", plot.x(this.bar.maximum) - 6, plot.top + 12, colours().ink);
  }

  /** What that makes of the burn-in: chances of being kept, and their mean. */
  drawChances(/** @type {number} */ share) {
    const { bar } = this;
    const chances = Float64Array.from(this.generated, (ratio) => chance(ratio, bar));
    const counts = histogram(chances, 0, 1, BINS);
    const plot = Plot.on(/** @type {HTMLCanvasElement} */ (this.find(".chances canvas")), {
      x: [0, 1],
      y: [0, 1.12 * Math.max(...counts)],
      marks: [],
    });
    if (!plot) return;
    plot.frame();
    plot.inside(() => {
      bars(plot, counts, 0, 1);
      upright(plot, share);
    });
    const right = share < 0.7;
    plot.word(say("rejection.mean", { share: share.toFixed(2) }), plot.x(share) + (right ? 7 : -7), plot.top + 12, colours().ink, right ? "left" : "right");
  }

  speak() {
    super.speak();
    put(this.find(".again"), say("samples.again", { seed: this.seed }));
    put(this.find("output.percentile"), say("rejection.percentile_value", { q: this.percentile }));
    if (!this.entry || !this.pair || this.report.state !== "ready" || !this.walks) return;
    const { columns } = this.walks;
    const chances = /** @type {number[]} */ (this.report.chances);
    const first = mean(chances.filter((_, k) => k % columns === 0)), last = mean(chances.filter((_, k) => k % columns === columns - 1));
    const good = this.chosen("ends") === "good-to-broken";
    const key = good ? "rejection.says_sinking" : "rejection.says_any";
    const values = { first, last, share: this.report.share, q: this.percentile };
    this.sentence.state(`${key} ${this.seed} ${this.percentile}`, () => say(key, values));
    this.sentence.speak(() => `${this.sentence.statement.textContent} ${this.sentence.reason.textContent}`);
    put(this.find(".ratio-note"), say("rejection.as_trained", { mean: short(this.pair.mean_ratio, 3) }));
    this.drawWalks();
  }
}

function mean(/** @type {number[]} */ values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The q-quantile of sorted values. */
function quantile(/** @type {Float32Array} */ sorted, /** @type {number} */ q) {
  return sorted[Math.round(q * (sorted.length - 1))];
}

/** Filled bars of a histogram, in the generator's hue. */
function bars(/** @type {Plot} */ plot, /** @type {Float64Array} */ shares, /** @type {number} */ low, /** @type {number} */ high) {
  const { context } = plot;
  context.fillStyle = faint(colours().generated, 0.85);
  const wide = (high - low) / shares.length;
  shares.forEach((share, bin) => {
    const left = Math.round(plot.x(low + bin * wide)), right = Math.round(plot.x(low + (bin + 1) * wide));
    context.fillRect(left, plot.y(share), right - left, plot.bottom - plot.y(share));
  });
}

/** The outline of a histogram. */
function steps(/** @type {Plot} */ plot, /** @type {Float64Array} */ shares, /** @type {number} */ low, /** @type {number} */ high, /** @type {import("./plot.js").Stroke} */ stroke) {
  const wide = (high - low) / shares.length;
  const xs = [], ys = [];
  shares.forEach((share, bin) => {
    xs.push(low + bin * wide, low + (bin + 1) * wide);
    ys.push(share, share);
  });
  plot.line(xs, ys, stroke);
}

/** An upright dashed line over the whole height: an exact value. */
function upright(/** @type {Plot} */ plot, /** @type {number} */ x) {
  plot.line([x, x], [plot.axes.y[0], plot.axes.y[1]], { ...LINES.exact(), dash: [5, 3], width: 2 });
}

/** As many of the images as fit into the canvas's box, in order. */
function fillGallery(/** @type {HTMLCanvasElement} */ canvas, /** @type {import("./pictures.js").Sheet} */ sheet, /** @type {number[]} */ places) {
  const width = canvas.clientWidth, height = canvas.clientHeight;
  if (!width || !height) return;
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const size = 28, columns = Math.floor(width / size), rows = Math.floor(height / size);
  const cell = document.createElement("canvas");
  cell.width = cell.height = sheet.side;
  const ink = inkColour();
  places.slice(0, columns * rows).forEach((place, k) => {
    cell.getContext("2d")?.putImageData(sheet.image(place, ink), 0, 0);
    const x = (k % columns) * (width / columns), y = Math.floor(k / columns) * size;
    context.drawImage(cell, x * ratio, y * ratio, size * ratio, size * ratio);
  });
}
