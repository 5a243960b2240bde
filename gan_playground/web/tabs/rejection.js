/**
 * The Rejection tab: "Would this image be kept?" The server sends log-ratios and the frozen pair once; a
 * move of strictness or of the sampler redraws bars, charts and galleries here, without asking again.
 */

import { RULES, capped, meanChance, parted } from "../acceptance.js";
import { float32 } from "../arrays.js";
import { ImageTab, state } from "../imagetab.js";
import { say } from "../language.js";
import { calibrationCard, drawHonesty, honestNote, pairCard } from "../rejection/calibration.js";
import { controls } from "../rejection/controls.js";
import { fillGallery } from "../rejection/galleries.js";
import { imagesPart } from "../rejection/images.js";
import { drawChances, drawLogits, drawRatios } from "../rejection/ratios.js";
import { Toys } from "../rejection/toys.js";
import { Verdict } from "../rejection/verdict.js";
import { drawWalks, ends } from "../rejection/walks.js";
import { fill } from "../slider.js";
import { html } from "../vendor/lit-html.js";

/** What moves a sampler: an option of its, in whole numbers, `per` of them to one of the option. @typedef {{option: string, low: number, high: number, per: number, value: number}} Strictness */
/**
 * @typedef {import("../imagetab.js").Book & {choices: Record<string, string[]>, samplers: Record<string, Strictness|null>,
 *   usual: Record<string, number>, show: {walks: number, candidates: number, more: number, most: number}}} Book
 */
/** @typedef {import("../acceptance.js").Rule} Rule */
/** @typedef {import("../rejection/walks.js").Walks} Walks */
/** @typedef {{sheet: import("../pictures.js").Sheet, ratios: number[], u: number[]}} Pool candidates, and the uniform number that each is held against */
/**
 * @typedef {Object} View what is shown; what a newer answer has not replaced yet stays
 * @property {Rule|null} rule @property {number} share @property {Walks|null} walks @property {number[]} chances
 * @property {Pool|null} pool @property {import("../rejection/galleries.js").Parts|null} parts
 */

/** @extends {ImageTab<Book>} */
export default class Rejection extends ImageTab {
  /** What is pressed in each row of buttons. @type {Record<string, string>} */
  chosen = Object.fromEntries(Object.entries(this.book.choices).map(([name, [first]]) => [name, first]));
  checkpoint = Object.keys(this.book.checkpoints)[0] ?? "";
  /** Each sampler's own strictness. @type {Record<string, number>} */
  set = Object.fromEntries(Object.entries(this.book.samplers).map(([key, moved]) => [key, moved?.value ?? 0]));
  /** The slider as the last sampler that has one left it. */
  range = /** @type {Strictness} */ (Object.values(this.book.samplers).find((moved) => moved));
  strictness = this.range.value;
  /** The ratios that the checkpoint has. */
  ratios = this.book.choices.ratio;
  /** Whether there are judges of the checkpoint's images, as far as is known. */
  judged = true;
  /** What was frozen for the checkpoint and its ratio. @type {Record<string, any>|null} */
  pair = null;
  generated = new Float32Array();
  real = new Float32Array();
  /** @type {Walks|null} */
  walks = null;
  /** @type {Pool|null} */
  pool = null;
  /** @type {View} */
  view = { rule: null, share: NaN, walks: null, chances: [], pool: null, parts: null };
  /** The visitor's two candidates. @type {number[]} */
  mine = [];
  filling = false;
  verdict = new Verdict(this);
  toys = new Toys(this);

  // --- the state -------------------------------------------------------------------------------------

  get sampler() {
    return this.chosen.sampler;
  }

  get part() {
    return this.chosen.part;
  }

  /** What moves the sampler; null where nothing does. */
  get moving() {
    return this.book.samplers[this.sampler];
  }

  /** What was answered about the part in sight. */
  get answer() {
    return this.part === "toy" ? this.toys.answer : this.pair;
  }

  get ratio() {
    return this.pair?.ratio ?? "best";
  }

  /** Whether the budget is so small that the sampler is exact. */
  get exactly() {
    return this.moving?.option === "budget" && this.answer && this.strictness <= this.answer.exact_below;
  }

  /** Whether the first walk is between two of the visitor's own candidates. */
  get own() {
    return this.chosen.ends === "mine" && this.mine.length === 2;
  }

  /** The chances of everything that is there, under the sampler as it is set. */
  measure() {
    if (!this.pair) return;
    const rule = RULES[this.sampler](/** @type {any} */ (this.pair), this.strictness, this.real);
    Object.assign(this.view, { rule, share: meanChance(this.generated, rule) });
    const { walks, pool } = this;
    if (walks) Object.assign(this.view, { walks, chances: walks.ratios.map(rule.chance) });
    if (pool) {
      const { kept, rejected } = parted(pool.ratios, pool.u, rule);
      Object.assign(this.view, { pool, parts: { kept: kept.reverse(), rejected: rejected.reverse() } });
    }
  }

  update() {
    this.measure();
    this.toys.measure();
    super.update();
  }

  // --- markup ----------------------------------------------------------------------------------------

  template() {
    const toy = this.part === "toy";
    const rule = toy ? this.toys.rule : this.pair ? this.view.rule : null;
    return html`<aside class="side">${controls(this)}${pairCard(rule, this.sampler, toy ? this.toys.cut : this.cut)}${
      calibrationCard(toy ? this.toys.honesty : this.honesty)}</aside>
      ${imagesPart(this)}
      ${this.toys.template()}`;
  }

  /** How many of all that is shown are cut at M. */
  get cut() {
    const { rule, walks, pool } = this.view;
    const all = [...(walks?.ratios ?? []), ...(pool?.ratios ?? [])];
    return { n: rule ? capped(all, rule.cap) : 0, all: all.length };
  }

  /** How far the ratio can be believed. @returns {import("../rejection/calibration.js").Honesty|null} */
  get honesty() {
    if (!this.pair) return null;
    const { figures, cautions, mean_ratio: mean } = this.pair;
    const note = figures.calibrated ? honestNote(figures) : say("rejection.as_trained", { mean: mean.toFixed(3) });
    return { figures, note, cautions };
  }

  painted() {
    super.painted();
    this.root.dataset.part = this.part;
    fill(this.find("input.strictness", HTMLInputElement));
    this.toys.painted();
  }

  canvas(/** @type {string} */ card) {
    return this.find(`${card} canvas`, HTMLCanvasElement);
  }

  // --- questions and answers -------------------------------------------------------------------------

  /** Ask for a checkpoint's pair: under its better ratio the first time, then under the one that is pressed. */
  async start() {
    if (this.part === "toy") return this.toys.open();
    this.pair = null;
    this.sentence?.state("opening", () => say("rejection.opening"));
    const wanted = this.asked.frozen ? this.chosen.ratio : "best";
    const answer = await this.ask("frozen", { checkpoint: this.checkpoint, ratio: wanted });
    if (!answer) return;
    this.pair = answer;
    this.chosen.ratio = answer.ratio;
    this.ratios = answer.ratios;
    this.judged = Boolean(answer.judged);
    this.generated = float32(answer.generated);
    this.real = float32(answer.real);
    this.pool = this.walks = null;
    await this.take(this.seed);
    this.verdict.ask(0);
  }

  /** Walks and candidates of a seed; the burn-in before them, if it is not there yet. */
  async take(/** @type {number} */ seed) {
    this.seed = seed;
    this.filling = false;
    this.mine = [];
    if (this.pair) await Promise.all([this.stroll(), this.gather()]);
    else await this.start();
  }

  async stroll() {
    const [usual] = this.book.choices.ends;
    const request = {
      checkpoint: this.checkpoint, ratio: this.ratio, seed: this.seed, path: this.chosen.path, n: this.book.show.walks,
      ends: this.chosen.ends === "mine" && !this.own ? usual : this.chosen.ends, pair: this.own ? this.mine : null,
    };
    const answer = await this.ask("walks", request);
    if (!answer) return;
    this.walks = { sheet: answer.picture, columns: answer.columns, ratios: answer.log_ratio };
    if (this.pool) this.ready();
  }

  async gather() {
    const answer = await this.candidates(0, this.book.show.candidates);
    if (!answer) return;
    this.pool = { sheet: answer.picture, ratios: answer.log_ratio, u: answer.u };
    if (this.walks) this.ready();
  }

  candidates(/** @type {number} */ start, /** @type {number} */ n) {
    return this.ask("candidates", { checkpoint: this.checkpoint, ratio: this.ratio, seed: this.seed, start, n });
  }

  /** Galleries fill while one watches; a second press stops. */
  async pour() {
    this.filling = !this.filling;
    const { seed } = this;
    while (this.filling && this.pool && this.pool.ratios.length < this.book.show.most && this.seed === seed) {
      const answer = await this.candidates(this.pool.ratios.length, this.book.show.more);
      if (!answer || !this.pool || this.seed !== seed) break;
      this.pool = { sheet: this.pool.sheet.and(answer.picture), ratios: [...this.pool.ratios, ...answer.log_ratio], u: [...this.pool.u, ...answer.u] };
      this.measure();
      this.paint();
      this.drawGalleries();
    }
    this.filling = false;
  }

  // --- what a visitor does ---------------------------------------------------------------------------

  choose(/** @type {string} */ choice, /** @type {string} */ value) {
    this.chosen[choice] = value;
    switch (choice) {
      case "part":
        this.root.dataset.part = value;
        if (value === "toy") this.toys.open();
        else if (this.pair) this.moved();
        else this.start();
        break;
      case "source":
        if (this.part === "toy") this.toys.look();
        break;
      case "sampler":
        if (this.moving) [this.range, this.strictness] = [this.moving, this.set[value]];
        this.moved();
        this.verdict.ask(0);
        break;
      case "ratio":
        this.start();
        break;
      default:
        this.stroll();
    }
    this.paint();
  }

  /** Another checkpoint. */
  turn(/** @type {string} */ checkpoint) {
    this.checkpoint = checkpoint;
    this.start();
    this.paint();
  }

  /** The slider of strictness is dragged. */
  slide(/** @type {number} */ strictness) {
    this.strictness = this.set[this.sampler] = strictness;
    this.moved();
  }

  /** Strictness moves everything at once; only the judges are asked again, when it has settled. */
  moved() {
    this.update();
    this.verdict.ask();
  }

  /** A click in a gallery names an end of the visitor's own walk. */
  picked(/** @type {number|undefined} */ place) {
    if (place === undefined) return;
    this.mine = [...this.mine, place].slice(-2);
    this.report.mine = this.mine;
    this.drawGalleries();
    if (this.mine.length === 2) this.choose("ends", "mine");
  }

  get actions() {
    const toy = this.part === "toy";
    const again = () => void (toy ? this.toys.look() : this.take(this.seed));
    return { "new-seed": () => !toy && void this.take(this.otherSeed()), reset: again, look: again, fill: () => void this.pour() };
  }

  // --- drawing and words -----------------------------------------------------------------------------

  draw() {
    fill(this.find("input.strictness", HTMLInputElement));
    if (this.part === "toy") return this.toys.draw();
    const { rule, share, walks } = this.view;
    if (!rule || !this.pair) return;
    if (walks) drawWalks(this.find(".walks"), walks);
    this.drawGalleries();
    drawRatios(this.canvas(".ratios"), this.generated, this.real, rule.maximum);
    drawLogits(this.canvas(".logits"), this.generated, rule);
    drawChances(this.canvas(".chances"), this.generated, rule, share);
    drawHonesty(this.canvas(".reliability"), this.pair.figures);
    this.verdict.draw();
    const { sampler, strictness, ratio, seed } = this;
    Object.assign(this.report, { percentile: strictness, sampler, ratio, share, gamma: rule.second, maximum: rule.maximum, seed, chances: this.view.chances });
  }

  drawGalleries() {
    const { pool, parts } = this.view;
    if (!pool || !parts) return;
    for (const name of /** @type {const} */ (["kept", "rejected"])) fillGallery(this.canvas(`.galleries .${name}`), pool.sheet, parts[name], this.mine);
    Object.assign(this.report, { kept: parts.kept.length, rejected: parts.rejected.length });
  }

  speakSentence() {
    if (this.part === "toy") return this.toys.speakSentence();
    const { walks, chances, share } = this.view;
    if (!this.pair || this.report.state !== "ready" || !walks) return;
    const told = { ...ends(chances, walks.columns), share };
    const key = this.chosen.ends === this.book.choices.ends[0] && told.first > told.last ? "rejection.says_sinking" : "rejection.says_any";
    state(this.sentence, `${key} ${this.seed} ${this.sampler} ${this.strictness}`, () => say(key, told));
  }
}
