/**
 * One column a checkpoint: the same place in every column is the same latent. A mark moves through all
 * of them at once; a click sets the chosen one of A, B, C there.
 */

import { say, tell } from "../language.js";
import { signed } from "../numbers.js";
import { stamp } from "../pictures.js";
import { colours, font, surface } from "../surface.js";
import { html } from "../vendor/lit-html.js";
import { abreast, arrow, placeUnder } from "./geometry.js";
import { sparkline } from "./lead.js";

/** @typedef {import("../tabs/samples.js").default} Samples */
/** @typedef {import("../pictures.js").Sheet} Sheet */

export class Columns {
  constructor(/** @type {Samples} */ tab) {
    this.tab = tab;
    /** The place under the pointer or the arrows. */
    this.place = 0;
    /** Which letter the next click sets. */
    this.letter = "a";
  }

  get holder() {
    return this.tab.find(".columns");
  }

  painted() {
    // In the next frame: drawing levels the columns' heads, which is a change of size in itself.
    new ResizeObserver(() => requestAnimationFrame(() => this.draw())).observe(this.holder);
  }

  // --- markup ----------------------------------------------------------------------------------------

  template() {
    const { tab } = this;
    const { names, values, alike } = tab.selection;
    const { seed, psi } = values;
    const drawn = { n: tab.book.shown, seed, psi: Number(psi).toFixed(2), same: say(alike ? "samples.same" : "samples.same_law") };
    return html`<div class="card columns-card">
      <div class="sheet-head-line"><h2>${say("samples.grid")}</h2><span class="unit count">${say(psi === "1" ? "samples.count" : "samples.count_psi", drawn)}</span>
        <span class="far letters"><span>${say("samples.letter")}</span><span class="segments small" role="group"
          aria-label=${say("samples.letter")}>${tab.book.corners.map((letter) => html`<button type="button" data-letter=${letter}
          aria-pressed=${letter === this.letter} @click=${() => this.choose(letter)}>${letter.toUpperCase()}</button>`)}</span></span></div>
      <div class="columns" role="group" tabindex="0" aria-label=${say("samples.grid_keys")} @pointermove=${(/** @type {PointerEvent} */ event) => this.pointed(event)}
        @click=${(/** @type {MouseEvent} */ event) => this.clicked(event)} @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event)}>${
        names.map((name) => this.column(name))}</div>
      <p class="hint near">${this.near()}</p>
    </div>`;
  }

  column(/** @type {string} */ name) {
    const { tab } = this;
    const { book, selection } = tab;
    const called = tab.nameOf(name);
    const refused = tab.questions.held(`sheet ${name}`)?.refused;
    const kind = scored(book.checkpoints[name].scores);
    return html`<section class="column-of" data-name=${name}>
      <header><button type="button" class="to-lead" data-lead=${name} title=${say("samples.column_lead", { name: called })}
          aria-pressed=${name === selection.lead} @click=${() => tab.led(name)}><i class="key generated"></i><b>${called}</b></button>
        <span class="kde" title=${kind && say(`samples.column_${kind}_title`)}>${this.score(name)}</span>
        <span class="trained"><canvas class="spark" aria-hidden="true"></canvas><i>${book.curves[name].step.length ? "" : say("samples.column_curve_none")}</i></span>
        <span class="far-from">${this.far(name)}</span></header>
      <canvas class="grid" role="img" ?hidden=${Boolean(refused)}
        aria-label=${say("samples.image", { name: called, n: book.shown, seed: selection.values.seed, place: this.place + 1 })}></canvas>
      <p class="refused" ?hidden=${!refused}>${refused ? tell(refused) : ""}</p></section>`;
  }

  /** The score under a column's name: the likelihood of digits, the distance of photographs. */
  score(/** @type {string} */ name) {
    const { "gan-2014": likelihood, features } = this.tab.book.checkpoints[name].scores;
    if (likelihood) return say("samples.column_kde", { nats: signed(likelihood.nats.toFixed(0)), error: likelihood.error.toFixed(0) });
    return features ? say("samples.column_frechet", { distance: features.frechet.toFixed(1) }) : say("samples.column_unscored");
  }

  /** The distances to the nearest training images that are known, and whether they are of the images that are shown. */
  get nearest() {
    const { book, selection } = this.tab;
    const known = selection.names.map((name) => book.checkpoints[name].scores.nearest).find((nearest) => nearest);
    return { known, shown: Boolean(known) && selection.number("seed") === known.seed && selection.number("psi") === 1 };
  }

  /** The distance of the marked image, under its column's name; nothing where none is known. */
  far(/** @type {string} */ name) {
    if (!this.nearest.shown) return "";
    const distance = this.tab.book.checkpoints[name].scores.nearest?.distances[this.place];
    return say("samples.column_far", { distance: distance?.toFixed(1) ?? "–" });
  }

  near() {
    const { known, shown } = this.nearest;
    const key = shown ? "samples.near" : known ? "samples.near_none" : "samples.near_unknown";
    return say(key, { place: this.place + 1, real: known?.real.toFixed(1) });
  }

  // --- the mark --------------------------------------------------------------------------------------

  pointed(/** @type {MouseEvent} */ event) {
    const canvas = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("canvas.grid"));
    if (!canvas) return;
    const box = canvas.getBoundingClientRect();
    this.move(placeUnder(event.clientX - box.left, event.clientY - box.top, box.width, this.abreast));
  }

  clicked(/** @type {MouseEvent} */ event) {
    if (!(/** @type {Element} */ (event.target).closest("canvas.grid"))) return;
    this.pointed(event);
    this.set(this.place);
  }

  move(/** @type {number} */ place) {
    const next = Math.max(0, Math.min(this.tab.book.shown - 1, place));
    if (next === this.place) return;
    this.place = next;
    this.tab.paint();
    this.draw();
  }

  set(/** @type {number} */ place) {
    const { corners } = this.tab.book;
    const letter = this.letter;
    this.letter = corners[(corners.indexOf(letter) + 1) % corners.length];
    this.tab.change({ [letter]: String(place) });
  }

  choose(/** @type {string} */ letter) {
    this.letter = letter;
    this.tab.paint();
  }

  key(/** @type {KeyboardEvent} */ event) {
    if (event.target !== this.holder) return;
    const step = arrow(event.key, this.abreast);
    if (step) this.move(this.place + step);
    else if (event.key === "Enter") this.set(this.place);
    else return;
    event.preventDefault();
  }

  // --- drawing ---------------------------------------------------------------------------------------

  /** Images abreast: fewer where columns are narrow, and the same in all of them. */
  get abreast() {
    return abreast(this.holder.firstElementChild?.clientWidth ?? 0, this.tab.book.checkpoints[this.tab.selection.names[0]].side);
  }

  draw() {
    const { tab, holder } = this;
    holder.style.setProperty("--columns", String(tab.selection.names.length));
    const many = this.abreast;
    const names = /** @type {HTMLElement[]} */ ([...holder.querySelectorAll(".to-lead b")]);
    const tallest = Math.max(0, ...names.map((name) => name.offsetHeight)); // rows of images stay level under long names
    if (tallest) holder.style.setProperty("--named", `${tallest + 4}px`);
    for (const column of /** @type {HTMLElement[]} */ ([...holder.children])) {
      const name = String(column.dataset.name);
      const canvas = /** @type {HTMLCanvasElement} */ (column.querySelector("canvas.grid"));
      canvas.style.aspectRatio = String(many / Math.ceil(tab.book.shown / many));
      const held = tab.questions.held(`sheet ${name}`);
      if (!held?.refused) this.drawSheet(canvas, held?.picture ?? null, many);
      sparkline(/** @type {HTMLCanvasElement} */ (column.querySelector("canvas.spark")), tab.book.curves[name]);
    }
  }

  drawSheet(/** @type {HTMLCanvasElement} */ canvas, /** @type {Sheet|null} */ sheet, /** @type {number} */ many) {
    const ground = surface(canvas);
    if (!ground) return;
    const { context, width, height } = ground;
    context.clearRect(0, 0, width, height);
    if (!sheet) return;
    const size = width / many;
    const at = (/** @type {number} */ place) => [(place % many) * size, Math.floor(place / many) * size];
    for (let k = 0; k < sheet.count; k++) {
      const [x, y] = at(k);
      stamp(context, sheet, k, x + 0.5, y + 0.5, size - 1);
    }
    const paint = colours();
    context.textBaseline = "top";
    context.textAlign = "left";
    context.font = font(12, true);
    for (const [letter, place] of Object.entries(this.tab.selection.corners)) {
      const [x, y] = at(place);
      context.strokeStyle = context.fillStyle = paint.generated;
      context.lineWidth = 2;
      context.strokeRect(x + 1, y + 1, size - 2, size - 2);
      context.fillRect(x, y, 13, 14);
      context.fillStyle = paint.paper;
      context.fillText(letter.toUpperCase(), x + 2.5, y + 2);
    }
    const [x, y] = at(this.place);
    context.strokeStyle = paint.ink;
    context.lineWidth = 2;
    context.strokeRect(x + 1, y + 1, size - 2, size - 2);
  }
}

/** Which score stands in a column: a key's end, empty where there is none. */
function scored(/** @type {Record<string, any>} */ scores) {
  return scores["gan-2014"] ? "kde" : scores.features ? "frechet" : "";
}
