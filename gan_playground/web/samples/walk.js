/** The walk from A to B: a strip a checkpoint, and the same walk as a loop that plays there and back. */

import { put, say } from "../language.js";
import { colours, surface } from "../surface.js";
import { stampImage } from "./columns.js";

/** @typedef {import("../tabs/samples.js").default} Samples */

const TICK = 90; // ms from one picture to the next
const CALM = 500; // where less motion is asked for

export class Walk {
  constructor(/** @type {Samples} */ tab) {
    this.tab = tab;
    this.holder = tab.find(".walk-rows");
    this.time = 0;
    this.timer = 0;
    new ResizeObserver(() => this.draw()).observe(this.holder);
  }

  get playing() {
    return this.timer !== 0;
  }

  /** Which picture of the walk stands in the loop: there, and back. */
  get frame() {
    const last = this.tab.book.frames - 1;
    const t = this.time % (2 * last);
    return t <= last ? t : 2 * last - t;
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
    this.tab.find("[data-do=toggle]").setAttribute("aria-pressed", String(this.playing));
    this.tab.report.playing = this.playing;
  }

  tick() {
    if (document.hidden || !this.tab.inSight) return;
    this.time += 1;
    this.tab.report.frame = this.frame;
    this.draw();
  }

  build() {
    const standing = new Map([...this.holder.children].map((row) => [/** @type {HTMLElement} */ (row).dataset.name, row]));
    this.holder.replaceChildren(...this.tab.names.map((name) => standing.get(name) ?? this.row(name)));
  }

  row(/** @type {string} */ name) {
    const row = document.createElement("div");
    row.className = "walk-row";
    row.dataset.name = name;
    row.innerHTML = '<b></b><canvas class="strip" role="img"></canvas><canvas class="loop" aria-hidden="true"></canvas>';
    return row;
  }

  /** Every other picture of the walk stands in the strip, the ends among them; the loop shows all. */
  draw() {
    const { tab } = this;
    const { frames } = tab.book;
    const paint = colours();
    for (const row of /** @type {HTMLElement[]} */ ([...this.holder.children])) {
      const held = tab.held(`walk ${row.dataset.name}`);
      row.hidden = Boolean(held?.refused) || !tab.sound.includes(String(row.dataset.name));
      if (!held?.picture || row.hidden) continue;
      const [strip, loop] = /** @type {HTMLCanvasElement[]} */ ([...row.querySelectorAll("canvas")]);
      const ground = surface(strip);
      if (!ground) continue;
      const { context, width, height } = ground;
      const many = Math.max(4, Math.min(12, Math.floor(width / 30)));
      const size = Math.min(width / many, height);
      const gap = (width - size * many) / (many - 1);
      context.clearRect(0, 0, width, height);
      const shownAt = (/** @type {number} */ k) => Math.round((k * (frames - 1)) / (many - 1));
      let nearest = 0;
      for (let k = 0; k < many; k++) {
        stampImage(context, held.picture, shownAt(k), k * (size + gap), 0, size);
        if (Math.abs(shownAt(k) - this.frame) < Math.abs(shownAt(nearest) - this.frame)) nearest = k;
      }
      context.strokeStyle = paint.generated;
      context.lineWidth = 2;
      context.strokeRect(nearest * (size + gap) + 1, 1, size - 2, size - 2);
      held.picture.put(loop, this.frame);
    }
  }

  speak() {
    const { tab } = this;
    put(tab.find(".walk-unit"), say(`samples.walk_unit_${tab.values.path}`));
    for (const row of /** @type {HTMLElement[]} */ ([...this.holder.children])) {
      const name = tab.nameOf(String(row.dataset.name));
      put(/** @type {Element} */ (row.firstElementChild), name);
      row.querySelector(".strip")?.setAttribute("aria-label", say("samples.walk_row", { name }));
    }
  }
}
