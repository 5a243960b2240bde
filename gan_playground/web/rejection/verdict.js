/**
 * What independent judges say of a sampler: the classifier's confidence in what is kept and what is rejected,
 * and scores before and after. They are asked once nothing has moved for a while.
 */

import { numbers } from "../acceptance.js";
import { put, say } from "../language.js";
import { drawConfidence } from "./ratios.js";

/** Judges are asked again this long after the last move, in ms. */
const SETTLED = 900;

export class Verdict {
  /** The last answer, and what it was asked about. @type {Record<string, any>|null} */
  found = null;
  confidence = new Float32Array();
  ratios = new Float32Array();
  timer = 0;

  constructor(/** @type {import("../tabs/rejection.js").default} */ tab) {
    this.tab = tab;
  }

  /** The sampler that is to be judged. */
  get key() {
    const { checkpoint, ratioName, sampler, strictness } = this.tab;
    return `${checkpoint} ${ratioName} ${sampler} ${strictness}`;
  }

  /** Ask, unless this was answered, or something moves in the meantime. */
  ask(wait = SETTLED) {
    const { tab, key } = this;
    clearTimeout(this.timer);
    if (!tab.pair?.judged || tab.part === "toy" || this.found?.key === key) return;
    put(tab.find(".verdict-unit"), say("rejection.measuring"));
    this.timer = window.setTimeout(async () => {
      const { checkpoint, ratioName, sampler, strictness } = tab;
      const request = { checkpoint, ratio: ratioName, sampler, percentile: sampler === "drs" ? strictness : 80, budget: sampler === "obrs" ? Math.max(1, strictness) / 100 : 0.5 };
      const answer = await tab.ask("scores", request, () => put(tab.find(".verdict-unit"), say("rejection.busy")));
      if (!answer) return;
      this.found = { ...answer, key };
      this.confidence = numbers(answer.confidence);
      this.ratios = numbers(answer.log_ratio);
      tab.report.judged = key;
      if (tab.rule) this.draw(tab.rule);
    }, wait);
  }

  draw(/** @type {import("../acceptance.js").Rule} */ rule) {
    const { tab, found } = this;
    const there = Boolean(tab.pair?.judged);
    tab.find(".verdict").hidden = tab.find(".told.confidence").hidden = !there;
    if (!there || !found) return;
    tab.report.medians = drawConfidence(tab.canvas(".told.confidence"), this.confidence, this.ratios, rule);
    const current = found.key === this.key;
    put(tab.find(".verdict-unit"), current ? say("rejection.verdict_unit", { n: found.images.toLocaleString("en-US") }) : say("rejection.measuring"));
    tab.find(".verdicts").classList.toggle("stale", !current);
    const { before, after } = found;
    put(tab.find(".verdict-says"), found.verdict.map((/** @type {string} */ key) => say(key)).join(" "));
    put(tab.find(".verdict-note"), say("rejection.verdict_note", { accuracy: tab.pair?.judged, floor: before.balance.floor }));
    put(tab.find(".rank-note"), found.rank === null ? "" : say("rejection.rank_note", { rank: found.rank }));
    const value = (/** @type {any} */ one, /** @type {string} */ key) => (one === null ? "–" : key === "balance" ? one.balance.distance.toFixed(3) : one[key].toFixed(key === "frechet" ? 1 : 3));
    tab.find(".verdicts thead").innerHTML = `<tr><th></th>${["before", "after", "error"].map((column) => `<th scope="col">${say(`rejection.column_${column}`)}</th>`).join("")}</tr>`;
    tab.find(".verdicts tbody").innerHTML = ["frechet", "precision", "recall", "balance"]
      .map((key) => {
        const error = key === "frechet" ? "" : (2 * (key === "balance" ? before.balance.error : before[`${key}_error`])).toFixed(3);
        return `<tr><th scope="row">${say(`rejection.score_${key}`)}</th><td>${value(before, key)}</td><td class="ours">${value(after, key)}</td><td>${error}</td></tr>`;
      })
      .join("");
  }
}
