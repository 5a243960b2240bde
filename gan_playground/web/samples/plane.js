/**
 * The plane through the latents A, B and C: a sheet of the lead's images, and a mark that is dragged
 * over it; every column's image of the mark's latent follows.
 */

import { say } from "../language.js";
import { stamp } from "../pictures.js";
import { surface } from "../surface.js";
import { html } from "../vendor/lit-html.js";
import { coordinate, share, within } from "./geometry.js";

/** @typedef {import("../tabs/samples.js").default} Samples */

/** One press of an arrow. */
const STEP = 0.04;

export class Plane {
  constructor(/** @type {Samples} */ tab) {
    this.tab = tab;
  }

  get pad() {
    return this.tab.find(".pad");
  }

  painted() {
    new ResizeObserver(() => this.draw()).observe(this.pad);
  }

  // --- markup ----------------------------------------------------------------------------------------

  template() {
    const { tab } = this;
    const { selection, questions } = tab;
    const { said, outside } = this.whereabouts();
    const settle = () => tab.settle();
    return html`<article class="card told plane-card">
      <div class="sheet-head-line"><h2>${say("samples.plane")}</h2><span class="unit plane-unit">${say("samples.plane_unit", { name: tab.nameOf(questions.inPlane) })}</span></div>
      <div class="plane-body">
        <div class="pad" tabindex="0" role="slider" aria-valuemin="0" aria-valuemax="1" aria-label=${say("samples.plane_keys")}
          aria-valuenow=${selection.values.x} aria-valuetext=${say("samples.plane_value", { x: selection.number("x"), y: selection.number("y") })}
          @pointerdown=${(/** @type {PointerEvent} */ event) => this.taken(event)} @pointermove=${(/** @type {PointerEvent} */ event) => this.dragged(event)}
          @pointerup=${settle} @pointercancel=${settle} @keydown=${(/** @type {KeyboardEvent} */ event) => this.key(event)}>
          <canvas></canvas><i class="spot"></i><b class="corner a">A</b>
          <b class="corner b">B</b><b class="corner c">C</b></div>
        <div class="here" role="group" aria-label=${say("samples.here")}>${this.seen.map((name) => html`<figure><canvas role="img"
          aria-label=${tab.nameOf(name)}></canvas><figcaption>${tab.nameOf(name)}</figcaption></figure>`)}</div>
      </div>
      <p class=${outside ? "hint outside amber" : "hint outside"}>${said}</p>
      <p class="hint">${say("samples.plane_hint")}</p></article>`;
  }

  /** The checkpoints whose images of the mark's latent have come. @returns {string[]} */
  get seen() {
    const held = this.tab.questions.held("point");
    return held?.picture ? held.request.checkpoints : [];
  }

  /** How far out the mark's latent lies, and whether that is farther than its law ever draws. */
  whereabouts() {
    const { selection, questions, book } = this.tab;
    const { inPlane } = questions;
    const held = questions.held("point");
    const at = held?.request.checkpoints.indexOf(inPlane);
    const values = { reach: held?.reach?.[at], length: held?.length?.[at], typical: book.checkpoints[inPlane].typical };
    if (values.length === undefined) return { said: "", outside: false };
    const uniform = selection.lawOf(inPlane) === "uniform", outside = uniform && values.reach > 1;
    return { said: say(!uniform ? "samples.inside_normal" : outside ? "samples.outside" : "samples.inside", values), outside };
  }

  // --- the mark --------------------------------------------------------------------------------------

  taken(/** @type {PointerEvent} */ event) {
    this.pad.setPointerCapture(event.pointerId);
    this.pad.focus({ preventScroll: true });
    this.tab.questions.dragging = true;
    this.moved(event);
    event.preventDefault();
  }

  dragged(/** @type {PointerEvent} */ event) {
    if (this.pad.hasPointerCapture(event.pointerId)) this.moved(event);
  }

  moved(/** @type {PointerEvent} */ event) {
    const box = this.tab.find(".pad canvas").getBoundingClientRect();
    const { side } = this.tab.book;
    this.go(coordinate((event.clientX - box.left) / box.width, side), coordinate((event.clientY - box.top) / box.height, side));
  }

  key(/** @type {KeyboardEvent} */ event) {
    const step = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (!step) return;
    const { selection } = this.tab;
    this.go(selection.number("x") + step[0], selection.number("y") + step[1]);
    event.preventDefault();
  }

  go(/** @type {number} */ x, /** @type {number} */ y) {
    this.tab.change({ x: within(x), y: within(y) });
  }

  // --- drawing ---------------------------------------------------------------------------------------

  draw() {
    const { selection, questions, book, root } = this.tab;
    const { side } = book;
    const ground = surface(this.tab.find(".pad canvas", HTMLCanvasElement));
    const sheet = questions.held("plane")?.picture;
    if (ground && sheet) {
      const { context, width, height } = ground;
      const size = width / side;
      context.clearRect(0, 0, width, height);
      for (let k = 0; k < sheet.count; k++) stamp(context, sheet, k, (k % side) * size, Math.floor(k / side) * size, size);
    }
    const spot = this.tab.find(".spot");
    spot.style.left = `${100 * share(selection.number("x"), side)}%`;
    spot.style.top = `${100 * share(selection.number("y"), side)}%`;
    const canvases = /** @type {NodeListOf<HTMLCanvasElement>} */ (root.querySelectorAll(".here canvas"));
    canvases.forEach((canvas, k) => questions.held("point")?.picture?.put(canvas, k));
  }
}
