/** The score table: every checkpoint of the data set, real images as its own row, sorted by any column. */

import { say } from "../language.js";
import { html, nothing } from "../vendor/lit-html.js";
import { filled, plusMinus, sorted, sorting } from "./scores.js";

/** @typedef {import("../tabs/samples.js").default} Samples */
/** @typedef {import("./scores.js").Scores} Scores */
/** @typedef {import("./scores.js").Column} Column */

/** What each score sees and what it is blind to, in the order of the list below the table. */
const TOLD = ["kde", "frechet", "kid", "precision", "recall", "classes", "nearest"];

export class Table {
  constructor(/** @type {Samples} */ tab) {
    this.tab = tab;
  }

  scoresOf(/** @type {string} */ name) {
    return this.tab.book.checkpoints[name].scores;
  }

  /** The checkpoints of the data set in the table's order. */
  get names() {
    const { selection } = this.tab;
    return sorted(selection.all, selection.values.sort, (name) => this.scoresOf(name), (name) => this.tab.nameOf(name));
  }

  template() {
    const { tab } = this;
    const all = tab.selection.all.map((name) => this.scoresOf(name));
    const columns = filled(all);
    const unscored = !all.some((scores) => scores["gan-2014"]);
    const nearest = all.map((scores) => scores.nearest).find((found) => found);
    const real = { ...tab.book.yardsticks[tab.selection.data], ...(nearest && { nearest: { real: nearest.real } }) };
    return html`<article class="card told scores-card">
      <div class="sheet-head-line"><h2>${say("scores.title")}</h2><span class="unit">${say("scores.sort_hint")}</span>
        <b class="amber" ?hidden=${unscored}>${say("scores.rewards_blur")}</b></div>
      <div class="wide"><table class="scores all"><thead>${this.head(columns)}</thead><tbody>${this.names.map((name) => this.row(name, columns))}<tr
        class="real"><th scope="row">${say("scores.row_real")}</th>${this.cells(columns, real, "")}</tr></tbody></table></div>
      <p class="hint measured">${measured(all)}</p>
      <dl class="blind">${TOLD.map((key) => html`<div data-score=${key} ?hidden=${key === "kde" && unscored}><dt>${say(`scores.score_${key}`)}</dt><dd>${say(`scores.blind_${key}`)}</dd></div>`)}</dl>
      <p class="hint papers-note" ?hidden=${unscored}>${say("scores.published_note", { gan: plusMinus(tab.book.published["gan-2014"].gan) })}</p></article>`;
  }

  head(/** @type {Column[]} */ columns) {
    const { selection } = this.tab;
    const { key: by, way } = sorting(selection.values.sort);
    const classes = selection.all.map((name) => this.scoresOf(name).classes?.shares.length).find((found) => found) ?? 1;
    const told = { share: 100 / classes, most: Math.log(classes) };
    return html`<tr>${[{ key: "name", words: "column_name", unit: "" }, ...columns].map(({ key, words, unit }) => {
      const chosen = key === by;
      const title = say(`scores.${words}`) + (chosen ? (way < 0 ? "\u00a0▴" : "\u00a0▾") : "");
      const below = html`<small>${unit && say(`scores.${unit}`, told)}</small>`;
      return html`<th scope="col" aria-sort=${chosen ? ((way < 0) === (key === "name") ? "descending" : "ascending") : nothing}>${
        key ? html`<button type="button" data-sort=${key} @click=${() => this.sort(key)}>${title}</button>` : html`<span>${title}</span>`}${below}</th>`;
    })}</tr>`;
  }

  row(/** @type {string} */ name, /** @type {Column[]} */ columns) {
    const { tab } = this;
    const called = tab.nameOf(name);
    const objective = tab.book.checkpoints[name].objective.split(".").pop() ?? "";
    return html`<tr class=${tab.selection.names.includes(name) ? "chosen" : ""}><th scope="row"><button type="button" data-lead=${name}
      title=${say("scores.row_open", { name: called })} @click=${() => tab.led(name)}>${called}</button></th>${this.cells(columns, this.scoresOf(name), objective)}</tr>`;
  }

  cells(/** @type {Column[]} */ columns, /** @type {Scores} */ scores, /** @type {string} */ objective) {
    const { tab } = this;
    const { published } = tab.book;
    const { key } = sorting(tab.selection.values.sort);
    const context = {
      published: Object.fromEntries(Object.keys(published).map((protocol) => [protocol, published[protocol][objective]])),
      className: (/** @type {number} */ place) => tab.className(place),
    };
    return columns.map((column) => {
      const classes = [column.key === key && "sorted", !column.key && "papers"].filter(Boolean).join(" ");
      return html`<td class=${classes}>${column.text(scores, context) ?? "–"}</td>`;
    });
  }

  /** Sort by a column; once more, the other way round. */
  sort(/** @type {string} */ key) {
    this.tab.change({ sort: this.tab.selection.values.sort === key ? `-${key}` : key });
  }
}

/** How many samples, which split, which extractor: of the first checkpoint that has them. */
function measured(/** @type {Scores[]} */ all) {
  const count = (/** @type {any} */ found) => (found ? found.samples.toLocaleString("en-US") : "–");
  const [old, more, features] = ["gan-2014", "f-gan", "features"].map((key) => all.find((scores) => scores[key])?.[key]);
  const notes = [
    old && say("scores.measured_kde", { old: count(old), new: count(more) }),
    features && say("scores.measured_features", { n: count(features), split: say(`scores.split_${features.split}`) }),
  ];
  return notes.filter(Boolean).join(" ");
}
