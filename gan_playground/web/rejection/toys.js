/**
 * The toy part of the Rejection tab: a run's samples before and after, the acceptance field over the plane, the table
 * of samplers, and the true ratio against the learned one.
 */

import { RULES, capped, meanChance, parted } from "../acceptance.js";
import { float32 } from "../arrays.js";
import { icon } from "../icons.js";
import { chart, sentenceCard, state, titled, told } from "../imagetab.js";
import { say } from "../language.js";
import { percent } from "../numbers.js";
import { Sentence } from "../sentence.js";
import { html, nothing } from "../vendor/lit-html.js";
import { drawHonesty, honestNote } from "./calibration.js";
import { legend, ratioHead, shareKept } from "./cards.js";
import { drawAfter, drawBefore } from "./planes.js";
import { drawChances, drawRatios, drawTruth } from "./ratios.js";
import { agreement, weighedMean } from "./statistics.js";
import { SAMPLED } from "./tables.js";

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
  /** The sampler as it is set, and the share that it keeps. @type {Rule|null} */
  rule = null;
  share = NaN;
  /** @type {Sentence|null} */
  sentence = null;

  /** @param {import("../tabs/rejection.js").default} tab */
  constructor(tab) {
    this.tab = tab;
  }

  painted() {
    this.sentence = new Sentence(this.tab.find(".toy-sentence .card.sentence"), this.tab.find(".toy-sentence .spoken"));
  }

  // --- questions and answers -------------------------------------------------------------------------

  /** The part comes into sight. */
  open() {
    if (!this.answer) this.look();
    this.tab.moved();
  }

  /** Ask for the chosen run: the server copies it as it stands, and takes its time. */
  async look() {
    const { tab } = this;
    const { source } = tab.chosen;
    this.answer = this.rule = null;
    this.sentence?.state(`opening ${source}`, () => say("rejection.opening_toy"));
    tab.report.toy = "opening";
    tab.paint();
    const answer = await tab.ask("toy", { source, token: source === "mine" ? tab.page.run.value.token : "" }, (refusal) => {
      tab.report.toy = "refused";
      this.sentence?.state(`refused ${JSON.stringify(refusal)}`, () => told(refusal));
    });
    if (!answer) return;
    this.answer = answer;
    for (const key of /** @type {const} */ (["generated", "real", "points", "reals", "u", "field"])) this[key] = float32(answer[key]);
    this.ratios = float32(answer.log_ratio);
    this.near = answer.near ? float32(answer.near) : null;
    this.truth = answer.true ? float32(answer.true) : new Float32Array();
    this.learned = answer.learned ? float32(answer.learned) : new Float32Array();
    tab.report.toy = "ready";
    tab.moved();
  }

  /** The rule and the share that it keeps, under the sampler as it is set. */
  measure() {
    const { answer, tab } = this;
    if (!answer) return;
    this.rule = RULES[tab.sampler](/** @type {any} */ (answer), tab.strictness, this.real);
    this.share = meanChance(this.generated, this.rule);
  }

  get cut() {
    return { n: this.rule ? capped(this.ratios, this.rule.cap) : 0, all: this.ratios.length };
  }

  /** How far the ratio can be believed. @returns {import("./calibration.js").Honesty|null} */
  get honesty() {
    const { answer } = this;
    return answer && { figures: answer, note: honestNote(answer), cautions: answer.cautions };
  }

  // --- markup ----------------------------------------------------------------------------------------

  template() {
    const known = this.truth.length > 0;
    const truth = !this.answer ? "" : known ? say("rejection.truth_note", agreement(this.truth, this.learned)) : say("rejection.truth_unknown");
    return html`<section class="centre for-toy" aria-label=${say("rejection.toy_title")}>
        <div class="transport" role="toolbar" aria-label=${say("rejection.toy_title")}>
          <button type="button" class="button main" data-do="look">${icon("reset")}<span>${say("rejection.look")}</span><kbd>R</kbd></button>
          ${shareKept(Number.isNaN(this.share) ? "" : percent(this.share))}
        </div>
        <div class="card planes-card">
          <div class="sheet-head-line"><h2>${say("rejection.toy_title")}</h2><span class="unit toy-name">${this.name()}</span></div>
          <div class="planes">${["before", "after"].map((when) => html`<figure><figcaption>${say(`rejection.${when}`)}</figcaption>
            <canvas class=${when} role="img" aria-label=${say(`rejection.${when}`)}></canvas></figure>`)}</div>
          <div class="scale"><span>${say("rejection.never")}</span><i></i><span>${say("rejection.always")}</span>
            ${legend(["real", "rejection.real"], ["disc", "rejection.kept"], ["ring", "rejection.rejected"])}</div>
        </div>
        <div class="toy-sentence">${sentenceCard()}</div>
        <article class="card told toy-table">
          <div class="sheet-head-line"><h2>${say("rejection.table")}</h2><span class="unit table-unit">${this.counted()}</span></div>
          <div class="wide"><table class="scores samplers"><thead>${this.head()}</thead><tbody>${this.rows()}</tbody></table></div>
          <p class="hint table-note">${this.answer ? say("rejection.table_note", { floor: this.answer.rows[0].w2_floor }) : ""}</p></article>
      </section>
      <section class="told-column for-toy">
        ${chart("tall truth", say("rejection.truth"), titled("rejection.truth", "rejection.truth_unit"), html`<p class="hint truth-note">${truth}</p>`, Boolean(this.answer) && !known)}
        ${chart("toy-ratios", say("rejection.ratios"), ratioHead())}
        ${chart("toy-chances", say("rejection.chances"), titled("rejection.chances", "rejection.burn_in"))}
      </section>`;
  }

  /** What the run is: its data, its objective, its step. */
  name() {
    const { answer } = this;
    return answer ? say("rejection.toy_name", { data: say(`knobs.data.${answer.data}`), objective: say(answer.objective), step: answer.step.toLocaleString("en-US") }) : "";
  }

  counted() {
    return this.answer ? say("rejection.table_unit", { n: this.answer.rows[0].n.toLocaleString("en-US") }) : "";
  }

  head() {
    if (!this.answer) return nothing;
    return html`<tr><th scope="col">${say("rejection.column_sampler")}</th>${SAMPLED.map(([key]) => html`<th scope="col">${say(`rejection.column_${key}`)}</th>`)}</tr>`;
  }

  rows() {
    const { answer, tab } = this;
    if (!answer) return nothing;
    const { rows, modes_of: modes } = answer;
    return rows.map((/** @type {any} */ row) => html`<tr class=${row.sampler === tab.sampler ? "chosen" : nothing}
      title=${row.complete ? nothing : say("rejection.short_row", { n: row.n, all: rows[0].n })}><th scope="row">${say(`rejection.${row.sampler}`)}${
      row.complete ? nothing : html` <b class="amber">n = ${row.n}</b>`}</th>${SAMPLED.map(([, value]) => html`<td>${value(row, modes)}</td>`)}</tr>`);
  }

  // --- drawing and words -----------------------------------------------------------------------------

  draw() {
    const { tab, answer, rule } = this;
    if (!answer || !rule) return;
    const parts = parted(this.ratios, this.u, rule);
    drawBefore(tab.find("canvas.before", HTMLCanvasElement), answer.window, this.reals, this.points);
    const field = { side: answer.side, chances: Float64Array.from(this.field, rule.chance) };
    drawAfter(tab.find("canvas.after", HTMLCanvasElement), answer.window, field, this.points, parts);
    drawRatios(tab.canvas(".toy-ratios"), this.generated, this.real, answer.maximum);
    drawChances(tab.canvas(".toy-chances"), this.generated, rule, this.share);
    if (this.truth.length) drawTruth(tab.canvas(".truth"), this.truth, this.learned);
    drawHonesty(tab.canvas(".reliability"), answer);
    Object.assign(tab.report, { toyShare: this.share, toyKept: parts.kept.length });
  }

  speakSentence() {
    const { answer, rule, tab, near } = this;
    if (!answer || !rule) return;
    const of = (/** @type {string} */ sampler) => answer.rows.find((/** @type {any} */ row) => row.sampler === sampler);
    const [key, before, after] = near
      ? ["says_toy", weighedMean(near, () => 1), weighedMean(near, (k) => rule.chance(this.ratios[k]))]
      : ["says_toy_plain", answer.rows[0].w2, of(tab.sampler).w2];
    const values = { share: this.share, before, after };
    state(this.sentence, `${key} ${tab.sampler} ${tab.strictness}`, () => say(`rejection.${key}`, { ...values, name: say(`rejection.${tab.sampler}`) }));
  }
}
