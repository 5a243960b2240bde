/**
 * The plane through the latents A, B and C: a sheet of the lead's images, and a mark that is dragged
 * over it; every column's image of the mark's latent follows.
 */

import { put, say } from "../language.js";
import { cells } from "../pictures.js";
import { surface } from "../surface.js";
import { stampImage } from "./columns.js";

/** @typedef {import("../tabs/samples.js").default} Samples */

/** One press of an arrow. */
const STEP = 0.04;
const LATENT = 100;
/** Variance of one entry of a latent, by its law. */
const VARIANCE = { uniform: 1 / 3, normal: 1 };

export class Plane {
  constructor(/** @type {Samples} */ tab) {
    this.tab = tab;
    this.pad = tab.find(".pad");
    this.canvas = /** @type {HTMLCanvasElement} */ (this.pad.querySelector("canvas"));
    this.pad.addEventListener("pointerdown", (event) => {
      this.pad.setPointerCapture(event.pointerId);
      this.pad.focus({ preventScroll: true });
      this.tab.dragging = true;
      this.moved(event);
      event.preventDefault();
    });
    this.pad.addEventListener("pointermove", (event) => this.pad.hasPointerCapture(event.pointerId) && this.moved(event));
    for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) this.pad.addEventListener(end, () => this.tab.settle());
    this.pad.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.draw()).observe(this.pad);
  }

  moved(/** @type {PointerEvent} */ event) {
    const box = this.canvas.getBoundingClientRect();
    const { side } = this.tab.book;
    const along = (/** @type {number} */ share) => (share * side - 0.5) / (side - 1); // from the first image's middle to the last's
    this.go(along((event.clientX - box.left) / box.width), along((event.clientY - box.top) / box.height));
  }

  key(/** @type {KeyboardEvent} */ event) {
    const step = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (!step) return;
    this.go(this.tab.number("x") + step[0], this.tab.number("y") + step[1]);
    event.preventDefault();
  }

  go(/** @type {number} */ x, /** @type {number} */ y) {
    const within = (/** @type {number} */ t) => String(Number(Math.max(0, Math.min(1, t)).toFixed(3)));
    this.tab.change({ x: within(x), y: within(y) });
  }

  draw() {
    const { tab } = this;
    const sheet = tab.held("plane")?.picture;
    const ground = sheet && surface(this.canvas);
    if (ground) {
      const { context, width, height } = ground;
      const { side } = tab.book;
      const size = width / side;
      context.clearRect(0, 0, width, height);
      for (let k = 0; k < sheet.count; k++) stampImage(context, sheet, k, (k % side) * size, Math.floor(k / side) * size, size);
    }
    const spot = /** @type {HTMLElement} */ (this.pad.querySelector(".spot"));
    const share = (/** @type {number} */ t) => `${(100 * (0.5 + t * (tab.book.side - 1))) / tab.book.side}%`;
    spot.style.left = share(tab.number("x"));
    spot.style.top = share(tab.number("y"));
    this.drawHere();
  }

  /** One image a column, of the mark's latent. */
  drawHere() {
    const { tab } = this;
    const held = tab.held("point");
    const names = /** @type {string[]} */ (held?.request?.checkpoints ?? []);
    if (!held?.picture) return;
    const figures = cells(tab.find(".here"), names.length, () => {
      const figure = document.createElement("figure");
      figure.append(document.createElement("canvas"), document.createElement("figcaption"));
      return figure;
    });
    figures.forEach((figure, k) => {
      const canvas = /** @type {HTMLCanvasElement} */ (figure.firstElementChild);
      held.picture.put(canvas, k);
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", tab.nameOf(names[k]));
      put(/** @type {Element} */ (figure.lastElementChild), tab.nameOf(names[k]));
    });
  }

  speak() {
    const { tab } = this;
    put(tab.find(".plane-unit"), say("samples.plane_unit", { name: tab.nameOf(tab.inPlane) }));
    this.pad.setAttribute("aria-valuenow", tab.values.x);
    this.pad.setAttribute("aria-valuetext", say("samples.plane_value", { x: tab.number("x"), y: tab.number("y") }));
    const held = tab.held("point");
    const law = tab.lawOf(tab.inPlane), at = held?.request.checkpoints.indexOf(tab.inPlane);
    const values = { reach: held?.reach?.[at], length: held?.length?.[at], typical: Math.sqrt(LATENT * VARIANCE[law]) };
    const outside = law === "uniform" && values.reach > 1;
    const told = law === "normal" ? "samples.inside_normal" : outside ? "samples.outside" : "samples.inside";
    put(tab.find(".outside"), values.length === undefined ? "" : say(told, values));
    tab.find(".outside").classList.toggle("amber", outside);
    this.drawHere();
  }
}
