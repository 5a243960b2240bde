/**
 * The Rejection tab: "Would this image be kept?" The server sends log-ratios and the frozen pair once; a
 * move of strictness or of the sampler redraws bars, charts and galleries here, without asking again.
 */

import { RULES, capped, meanChance, numbers } from "../acceptance.js";
import { ImageTab } from "../imagetab.js";
import { put, say } from "../language.js";
import { percent, signed } from "../numbers.js";
import { cells } from "../pictures.js";
import { drawCautions, drawHonesty } from "../rejection/calibration.js";
import { fillGallery, placeUnder } from "../rejection/galleries.js";
import { drawChances, drawLogits, drawRatios } from "../rejection/ratios.js";
import { Toys } from "../rejection/toys.js";
import { Verdict } from "../rejection/verdict.js";
import { fill } from "../slider.js";

const ROWS = 8;
const CANDIDATES = 240;
/** Galleries fill up to here. */
const MOST = 1200;
const BITE = 120;

/** Which option a sampler's slider moves, and where it begins. @type {Record<string, number|null>} */
const BEGINS = { drs: 80, obrs: 50, exact: null, mh: null };

export default class Rejection extends ImageTab {
  /** @type {Record<string, any>|null} */
  pair = null;
  generated = new Float32Array();
  real = new Float32Array();
  /** @type {{sheet: import("../pictures.js").Sheet, columns: number, ratios: number[]}|null} */
  walks = null;
  /** @type {{sheet: import("../pictures.js").Sheet, ratios: number[], u: number[]}|null} */
  pool = null;
  /** The visitor's two candidates. @type {number[]} */
  mine = [];
  filling = false;
  verdict = new Verdict(this);
  /** @type {Toys|null} */
  toys = null;
  /** Each sampler's own strictness. @type {Record<string, number|null>} */
  set = { ...BEGINS };

  get slider() {
    return /** @type {HTMLInputElement} */ (this.find("input.strictness"));
  }

  get strictness() {
    return Number(this.slider.value);
  }

  get sampler() {
    return this.chosen("sampler");
  }

  get part() {
    return this.chosen("part");
  }

  /** @returns {import("../acceptance.js").Rule|null} */
  get rule() {
    return this.pair && RULES[this.sampler](/** @type {any} */ (this.pair), this.strictness, this.real);
  }

  async start() {
    if (!this.slider.oninput) {
      this.slider.oninput = () => this.moved();
      for (const name of ["kept", "rejected"]) {
        this.find(`.galleries .${name} canvas`).addEventListener("click", (event) => this.picked(name, /** @type {MouseEvent} */ (event)));
      }
    }
    if (this.part === "toy") return this.beginToy();
    this.pair = null;
    this.sentence.state("opening", () => say("rejection.opening"));
    const wanted = this.asked.frozen ? this.chosen("ratio") : "best";
    const answer = await this.ask("frozen", { checkpoint: this.checkpoint, ratio: wanted });
    if (!answer) return;
    this.pair = answer;
    this.press("ratio", answer.ratio);
    for (const which of ["calibrated", "as-trained"]) {
      const button = /** @type {HTMLButtonElement|null} */ (this.root.querySelector(`[data-choice="ratio"][data-value="${which}"]`));
      if (button) button.disabled = !answer.ratios.includes(which);
    }
    this.generated = numbers(answer.generated);
    this.real = numbers(answer.real);
    this.pool = this.walks = this.verdict.found = null;
    this.mine = [];
    await this.take(this.seed);
    this.verdict.ask(0);
  }

  beginToy() {
    this.toys ??= new Toys(this);
    if (!this.toys.answer) this.toys.look();
    this.moved();
  }

  press(/** @type {string} */ choice, /** @type {string} */ value) {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll(`[data-choice="${choice}"]`))) {
      button.setAttribute("aria-pressed", String(button.dataset.value === value));
    }
  }

  get ratioName() {
    return this.pair?.ratio ?? "best";
  }

  /** Walks and candidates of a seed; the burn-in before them, if it is not there yet. */
  async take(/** @type {number} */ seed) {
    this.seed = seed;
    this.filling = false;
    this.mine = [];
    if (this.pair) await Promise.all([this.stroll(), this.fill()]);
    else await this.start();
  }

  async stroll() {
    const own = this.chosen("ends") === "mine" && this.mine.length === 2;
    const ends = this.chosen("ends") === "mine" && !own ? "good-to-broken" : this.chosen("ends");
    const request = { checkpoint: this.checkpoint, ratio: this.ratioName, seed: this.seed, ends, path: this.chosen("path"), n: ROWS, pair: own ? this.mine : null };
    const answer = await this.ask("walks", request);
    if (!answer) return;
    this.walks = { sheet: answer.picture, columns: answer.columns, ratios: answer.log_ratio };
    if (this.pool) this.ready();
  }

  async fill() {
    const answer = await this.candidates(0, CANDIDATES);
    if (!answer) return;
    this.pool = { sheet: answer.picture, ratios: answer.log_ratio, u: answer.u };
    if (this.walks) this.ready();
  }

  candidates(/** @type {number} */ start, /** @type {number} */ n) {
    return this.ask("candidates", { checkpoint: this.checkpoint, ratio: this.ratioName, seed: this.seed, start, n });
  }

  /** Galleries fill while one watches; a second press stops. */
  async pour() {
    this.filling = !this.filling;
    const { seed } = this;
    while (this.filling && this.pool && this.pool.ratios.length < MOST && this.seed === seed) {
      const answer = await this.candidates(this.pool.ratios.length, BITE);
      if (!answer || !this.pool || this.seed !== seed) break;
      this.pool = { sheet: this.pool.sheet.and(answer.picture), ratios: [...this.pool.ratios, ...answer.log_ratio], u: [...this.pool.u, ...answer.u] };
      const { rule } = this;
      if (rule) this.drawGalleries(rule);
    }
    this.filling = false;
  }

  choose(/** @type {string} */ choice, /** @type {string} */ value) {
    switch (choice) {
      case "part":
        this.root.dataset.part = value;
        if (value === "toy") this.beginToy();
        else if (this.pair) this.moved();
        else this.start();
        return;
      case "source":
        this.toys?.look();
        return;
      case "sampler":
        this.turn(value);
        return;
      case "ratio":
        this.start();
        return;
      default:
        this.stroll();
    }
  }

  /** Another sampler: its own strictness comes back. */
  turn(/** @type {string} */ sampler) {
    const value = this.set[sampler];
    if (value !== null) this.slider.value = String(value);
    this.moved();
    this.verdict.ask(0);
  }

  /** A click in a gallery names an end of the visitor's own walk. */
  picked(/** @type {string} */ name, /** @type {MouseEvent} */ event) {
    const places = this.places?.[name];
    const canvas = /** @type {HTMLCanvasElement} */ (event.currentTarget);
    if (!places) return;
    const place = places[placeUnder(canvas, event)];
    if (place === undefined) return;
    this.mine = [...this.mine, place].slice(-2);
    this.report.mine = this.mine;
    const { rule } = this;
    if (rule) this.drawGalleries(rule);
    if (this.mine.length < 2) return;
    this.press("ends", "mine");
    this.stroll();
  }

  /** Where each candidate went. @type {Record<string, number[]>|null} */
  places = null;

  act(/** @type {string} */ action) {
    switch (action) {
      case "new":
      case "new-seed":
        if (this.part === "toy") return false;
        this.take(this.otherSeed());
        return true;
      case "again":
      case "reset":
      case "look":
        if (this.part === "toy") this.toys?.look();
        else this.take(this.seed);
        return true;
      case "fill":
        this.pour();
        return true;
    }
    return false;
  }

  /** Strictness moves everything at once; only the judges are asked again, when it has settled. */
  moved() {
    if (this.set[this.sampler] !== null) this.set[this.sampler] = this.strictness;
    this.draw();
    this.speak();
    this.verdict.ask();
  }

  // --- drawing ------------------------------------------------------------------------------------

  draw() {
    const { slider, sampler } = this;
    const [low, high] = sampler === "obrs" ? ["1", "100"] : ["0", "99"];
    if (slider.min !== low) [slider.min, slider.max] = [low, high];
    slider.disabled = BEGINS[sampler] === null;
    fill(slider, this.strictness);
    if (this.part === "toy") return this.toys?.draw();
    const { rule } = this;
    this.hush(!rule);
    if (!rule) return;
    const share = meanChance(this.generated, rule);
    put(this.find(".centre.for-images .share b"), percent(share));
    this.drawPair(rule);
    this.drawWalks(rule);
    this.drawGalleries(rule);
    drawRatios(this.canvas(".ratios"), this.generated, this.real, rule.maximum);
    drawLogits(this.canvas(".logits"), this.generated, rule);
    drawChances(this.canvas(".chances"), this.generated, rule, share);
    this.verdict.draw(rule);
    Object.assign(this.report, { percentile: this.strictness, sampler, ratio: this.ratioName, share, gamma: rule.second, maximum: rule.maximum, seed: this.seed });
  }

  /** What is told of a ratio belongs to it: nothing stands there before it does. */
  hush(/** @type {boolean} */ silent) {
    this.find(".side .pair").hidden = this.find(".side .calibration").hidden = silent;
  }

  canvas(/** @type {string} */ card) {
    return /** @type {HTMLCanvasElement} */ (this.find(`${card} canvas`));
  }

  drawPair(/** @type {import("../acceptance.js").Rule} */ rule) {
    const chain = this.sampler === "mh";
    put(this.find(".maximum"), chain ? "–" : signed(rule.maximum.toFixed(2)));
    put(this.find(".gamma-name"), this.sampler === "obrs" ? "c" : "γ");
    put(this.find(".gamma"), chain ? "–" : rule.second === null ? (this.sampler === "obrs" ? "∞" : "−∞") : signed(rule.second.toFixed(2)));
    put(this.find(".gamma-is"), say(`rejection.gamma_is_${this.sampler}`));
  }

  drawWalks(/** @type {import("../acceptance.js").Rule} */ rule) {
    if (!this.walks) return;
    const { sheet, columns, ratios } = this.walks;
    const grid = cells(this.find(".walks"), sheet.count, () => {
      const cell = document.createElement("figure");
      cell.innerHTML = `<div class="track"><i></i><b></b></div><canvas></canvas>`;
      return cell;
    });
    const chances = ratios.map(rule.chance);
    grid.forEach((cell, place) => {
      const share = chances[place];
      const column = place % columns;
      cell.classList.toggle("always", place < columns || column === 0 || column === columns - 1);
      cell.classList.toggle("own", this.chosen("ends") === "mine" && this.mine.length === 2 && place < columns);
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
    const { bar } = rule;
    put(this.find(".capped"), say("rejection.capped", { n: capped(ratios, bar) + (this.pool ? capped(this.pool.ratios, bar) : 0), all: ratios.length + (this.pool?.ratios.length ?? 0) }));
  }

  drawGalleries(/** @type {import("../acceptance.js").Rule} */ rule) {
    if (!this.pool) return;
    const { sheet, ratios, u } = this.pool;
    const kept = /** @type {number[]} */ ([]), rejected = /** @type {number[]} */ ([]);
    for (let k = ratios.length - 1; k >= 0; k--) (u[k] <= rule.chance(ratios[k]) ? kept : rejected).push(k);
    this.places = { kept, rejected };
    put(this.find(".kept-count"), say("rejection.count", { n: kept.length, all: ratios.length }));
    put(this.find(".rejected-count"), say("rejection.count", { n: rejected.length, all: ratios.length }));
    fillGallery(this.canvas(".galleries .kept"), sheet, kept, this.mine);
    fillGallery(this.canvas(".galleries .rejected"), sheet, rejected, this.mine);
    Object.assign(this.report, { kept: kept.length, rejected: rejected.length });
  }

  speak() {
    super.speak();
    const { sampler, strictness } = this;
    put(this.find(".again"), say("samples.again", { seed: this.seed }));
    put(this.find(".sampler-hint"), say(`rejection.${sampler}_is`));
    put(this.find(".strictness-label"), say(`rejection.strictness_${sampler}`));
    const unset = BEGINS[sampler] === null;
    put(this.find("output.percentile"), unset ? say("rejection.no_value") : say(sampler === "obrs" ? "rejection.budget_value" : "rejection.percentile_value", { q: strictness }));
    const answer = this.part === "toy" ? this.toys?.answer : this.pair;
    const exactly = sampler === "obrs" && answer && strictness <= answer.exact_below;
    put(this.find(".strictness-hint"), say(exactly ? "rejection.strictness_hint_exactly" : `rejection.strictness_hint_${sampler}`));
    if (this.part === "toy") return this.toys?.speak();
    if (!this.entry || !this.pair || this.report.state !== "ready" || !this.walks) return;
    const { figures } = this.pair;
    drawHonesty(this, figures);
    if (!figures.calibrated) put(this.find(".ratio-note"), say("rejection.as_trained", { mean: this.pair.mean_ratio.toFixed(3) }));
    const memorised = figures.steps > 1.5 * figures.step ? [{ key: "rejection.caution_memorised", steps: figures.steps, step: figures.step }] : [];
    drawCautions(this, [...this.pair.cautions, ...memorised]);
    const { columns } = this.walks;
    const chances = /** @type {number[]} */ (this.report.chances);
    const first = mean(chances.filter((_, k) => k % columns === 0)), last = mean(chances.filter((_, k) => k % columns === columns - 1));
    const good = this.chosen("ends") === "good-to-broken" && first > last;
    const key = good ? "rejection.says_sinking" : "rejection.says_any";
    const values = { first, last, share: this.report.share };
    this.sentence.state(`${key} ${this.seed} ${sampler} ${strictness}`, () => say(key, values));
    this.sentence.speak(() => `${this.sentence.statement.textContent} ${this.sentence.reason.textContent}`);
    const { rule } = this;
    if (rule) {
      this.drawWalks(rule);
      this.verdict.draw(rule);
    }
  }
}

function mean(/** @type {number[]} */ values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
