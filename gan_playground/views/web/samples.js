/** The Samples tab: a grid of one seed's latents, a walk between two of them, the checkpoint's scores and recipe. */

import { ImageTab, put } from "./imagetab.js";
import { say } from "./language.js";
import { signed } from "./numbers.js";
import { cells, poster } from "./pictures.js";

const PAGE = 64;
const WALK = 12;
const MOST = 512;
const COLUMNS = 8;

/** Bring the tab to life; called once. */
export function open(/** @type {HTMLElement} */ element, /** @type {import("./imagetab.js").Book} */ book, /** @type {import("./imagetab.js").Server} */ server) {
  const tab = new Samples("samples", element, book, server);
  /** @type {any} */ (window).playgroundSamples = tab.report;
}

class Samples extends ImageTab {
  /** @type {import("./pictures.js").Sheet|null} */
  sheet = null;
  /** @type {import("./pictures.js").Sheet|null} */
  walk = null;
  /** The places of the walk's ends. */
  ends = [0, 9];

  get field() {
    return /** @type {HTMLInputElement} */ (this.find("input.seed"));
  }

  begin() {
    if (!this.field.onchange) this.field.onchange = () => this.take(Number(this.field.value));
    this.take(this.seed);
  }

  /** Show another seed from its first latent. */
  take(/** @type {number} */ seed) {
    this.seed = seed;
    this.field.value = String(seed);
    this.load(0, PAGE);
  }

  async load(/** @type {number} */ start, /** @type {number} */ n) {
    if (!this.sheet) this.sentence.state("opening", () => say("samples.opening"));
    const answer = await this.ask("sheet", { checkpoint: this.checkpoint, seed: this.seed, start, n });
    if (!answer) return;
    this.sheet = start && this.sheet ? this.sheet.and(answer.picture) : answer.picture;
    if (!start) this.ends = [0, 9];
    this.draw();
    this.find(".sheet").scrollTop = start ? this.find(".sheet").scrollHeight : 0;
    if (start) this.ready();
    else await this.stroll();
  }

  /** The walk between the two chosen latents. */
  async stroll() {
    const request = { checkpoint: this.checkpoint, seed: this.seed, ends: this.ends, path: this.chosen("path"), n: WALK };
    const answer = await this.ask("walk", request);
    if (!answer) return;
    this.walk = answer.picture;
    this.ready();
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
      case "more":
        if (this.sheet && this.sheet.count + PAGE <= MOST) this.load(this.sheet.count, PAGE);
        return true;
      case "download":
        this.save();
        return true;
    }
    return false;
  }

  clicked(/** @type {Element} */ target) {
    const cell = /** @type {HTMLElement|null} */ (target.closest(".sheet .cell"));
    if (!cell) return super.clicked(target);
    const place = Number(cell.dataset.place);
    if (this.ends.includes(place)) return;
    const far = (/** @type {number} */ end) =>
      Math.hypot((end % COLUMNS) - (place % COLUMNS), Math.floor(end / COLUMNS) - Math.floor(place / COLUMNS));
    this.ends = far(this.ends[0]) <= far(this.ends[1]) ? [place, this.ends[1]] : [this.ends[0], place];
    this.draw();
    this.stroll();
  }

  save() {
    if (!this.sheet) return;
    const link = document.createElement("a");
    link.download = `${this.checkpoint}-seed-${this.seed}.png`;
    link.href = poster(this.sheet, COLUMNS).toDataURL("image/png");
    link.click();
  }

  draw() {
    const { sheet, walk } = this;
    if (!sheet) return;
    const grid = cells(this.find(".sheet"), sheet.count, (place) => {
      const cell = document.createElement("button");
      cell.type = "button";
      cell.className = "cell";
      cell.dataset.place = String(place);
      cell.append(document.createElement("canvas"));
      return cell;
    });
    grid.forEach((cell, place) => {
      sheet.put(/** @type {HTMLCanvasElement} */ (cell.firstElementChild), place);
      const end = ["A", "B"][this.ends.indexOf(place)] ?? "";
      cell.dataset.end = end;
      cell.setAttribute("aria-label", say(end ? "samples.image_end" : "samples.image", { place: place + 1, seed: this.seed, end }));
    });
    if (walk) {
      const strip = cells(this.find(".strip"), walk.count, () => document.createElement("canvas"));
      strip.forEach((canvas, place) => {
        walk.put(/** @type {HTMLCanvasElement} */ (canvas), place);
        canvas.setAttribute("role", "img");
        canvas.setAttribute("aria-label", say("samples.walk_image", { place: place + 1, n: walk.count }));
      });
    }
    const full = sheet.count + PAGE > MOST;
    /** @type {HTMLButtonElement} */ (this.find("[data-do=more]")).disabled = full;
    Object.assign(this.report, { seed: this.seed, count: sheet.count, ends: [...this.ends], path: this.chosen("path") });
  }

  speak() {
    super.speak();
    put(this.find(".again"), say("samples.again", { seed: this.seed }));
    if (!this.entry) return;
    const name = this.nameOf(this.checkpoint);
    put(this.find(".name"), name);
    put(this.find(".walk-unit"), say("samples.walk_unit", { n: WALK }));
    this.tellScores();
    this.tellRecipe();
    if (!this.sheet) return;
    const n = this.sheet.count;
    put(this.find(".count"), say("samples.count", { n, seed: this.seed }));
    if (this.report.state !== "ready") return;
    this.sentence.state(`drawn ${this.seed} ${n}`, () => say("samples.drawn", { name: this.nameOf(this.checkpoint), n }));
    this.sentence.speak(() => `${this.sentence.statement.textContent} ${this.sentence.reason.textContent}`);
    this.draw();
  }

  tellScores() {
    const { scores, data } = this.entry;
    const real = this.book.yardsticks[data] ?? {};
    const value = (/** @type {any} */ score) => (score ? `${signed(score.nats.toFixed(0))} ± ${score.error.toFixed(0)}` : "–");
    const row = (/** @type {string} */ protocol, /** @type {string} */ words, /** @type {string} */ published, /** @type {string} */ title) =>
      `<tr><th scope="row">${say(words, { n: (scores[protocol]?.samples ?? 0).toLocaleString("en-US") })}</th><td class="ours">${value(scores[protocol])}</td>` +
      `<td>${value(real[protocol])}</td><td title="${title}">${published}</td></tr>`;
    this.find(".scores thead").innerHTML =
      `<tr><th scope="col">${say("samples.column_measure")}</th><th scope="col">${say("samples.column_this")}</th>` +
      `<th scope="col">${say("samples.column_real")}</th><th scope="col">${say("samples.column_published")}</th></tr>`;
    this.find(".scores tbody").innerHTML =
      row("gan-2014", "samples.protocol_2014", say("samples.published_2014"), say("samples.published_2014_title")) +
      row("f-gan", "samples.protocol_fgan", "–", say("samples.published_fgan_title"));
  }

  tellRecipe() {
    const { steps, minutes, megabytes, licence } = this.entry;
    const recipe = { critic_steps: 1, decay: 0, ...this.entry.recipe }; // an older manifest has neither
    const lines = [
      ["recipe_game", `${this.nameOf(this.checkpoint)}${this.entry.practical ? `, ${say("samples.practical")}` : ""}`],
      ["recipe_generator", this.entry.generator],
      ["recipe_critic", this.entry.critic],
      ["recipe_steps", say("samples.steps_value", { ...recipe, steps, minutes })],
      ["recipe_adam", say("samples.adam_value", { ...recipe, betas: recipe.betas.join(", ") })],
      ["recipe_penalty", say("samples.penalty_value", { ...recipe, every: recipe.r1_every })],
      ["recipe_data", say(`samples.data_${this.entry.data}_long`)],
      ["recipe_files", say("samples.files_value", { size: megabytes })],
    ];
    this.find(".recipe").innerHTML = lines.map(([key, value]) => `<div><dt>${say(`samples.${key}`)}</dt><dd>${value}</dd></div>`).join("");
    put(this.find(".licence"), licence);
  }
}
