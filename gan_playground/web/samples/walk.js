/** The walk from A to B: a strip a checkpoint, and the same walk as a loop that plays there and back. */

import { say } from "../language.js";
import { stamp } from "../pictures.js";
import { colours, surface } from "../surface.js";
import { html } from "../vendor/lit-html.js";
import { nearest, strip, thereAndBack } from "./geometry.js";

/** @typedef {import("../tabs/samples.js").default} Samples */
/** @typedef {import("../pictures.js").Sheet} Sheet */

const TICK = 90; // ms from one picture to the next
const CALM = 500; // where less motion is asked for

export class Walk {
  constructor(/** @type {Samples} */ tab) {
    this.tab = tab;
    this.time = 0;
    this.timer = 0;
  }

  painted() {
    new ResizeObserver(() => this.draw()).observe(this.tab.find(".walk-rows"));
  }

  template() {
    const { tab } = this;
    const { selection, questions } = tab;
    return html`<article class="card told walk-card">
      <div class="sheet-head-line"><h2>${say("samples.walk")}</h2><span class="unit walk-unit">${say(`samples.walk_unit_${selection.values.path}`)}</span></div>
      <div class="walk-rows">${selection.names.map((name) => html`<div class="walk-row" data-name=${name}
        ?hidden=${questions.held(`walk ${name}`)?.refused || !questions.sound.includes(name)}><b>${tab.nameOf(name)}</b><canvas class="strip"
        role="img" aria-label=${say("samples.walk_row", { name: tab.nameOf(name) })}></canvas><canvas class="loop" aria-hidden="true"></canvas></div>`)}</div></article>`;
  }

  // --- the loop --------------------------------------------------------------------------------------

  get playing() {
    return this.timer !== 0;
  }

  /** Which picture of the walk stands in the loop: there, and back. */
  get frame() {
    return thereAndBack(this.time, this.tab.book.frames);
  }

  toggle() {
    if (this.playing) {
      clearInterval(this.timer);
      this.timer = 0;
    } else {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.timer = window.setInterval(() => this.tick(), calm ? CALM : TICK);
    }
    this.tab.root.dataset.playing = String(this.playing);
    this.tab.report.playing = this.playing;
    this.tab.paint();
  }

  tick() {
    if (document.hidden || !this.tab.inSight) return;
    this.time += 1;
    this.tab.report.frame = this.frame;
    this.draw();
  }

  // --- drawing ---------------------------------------------------------------------------------------

  draw() {
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (this.tab.root.querySelectorAll(".walk-row"))) {
      if (row.hidden) continue;
      const [still, loop] = /** @type {HTMLCanvasElement[]} */ ([...row.querySelectorAll("canvas")]);
      const sheet = this.tab.questions.held(`walk ${row.dataset.name}`)?.picture ?? null;
      this.drawStrip(still, sheet);
      if (sheet) sheet.put(loop, this.frame);
      else loop.getContext("2d")?.clearRect(0, 0, loop.width, loop.height);
    }
  }

  /** Some pictures of the walk, the ends among them; the one nearest to the loop's is framed. */
  drawStrip(/** @type {HTMLCanvasElement} */ canvas, /** @type {Sheet|null} */ sheet) {
    const ground = surface(canvas);
    if (!ground) return;
    const { context, width, height } = ground;
    const { size, gap, pictures } = strip(width, height, this.tab.book.frames);
    context.clearRect(0, 0, width, height);
    if (!sheet) return;
    pictures.forEach((picture, k) => stamp(context, sheet, picture, k * (size + gap), 0, size));
    context.strokeStyle = colours().generated;
    context.lineWidth = 2;
    context.strokeRect(nearest(pictures, this.frame) * (size + gap) + 1, 1, size - 2, size - 2);
  }
}
