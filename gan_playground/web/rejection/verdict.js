/**
 * What independent judges say of a sampler: the classifier's confidence in what is kept and what is rejected,
 * and scores before and after. They are asked once nothing has moved for a while.
 */

import { float32 } from "../arrays.js";
import { titled } from "../imagetab.js";
import { say } from "../language.js";
import { html } from "../vendor/lit-html.js";
import { legend } from "./cards.js";
import { drawConfidence } from "./ratios.js";
import { SCORED, scored } from "./tables.js";

/** Judges are asked again this long after the last move, in ms. */
const SETTLED = 900;

export class Verdict {
  /** The last answer, and what it was asked about. @type {Record<string, any>|null} */
  found = null;
  confidence = new Float32Array();
  ratios = new Float32Array();
  timer = 0;
  /** What stands in the place of an answer: nothing yet, or a key of words. */
  waiting = "";

  constructor(/** @type {import("../tabs/rejection.js").default} */ tab) {
    this.tab = tab;
  }

  /** The sampler that is to be judged. */
  get key() {
    const { checkpoint, ratio, sampler, strictness } = this.tab;
    return `${checkpoint} ${ratio} ${sampler} ${strictness}`;
  }

  get current() {
    return this.found?.key === this.key;
  }

  /** Ask, unless this was answered, or something moves in the meantime. */
  ask(wait = SETTLED) {
    const { tab, key } = this;
    clearTimeout(this.timer);
    if (!tab.pair?.judged || tab.part === "toy" || this.current) return;
    this.waiting = "rejection.measuring";
    tab.paint();
    this.timer = window.setTimeout(() => this.hear(key), wait);
  }

  async hear(/** @type {string} */ key) {
    const { tab } = this;
    const { checkpoint, ratio, sampler, strictness, moving } = tab;
    const options = { ...tab.book.usual, ...(moving && { [moving.option]: strictness / moving.per }) };
    const answer = await tab.ask("scores", { checkpoint, ratio, sampler, ...options }, () => {
      this.waiting = "rejection.busy";
      tab.paint();
    });
    if (!answer) return;
    this.found = { ...answer, key };
    this.confidence = float32(answer.confidence);
    this.ratios = float32(answer.log_ratio);
    tab.report.judged = key;
    tab.paint();
    this.draw();
  }

  template() {
    const { tab, found, current } = this;
    const unit = current ? say("rejection.verdict_unit", { n: found?.images.toLocaleString("en-US") }) : this.waiting && say(this.waiting);
    const before = found?.before, after = found?.after ?? null;
    return html`<article class="card told verdict" ?hidden=${!tab.judged}>
      <div class="sheet-head-line"><h2>${say("rejection.verdict")}</h2><span class="unit verdict-unit">${unit}</span></div>
      <table class=${found && !current ? "scores verdicts stale" : "scores verdicts"}><thead>${
        found && html`<tr><th></th>${["before", "after", "error"].map((column) => html`<th scope="col">${say(`rejection.column_${column}`)}</th>`)}</tr>`}</thead><tbody>${
        found && SCORED.map((key) => row(say(`rejection.score_${key}`), scored(key, before, after)))}</tbody></table>
      <p class="verdict-says">${found?.verdict.map((/** @type {string} */ key) => say(key)).join(" ") ?? ""}</p><p class="hint verdict-note">${
        found ? say("rejection.verdict_note", { accuracy: tab.pair?.judged, floor: before.balance.floor }) : ""}</p><p class="hint rank-note">${
        found && found.rank !== null ? say("rejection.rank_note", { rank: found.rank }) : ""}</p></article>`;
  }

  /** The card of the classifier's confidence. */
  confidenceCard() {
    return html`<article class="card told plotted confidence" ?hidden=${!this.tab.judged}>
      <div class="sheet-head-line">${titled("rejection.confidence", "rejection.confidence_unit")}${
        legend(["swatch", "rejection.kept"], ["hollow", "rejection.rejected"])}</div>
      <div class="plot"><canvas role="img" aria-label=${say("rejection.confidence")}></canvas></div></article>`;
  }

  draw() {
    const { tab, found } = this;
    const { rule } = tab.view;
    if (found && rule && tab.judged) tab.report.medians = drawConfidence(tab.canvas(".told.confidence"), this.confidence, this.ratios, rule);
  }
}

function row(/** @type {string} */ title, /** @type {string[]} */ [before, after, error]) {
  return html`<tr><th scope="row">${title}</th><td>${before}</td><td class="ours">${after}</td><td>${error}</td></tr>`;
}
