/** The papers' results: a list, and the one that was run: what has to hold, ours beside the paper's, its table. */

import { read } from "../exact.js";
import { icon } from "../icons.js";
import { say, tell } from "../language.js";
import { signed } from "../numbers.js";
import { Panel } from "../panel.js";
import { html } from "../vendor/lit-html.js";

/** A result of the list. @typedef {{name: string, shows: string, paper: string, place: string, lasts: import("../language.js").Sentence, command: string, quick: boolean}} Entry */
/** @typedef {string|number|null} Cell */

export default class Results extends Panel {
  /** @type {any} */
  found = null;
  running = "";

  async run(/** @type {string} */ name) {
    if (this.running) return;
    this.running = name;
    this.set({ name });
    const answer = await this.ask("run");
    this.running = "";
    this.redraw();
    if (answer) {
      this.found = answer;
      requestAnimationFrame(() => requestAnimationFrame(() => this.find(".result-found").scrollIntoView({ block: "nearest", behavior: "auto" })));
    }
  }

  // --- markup -------------------------------------------------------------------------------------

  controls() {
    return html`<div class="control"><div class="head"><label>${this.word("list")}</label></div>
        <p class="hint">${this.word("list_hint")}</p></div>
      <div class="control"><div class="head"><label>${this.word("marks")}</label></div>
        <p class="hint">${this.word("marks_hint")}</p><ul class="mark-list">${
          this.about.marks.map((/** @type {string} */ mark) => html`<li>${say(`papers.mark_${mark}`)}</li>`)}</ul></div>`;
  }

  stage() {
    return html`<article class="card first result-list">${this.about.results.map((/** @type {Entry} */ entry) => this.entry(entry))}</article>
      <article class="card result-found" ?hidden=${!this.found}>${this.found ? this.outcome(this.found) : ""}</article>`;
  }

  /** A result of the list: a quick one is run here, the others give their command. */
  entry(/** @type {Entry} */ { name, shows, paper, place, lasts, command, quick }) {
    const action = quick
      ? html`<button type="button" class="button" data-run=${name} ?disabled=${Boolean(this.running)}
          @click=${() => this.run(name)}>${icon("play")}<span>${this.word(this.running === name ? "running" : "run")}</span></button>`
      : html`<span class="unit">${this.word("by_command")}</span>`;
    return html`<section class="result-of" data-result=${name}><div class="line"><h3>${name}</h3>
        <span class="unit">${tell(lasts)}</span><span class="far">${action}</span></div>
        <p>${say(shows)}</p><p class="hint">${paper}, ${say(place)}</p>
        <code>${command}</code></section>`;
  }

  outcome(/** @type {any} */ found) {
    /** @type {string[]} */
    const columns = this.about.columns;
    const beside = found.beside.map((/** @type {any} */ line) => columns.map((column) => (column === "mark" ? tell(line.mark) : line[column])));
    const remarks = found.remarks.map((/** @type {any} */ remark) => tell(remark));
    if (found.rows.more) remarks.push(this.word("more", { count: String(found.rows.more) }));
    return html`<div class="line"><h2 class="found-name">${found.name}</h2>
        <span class="unit found-time">${this.word("took", { seconds: String(found.seconds) })}</span></div>
      <ul class="found-checks">${found.checks.map((/** @type {any} */ check) => html`<li
        class=${!check.binding ? "open" : check.holds ? "holds" : "misses"}>${tell(check.what)}</li>`)}</ul>
      <div class="scroll"><table class="figures found-beside">${rows(columns.map((column) => say(`papers.column_${column}`)), beside)}</table></div>
      <div class="scroll"><table class="figures found-rows">${rows(found.rows.columns, found.rows.rows)}</table></div>
      <p class="hint found-remarks">${remarks.join(" ")}</p>`;
  }

  // --- words --------------------------------------------------------------------------------------

  speak() {
    const { running, found } = this;
    if (running) this.say(`running ${running}`, () => this.word("says_running", { name: running }));
    else if (found) this.say(`found ${found.name}`, () => this.word(found.holds ? "says_holds" : "says_misses", { name: found.name }));
    else this.say("start", () => this.word("says_start"));
  }
}

/** A table's head and body; nothing where there are no rows. */
function rows(/** @type {string[]} */ names, /** @type {Cell[][]} */ lines) {
  if (!lines.length) return "";
  return html`<thead><tr>${names.map((name) => html`<th>${name}</th>`)}</tr></thead><tbody>${lines.map((cells) => html`<tr>${
    cells.map((cell, k) => (k ? html`<td>${printed(cell)}</td>` : html`<th>${printed(cell)}</th>`))}</tr>`)}</tbody>`;
}

/** A cell as it is read: whole numbers as they are, others to four digits. */
export function printed(/** @type {Cell} */ cell) {
  if (cell === null) return "";
  if (typeof cell === "string") return cell;
  return Number.isInteger(cell) ? signed(String(cell)) : read(cell, 4);
}
