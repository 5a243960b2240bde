/**
 * The toy part of the Rejection tab: a run's samples before and after, the acceptance field over the plane, the table
 * of samplers, and the true ratio against the learned one.
 */

import { RULES, capped, meanChance, numbers } from "../acceptance.js";
import { language, put, say } from "../language.js";
import { percent, signed } from "../numbers.js";
import { Sentence } from "../sentence.js";
import { colours, faint, surface } from "../surface.js";
import { drawCautions, drawHonesty } from "./calibration.js";
import { agreement, drawChances, drawRatios, drawTruth } from "./ratios.js";

/** @typedef {import("../acceptance.js").Rule} Rule */

export class Toys {
  /** @type {Record<string, any>|null} */
  answer = null;
  generated = new Float32Array();
  real = new Float32Array();
  points = new Float32Array();
  reals = new Float32Array();
  ratios = new Float32Array();
  u = new Float32Array();
  field = new Float32Array();
  /** 1 for candidates in a mode. @type {Float32Array|null} */
  near = null;
  truth = new Float32Array();
  learned = new Float32Array();

  /** @param {import("../tabs/rejection.js").default} tab */
  constructor(tab) {
    this.tab = tab;
    const card = tab.find(".toy-sentence");
    this.sentence = new Sentence(/** @type {HTMLElement} */ (card.querySelector(".card.sentence")), /** @type {HTMLElement} */ (card.querySelector(".spoken")));
  }

  find(/** @type {string} */ selector) {
    return this.tab.find(selector);
  }

  /** Ask for the chosen run: the server copies it as it stands, and takes its time. */
  async look() {
    const source = this.tab.chosen("source");
    this.answer = null;
    this.tab.hush(true);
    this.sentence.state(`opening ${source}`, () => say("rejection.opening_toy"));
    this.tab.report.toy = "opening";
    const answer = await this.tab.ask("toy", { source, token: source === "mine" ? this.tab.page.run.value.token : "" }, (refusal) => {
      this.tab.report.toy = "refused";
      this.sentence.state(`refused ${refusal?.en}`, () => (refusal ? refusal[language()] : say("samples.no_answer")));
    });
    if (!answer) return;
    this.answer = answer;
    for (const key of /** @type {const} */ (["generated", "real", "points", "reals", "u", "field"])) this[key] = numbers(answer[key]);
    this.ratios = numbers(answer.log_ratio);
    this.near = answer.near ? numbers(answer.near) : null;
    this.truth = answer.true ? numbers(answer.true) : new Float32Array();
    this.learned = answer.learned ? numbers(answer.learned) : new Float32Array();
    this.tab.report.toy = "ready";
    this.tab.moved();
  }

  /** @returns {Rule|null} */
  get rule() {
    return this.answer && RULES[this.tab.sampler](/** @type {any} */ (this.answer), this.tab.strictness, this.real);
  }

  draw() {
    const { answer, rule } = this;
    this.tab.hush(!answer);
    if (!answer || !rule) return;
    const share = meanChance(this.generated, rule);
    put(this.find(".centre.for-toy .share b"), percent(share));
    this.tab.drawPair(rule);
    put(this.find(".capped"), say("rejection.capped", { n: capped(this.ratios, rule.bar), all: this.ratios.length }));
    this.drawPlanes(rule);
    drawRatios(/** @type {HTMLCanvasElement} */ (this.find(".toy-ratios canvas")), this.generated, this.real, answer.maximum);
    drawChances(/** @type {HTMLCanvasElement} */ (this.find(".toy-chances canvas")), this.generated, rule, share);
    this.drawTruth();
    Object.assign(this.tab.report, { toyShare: share, toyKept: this.kept(rule).length });
  }

  kept(/** @type {Rule} */ rule) {
    const kept = [];
    for (let k = 0; k < this.ratios.length; k++) if (this.u[k] <= rule.chance(this.ratios[k])) kept.push(k);
    return kept;
  }

  drawPlanes(/** @type {Rule} */ rule) {
    const before = square(/** @type {HTMLCanvasElement} */ (this.find("canvas.before")), /** @type {any} */ (this.answer).window);
    if (before) {
      this.drawReals(before);
      discs(before, this.points, [...this.ratios.keys()]);
    }
    const after = square(/** @type {HTMLCanvasElement} */ (this.find("canvas.after")), /** @type {any} */ (this.answer).window);
    if (!after) return;
    this.drawField(after, rule);
    const kept = new Set(this.kept(rule));
    rings(after, this.points, [...this.ratios.keys()].filter((k) => !kept.has(k)));
    discs(after, this.points, [...kept]);
  }

  /** a(x): paper where never, plum where always. */
  drawField(/** @type {Square} */ ground, /** @type {Rule} */ rule) {
    const { side } = /** @type {any} */ (this.answer);
    const image = new ImageData(side, side);
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(colours().critic.slice(at, at + 2), 16));
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const at = 4 * ((side - 1 - row) * side + column);
        image.data.set([r, g, b, Math.round(150 * rule.chance(this.field[row * side + column]))], at);
      }
    }
    const small = document.createElement("canvas");
    small.width = small.height = side;
    small.getContext("2d")?.putImageData(image, 0, 0);
    ground.context.imageSmoothingEnabled = false;
    ground.context.drawImage(small, 0, 0, ground.width, ground.height);
  }

  drawReals(/** @type {Square} */ { context, x, y }) {
    context.strokeStyle = faint(colours().real, 0.7);
    context.lineWidth = 1.2;
    for (let k = 0; k < this.reals.length; k += 2) {
      context.beginPath();
      context.arc(x(this.reals[k]), y(this.reals[k + 1]), 3, 0, 7);
      context.stroke();
    }
  }

  drawTruth() {
    const known = this.truth.length > 0;
    this.find(".truth .plot").hidden = !known;
    if (known) drawTruth(/** @type {HTMLCanvasElement} */ (this.find(".truth canvas")), this.truth, this.learned);
    put(this.find(".truth-note"), known ? say("rejection.truth_note", agreement(this.truth, this.learned)) : say("rejection.truth_unknown"));
  }

  speak() {
    const { answer, rule } = this;
    if (!answer || !rule) return;
    put(this.find(".toy-name"), say("rejection.toy_name", { data: say(`knobs.data.${answer.data}`), objective: say(answer.objective), step: answer.step.toLocaleString("en-US") }));
    drawHonesty(this.tab, answer);
    drawCautions(this.tab, answer.cautions);
    this.fillTable(answer);
    const row = answer.rows.find((/** @type {any} */ one) => one.sampler === this.tab.sampler), none = answer.rows[0];
    const values = { name: say(`rejection.${this.tab.sampler}`), share: meanChance(this.generated, rule) };
    const { near } = this;
    const [key, before, after] = near ? ["says_toy", weighed(near, () => 1), weighed(near, (k) => rule.chance(this.ratios[k]))] : ["says_toy_plain", none.w2, row.w2];
    this.sentence.state(`${key} ${this.tab.sampler} ${this.tab.strictness}`, () => say(`rejection.${key}`, { ...values, before, after }));
    this.sentence.speak(() => `${this.sentence.statement.textContent} ${this.sentence.reason.textContent}`);
  }

  fillTable(/** @type {Record<string, any>} */ answer) {
    const { rows, modes_of: modes } = answer;
    put(this.find(".table-unit"), say("rejection.table_unit", { n: rows[0].n.toLocaleString("en-US") }));
    put(this.find(".table-note"), say("rejection.table_note", { floor: rows[0].w2_floor }));
    /** @type {[string, (row: any) => string][]} */
    const columns = [
      ["modes", (row) => (row.modes === null || modes === null ? "–" : `${row.modes}/${modes}`)],
      ["high", (row) => (row.high_quality === null ? "–" : `${(100 * row.high_quality).toFixed(1)} %`)],
      ["kl", (row) => (row.kl_modes === null ? "–" : row.kl_modes.toFixed(3))],
      ["sd", (row) => (row.sd_ratio === null ? "–" : row.sd_ratio.toFixed(2))],
      ["w2", (row) => (row.w2 === null ? "–" : row.w2.toFixed(2))],
      ["rate", (row) => (row.rate < 0.001 ? `${(100 * row.rate).toFixed(3)} %` : `${(100 * row.rate).toFixed(1)} %`)],
      ["speed", (row) => (row.sampler === "none" ? "–" : Math.round(row.per_second).toLocaleString("en-US"))],
    ];
    this.find(".samplers thead").innerHTML = `<tr><th scope="col">${say("rejection.column_sampler")}</th>${columns.map(([key]) => `<th scope="col">${say(`rejection.column_${key}`)}</th>`).join("")}</tr>`;
    this.find(".samplers tbody").innerHTML = rows
      .map((/** @type {any} */ row) => {
        const chosen = row.sampler === this.tab.sampler ? ' class="chosen"' : "";
        const short = row.complete ? "" : ` title="${say("rejection.short_row", { n: row.n, all: rows[0].n })}"`;
        const name = say(`rejection.${row.sampler}`) + (row.complete ? "" : ` <b class="amber">n = ${row.n}</b>`);
        return `<tr${chosen}${short}><th scope="row">${name}</th>${columns.map(([, value]) => `<td>${signed(value(row))}</td>`).join("")}</tr>`;
      })
      .join("");
  }
}

/** The mean of values under weights. */
function weighed(/** @type {Float32Array} */ values, /** @type {(k: number) => number} */ weight) {
  let sum = 0, total = 0;
  values.forEach((value, k) => {
    sum += value * weight(k);
    total += weight(k);
  });
  return sum / Math.max(total, 1e-12);
}

/** @typedef {{context: CanvasRenderingContext2D, width: number, height: number, x: (value: number) => number, y: (value: number) => number}} Square */

/** A cleared canvas over the window, y upward. @returns {Square|null} */
function square(/** @type {HTMLCanvasElement} */ canvas, /** @type {[number, number][]} */ [[left, right], [low, high]]) {
  const ground = surface(canvas);
  if (!ground) return null;
  const { context, width, height } = ground;
  context.clearRect(0, 0, width, height);
  return { context, width, height, x: (value) => ((value - left) / (right - left)) * width, y: (value) => height - ((value - low) / (high - low)) * height };
}

function discs(/** @type {Square} */ { context, x, y }, /** @type {Float32Array} */ points, /** @type {number[]} */ places) {
  context.fillStyle = colours().generated;
  context.strokeStyle = colours().paper;
  context.lineWidth = 0.6;
  for (const k of places) {
    context.beginPath();
    context.arc(x(points[2 * k]), y(points[2 * k + 1]), 2, 0, 7);
    context.stroke();
    context.fill();
  }
}

function rings(/** @type {Square} */ { context, x, y }, /** @type {Float32Array} */ points, /** @type {number[]} */ places) {
  context.strokeStyle = faint(colours().ink2, 0.55);
  context.lineWidth = 0.9;
  for (const k of places) {
    context.beginPath();
    context.arc(x(points[2 * k]), y(points[2 * k + 1]), 2, 0, 7);
    context.stroke();
  }
}
