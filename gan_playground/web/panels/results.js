/** The papers' results: a list, and the one that was run: what has to hold, ours beside the paper's, its table. */

import { read } from "../exact.js";
import { language, put, say } from "../language.js";
import { signed } from "../numbers.js";
import { Panel } from "../panel.js";

const COLUMNS = ["what", "ours", "paper", "deviation", "mark"];

export default class Results extends Panel {
  /** @type {any} */
  found = null;
  running = "";

  begin() {
    this.root.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-run]"));
      if (button) this.run(String(button.dataset.run));
    });
    if (this.values.name !== this.defaults.name) this.redraw();
  }

  async run(/** @type {string} */ name) {
    if (this.running) return;
    this.running = name;
    this.set({ name });
    const answer = await this.ask("run");
    this.running = "";
    if (answer) {
      this.found = answer;
      this.redraw();
      requestAnimationFrame(() => requestAnimationFrame(() => this.find(".result-found").scrollIntoView({ block: "nearest", behavior: "auto" })));
    }
  }

  draw() {
    for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (this.root.querySelectorAll("[data-run]"))) {
      button.disabled = Boolean(this.running);
      const word = button.querySelector("span"), key = this.running === button.dataset.run ? "results.running" : "results.run";
      if (word) {
        word.dataset.say = key;
        put(word, say(key));
      }
    }
    const { found } = this, card = this.find(".result-found");
    card.hidden = !found;
    if (!found) return;
    put(this.find(".found-name"), found.name);
    put(this.find(".found-time"), say("results.took", { seconds: String(found.seconds) }));
    const lang = language();
    this.find(".found-checks").replaceChildren(...found.checks.map((/** @type {any} */ check) => {
      const line = document.createElement("li");
      line.className = !check.binding ? "open" : check.holds ? "holds" : "misses";
      line.textContent = check.what[lang];
      return line;
    }));
    table(this.find(".found-beside"), COLUMNS.map((column) => say(`papers.column_${column}`)), found.beside.map((/** @type {any} */ line) => COLUMNS.map((column) => column === "mark" ? line.mark[lang] : line[column])));
    table(this.find(".found-rows"), found.rows.columns, found.rows.rows);
    const remarks = found.remarks.map((/** @type {any} */ remark) => remark[lang]);
    if (found.rows.more) remarks.push(say("results.more", { count: String(found.rows.more) }));
    put(this.find(".found-remarks"), remarks.join(" "));
  }

  speak() {
    if (this.running) this.say(`running ${this.running}`, () => say("results.says_running", { name: this.running }));
    else if (this.found) this.say(`found ${this.found.name}`, () => say(this.found.holds ? "results.says_holds" : "results.says_misses", { name: this.found.name }));
    else this.say("start", () => say("results.says_start"));
  }
}

function table(/** @type {HTMLElement} */ place, /** @type {string[]} */ names, /** @type {(string|number|null)[][]} */ rows) {
  const row = (/** @type {string} */ tag, /** @type {(string|number|null)[]} */ cells) => {
    const line = document.createElement("tr");
    line.append(...cells.map((cell, k) => {
      const element = document.createElement(k && tag === "td" ? "td" : "th");
      element.textContent = cell === null ? "" : typeof cell === "number" ? (Number.isInteger(cell) ? signed(String(cell)) : read(cell, 4)) : cell;
      return element;
    }));
    return line;
  };
  const head = document.createElement("thead"), body = document.createElement("tbody");
  head.append(row("th", names));
  body.append(...rows.map((cells) => row("td", cells)));
  place.replaceChildren(...(rows.length ? [head, body] : []));
}
