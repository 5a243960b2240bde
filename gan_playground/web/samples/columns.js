/**
 * One column a checkpoint: the same place in every column is the same latent. A mark moves through all
 * of them at once; a click sets the chosen one of A, B, C there.
 */

import { language, put, say } from "../language.js";
import { signed } from "../numbers.js";
import { inkColour } from "../pictures.js";
import { colours, font, surface } from "../surface.js";
import { sparkline } from "./lead.js";

/** @typedef {import("../tabs/samples.js").default} Samples */
/** @typedef {import("../pictures.js").Sheet} Sheet */

/** Images abreast: divisors of a sheet's 64, so that no row is ragged. */
const ABREAST = [8, 4, 2];
/** Fewer stand abreast before an image falls below this many px, or this share of its own size: a digit stays a digit, a room a room. */
const LEAST = 28, LEAST_SHARE = 2 / 3;

/** Sheets painted in the theme's ink, one image below another. @type {WeakMap<Sheet, {ink: string, canvas: HTMLCanvasElement}>} */
const painted = new WeakMap();

/** Put image `place` of a sheet at (x, y) in the theme's ink. */
export function stampImage(/** @type {CanvasRenderingContext2D} */ context, /** @type {Sheet} */ sheet, /** @type {number} */ place, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ size) {
  const ink = inkColour();
  let known = painted.get(sheet);
  if (known?.ink !== String(ink)) {
    const canvas = document.createElement("canvas");
    canvas.width = sheet.side;
    canvas.height = sheet.side * sheet.count;
    const pen = canvas.getContext("2d");
    for (let k = 0; k < sheet.count; k++) pen?.putImageData(sheet.image(k, ink), 0, k * sheet.side);
    known = { ink: String(ink), canvas };
    painted.set(sheet, known);
  }
  const { side } = sheet;
  context.drawImage(known.canvas, 0, place * side, side, side, x, y, size, size);
}

export class Columns {
  constructor(/** @type {Samples} */ tab) {
    this.tab = tab;
    this.holder = tab.find(".columns");
    /** The place under the pointer or the arrows. */
    this.place = 0;
    /** Which letter the next click sets. */
    this.letter = "a";
    this.holder.addEventListener("pointermove", (event) => this.pointed(event));
    this.holder.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("canvas.grid")) this.set(this.pointed(event));
    });
    this.holder.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.draw()).observe(this.holder);
  }

  /** The columns of the chosen checkpoints, in their order; those that stand already stay. */
  build() {
    const { tab } = this;
    const standing = new Map([...this.holder.children].map((column) => [/** @type {HTMLElement} */ (column).dataset.name, column]));
    this.holder.replaceChildren(...tab.names.map((name) => standing.get(name) ?? this.column(name)));
    this.holder.style.setProperty("--columns", String(tab.names.length));
  }

  column(/** @type {string} */ name) {
    const column = document.createElement("section");
    column.className = "column-of";
    column.dataset.name = name;
    column.innerHTML =
      `<header><button type="button" class="to-lead" data-lead="${name}"><i class="key generated"></i><b></b></button>` +
      `<span class="kde"></span><span class="trained"><canvas class="spark" aria-hidden="true"></canvas><i></i></span><span class="far-from"></span></header>` +
      `<canvas class="grid" role="img"></canvas><p class="refused" hidden></p>`;
    return column;
  }

  // --- the mark --------------------------------------------------------------------------------------

  pointed(/** @type {MouseEvent} */ event) {
    const canvas = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("canvas.grid"));
    if (!canvas) return this.place;
    const box = canvas.getBoundingClientRect();
    const { abreast } = this;
    const size = box.width / abreast;
    const across = Math.min(abreast - 1, Math.max(0, Math.floor((event.clientX - box.left) / size)));
    const down = Math.max(0, Math.floor((event.clientY - box.top) / size));
    this.move(across + abreast * down);
    return this.place;
  }

  move(/** @type {number} */ place) {
    const next = Math.max(0, Math.min(this.tab.book.shown - 1, place));
    if (next === this.place) return;
    this.place = next;
    this.draw();
    this.tellNear();
  }

  set(/** @type {number} */ place) {
    const { corners } = this.tab.book;
    const letter = this.letter;
    this.letter = corners[(corners.indexOf(letter) + 1) % corners.length];
    this.press();
    this.tab.change({ [letter]: String(place) });
  }

  press() {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.tab.root.querySelectorAll("[data-letter]"))) {
      button.setAttribute("aria-pressed", String(button.dataset.letter === this.letter));
    }
  }

  key(/** @type {KeyboardEvent} */ event) {
    if (event.target !== this.holder) return;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.abreast, ArrowDown: this.abreast }[event.key];
    if (step) this.move(this.place + step);
    else if (event.key === "Enter") this.set(this.place);
    else return;
    event.preventDefault();
  }

  // --- drawing ---------------------------------------------------------------------------------------

  /** Images abreast: fewer where columns are narrow, and the same in all of them. */
  get abreast() {
    const wide = this.holder.firstElementChild?.clientWidth ?? 0;
    const least = Math.max(LEAST, LEAST_SHARE * this.tab.book.checkpoints[this.tab.names[0]].side);
    return ABREAST.find((many) => wide >= many * least) ?? ABREAST[ABREAST.length - 1];
  }

  draw() {
    const { tab, abreast } = this;
    const names = /** @type {HTMLElement[]} */ ([...this.holder.querySelectorAll(".to-lead b")]);
    const tallest = Math.max(0, ...names.map((name) => name.offsetHeight)); // rows of images stay level under long names
    if (tallest) this.holder.style.setProperty("--named", `${tallest + 4}px`);
    for (const column of /** @type {HTMLElement[]} */ ([...this.holder.children])) {
      const name = String(column.dataset.name);
      const canvas = /** @type {HTMLCanvasElement} */ (column.querySelector("canvas.grid"));
      const held = tab.held(`sheet ${name}`);
      canvas.hidden = Boolean(held?.refused);
      canvas.style.aspectRatio = String(abreast / Math.ceil(tab.book.shown / abreast));
      if (held?.picture && !held.refused) this.drawSheet(canvas, held.picture, abreast);
      sparkline(/** @type {HTMLCanvasElement} */ (column.querySelector("canvas.spark")), tab.book.curves[name]);
    }
  }

  drawSheet(/** @type {HTMLCanvasElement} */ canvas, /** @type {Sheet} */ sheet, /** @type {number} */ abreast) {
    const ground = surface(canvas);
    if (!ground) return;
    const { context, width, height } = ground;
    context.clearRect(0, 0, width, height);
    const size = width / abreast;
    const at = (/** @type {number} */ place) => [(place % abreast) * size, Math.floor(place / abreast) * size];
    for (let k = 0; k < sheet.count; k++) {
      const [x, y] = at(k);
      stampImage(context, sheet, k, x + 0.5, y + 0.5, size - 1);
    }
    const paint = colours();
    context.textBaseline = "top";
    context.textAlign = "left";
    context.font = font(12, true);
    for (const [letter, place] of Object.entries(this.tab.corners)) {
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

  // --- words -----------------------------------------------------------------------------------------

  speak() {
    const { tab } = this;
    for (const column of /** @type {HTMLElement[]} */ ([...this.holder.children])) {
      const name = String(column.dataset.name);
      const called = tab.nameOf(name);
      const button = /** @type {HTMLElement} */ (column.querySelector(".to-lead"));
      put(/** @type {Element} */ (button.querySelector("b")), called);
      button.title = say("samples.column_lead", { name: called });
      button.setAttribute("aria-pressed", String(name === tab.lead));
      const { "gan-2014": likelihood, features } = tab.book.checkpoints[name].scores;
      const score = /** @type {HTMLElement} */ (column.querySelector(".kde"));
      const kind = likelihood ? "kde" : features ? "frechet" : "";
      const rounded = likelihood ? { nats: signed(likelihood.nats.toFixed(0)), error: likelihood.error.toFixed(0) } : { distance: features?.frechet.toFixed(1) };
      put(score, kind ? say(`samples.column_${kind}`, rounded) : say("samples.column_unscored"));
      score.title = kind && say(`samples.column_${kind}_title`);
      put(/** @type {Element} */ (column.querySelector(".trained i")), tab.book.curves[name].step.length ? "" : say("samples.column_curve_none"));
      const held = tab.held(`sheet ${name}`);
      const refused = /** @type {HTMLElement} */ (column.querySelector(".refused"));
      refused.hidden = !held?.refused;
      put(refused, held?.refused ? held.refused[language()] || say("samples.column_no_answer") : "");
      const values = { name: called, n: tab.book.shown, seed: tab.values.seed, place: this.place + 1 };
      column.querySelector("canvas.grid")?.setAttribute("aria-label", say("samples.image", values));
    }
    this.tellNear();
    this.draw();
  }

  /** The distance of the marked image to the nearest training image, under every column's name. */
  tellNear() {
    const { tab } = this;
    const stored = tab.names.map((name) => tab.book.checkpoints[name].scores.nearest);
    const known = stored.find((nearest) => nearest);
    const shown = known && Number(tab.values.seed) === known.seed && Number(tab.values.psi) === 1;
    [...this.holder.children].forEach((column, k) => {
      const distance = shown ? stored[k]?.distances[this.place] : undefined;
      const text = shown ? say("samples.column_far", { distance: distance?.toFixed(1) ?? "–" }) : "";
      put(/** @type {Element} */ (column.querySelector(".far-from")), text);
    });
    const key = shown ? "samples.near" : known ? "samples.near_none" : "samples.near_unknown";
    put(tab.find(".near"), say(key, { place: this.place + 1, real: known?.real.toFixed(1) }));
  }
}
