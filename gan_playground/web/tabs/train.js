/**
 * The Train tab: one socket, one picture, and what the buttons do. A frame is drawn inside an animation
 * frame and acknowledged after that; of frames that pile up only the newest is drawn.
 */

import { lastObjectiveChange } from "../address.js";
import { Charts } from "../charts.js";
import { Controls } from "../controls.js";
import { drawLine } from "../curves.js";
import { Face, layerOf, LOADING_AFTER } from "../face.js";
import { decode, Picture } from "../frame.js";
import { language, translate } from "../language.js";
import { Menu } from "../menu.js";
import { fillPresenter } from "../present.js";
import { Connection, liveUrl } from "../socket.js";
import { drawPlane, drawRamp } from "../stage.js";
import { keepToken } from "../store.js";
import { Tab } from "../tab.js";

const CHARTS_EVERY = 180; // ms between redraws of the charts while a run plays
const CALM_EVERY = 500; // ms between redraws where less motion is asked for
const REFUSAL_STANDS = 8000;

/** @extends {Tab<import("../controls.js").Book>} */
export default class Train extends Tab {
  /**
   * @param {import("../page.js").Page} page @param {string} key @param {HTMLElement} root
   * @param {import("../controls.js").Book} book @param {import("../tab.js").Server} server
   */
  constructor(page, key, root, book, server) {
    super(page, key, root, book, server);
    this.run = page.run;
    this.run.onChange(() => this.tell());
    this.canvas = this.find(".picture", HTMLCanvasElement);
    this.picture = new Picture();
    this.charts = new Charts(root);
    this.face = new Face(this);
    this.menu = new Menu(this.find(".popup"), this.find("[data-do=step-menu]"));
    this.controls = new Controls(this.find(".controls"), book, (values) => this.set(values), (key) => this.warn(key));
    /** Layers that are on. @type {Set<string>} */
    this.layers = new Set(this.chips().filter((chip) => chip.getAttribute("aria-pressed") === "true").map(layerOf));
    /** @type {{en: string, ko: string}|null} */
    this.refusal = null;
    /** @type {string|null} */
    this.warned = null;
    this.playNext = false;
    this.unacknowledged = 0;
    this.scheduled = 0;
    this.drawnRevision = -1;
    this.chartsAt = 0;
    this.drawnAt = 0;
    /** @type {[number, number][]} */
    this.pace = [];
    /** @type {{x: number, y: number}|null} */
    this.pointer = null;
    /** What the server was last told. @type {boolean|undefined} */
    this.hidden = undefined;
    /** @type {boolean|undefined} */
    this.resting = undefined;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    /** What the page is doing, for tests: true redraws are those whose step differs. */
    this.report = { redraws: 0, step: 0, link: "opening", status: "paused", view: "opening", drawing: /** @type {number[]} */ ([]) };
    this.connection = new Connection(liveUrl(), {
      greet: () => ({ query: this.run.value.query, token: this.run.value.token, lang: language() }),
      text: (message) => this.hear(message),
      frame: (buffer) => this.arrive(buffer),
      lost: () => this.run.update({ link: "lost" }),
      ended: (farewell) => this.run.update({ link: "ended", farewell }),
    });
    this.openedAt = performance.now();
    translate(root);
    this.wire();
    keepToken(this.run);
    this.connection.open();
    setTimeout(() => this.tell(), LOADING_AFTER + 10);
    this.tell();
  }

  chips() {
    return /** @type {HTMLButtonElement[]} */ ([...this.root.querySelectorAll("[data-layer]")]);
  }

  wire() {
    this.root.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-do], [data-layer], [data-show]"));
      if (button?.dataset.do !== "step-menu") this.menu.close();
      if (!button) return;
      // Pressed by a pointer, a button gives the keyboard back: Space means Play again.
      if (event.detail > 0) button.blur();
      if (button.dataset.layer) this.toggleLayer(button.dataset.layer);
      else if (button.dataset.show) this.switchLosses(button.dataset.show);
    });
    const speed = this.find(".speed select", HTMLSelectElement);
    speed.addEventListener("change", () => this.connection.send({ speed: speed.value === "full" ? "full" : Number(speed.value) }));
    this.canvas.addEventListener("pointermove", (event) => {
      this.pointer = { x: event.offsetX, y: event.offsetY };
      this.readOut();
    });
    this.canvas.addEventListener("pointerleave", () => {
      this.pointer = null;
      this.readOut();
    });
    const resized = new ResizeObserver(() => this.draw());
    for (const canvas of this.root.querySelectorAll("canvas")) resized.observe(canvas);
    document.addEventListener("visibilitychange", () => this.comeAndGo());
    document.fonts?.ready.then(() => this.draw());
  }

  /** The run's canvases cost nothing while another tab is in sight. */
  show() {
    super.show();
    this.comeAndGo();
  }

  hide() {
    this.comeAndGo();
  }

  speak() {
    translate(this.root);
    this.tell();
    this.draw();
  }

  pressed(/** @type {HTMLElement} */ button) {
    if (button.dataset.do === "step") this.step(button.dataset.player ?? "both");
    else super.pressed(button);
  }

  // --- from the server -------------------------------------------------------------------------

  hear(/** @type {Record<string, any>} */ message) {
    if (message.room) {
      const { place } = message.room;
      this.run.update({ place, link: place > 0 ? "waiting" : "opening" });
    } else if (message.welcome) {
      this.take({ ...message.welcome, link: "open" });
      this.comeAndGo();
      if (this.playNext) this.act("play", 0);
      this.playNext = false;
    } else if (message.state) {
      this.take(message.state);
    } else if (message.refused) {
      const { key, ...sentence } = message.refused;
      if (!key || !this.controls.refuse(key, sentence)) this.refuse(sentence);
      this.controls.show(this.run.value.settings);
    }
  }

  take(/** @type {any} */ { restarts, ...changes }) {
    const before = this.run.value.settings;
    this.run.update(changes);
    const { settings } = this.run.value;
    if (before.objective !== settings.objective || restarts) this.charts.forget();
    this.root.dataset.dim = String(this.book.dimensions[settings.data] ?? 2);
    this.controls.show(settings);
    this.page.address.write();
    this.draw();
  }

  arrive(/** @type {ArrayBuffer} */ buffer) {
    this.picture.add(decode(buffer));
    this.unacknowledged++;
    this.schedule();
  }

  schedule() {
    if (this.scheduled) return;
    this.scheduled = 1;
    const draw = () => requestAnimationFrame(() => this.drawFrame());
    const rest = this.calm.matches ? this.drawnAt + CALM_EVERY - performance.now() : 0;
    if (rest > 0) setTimeout(draw, rest);
    else draw();
  }

  /** Draw the newest frame, then acknowledge all that came. */
  drawFrame() {
    this.scheduled = 0;
    const began = performance.now();
    if (this.picture.step !== this.report.step) this.report.redraws++;
    this.report.step = this.picture.step;
    this.keepPace(began);
    try {
      this.drawStage();
      const due = this.run.value.status !== "running" || began - this.chartsAt > CHARTS_EVERY;
      if (due && this.picture.revision !== this.drawnRevision) this.drawCharts(began);
      this.tell();
    } finally {
      // Whatever befell this picture, the next one may come.
      this.drawnAt = performance.now();
      this.report.drawing.push(this.drawnAt - began);
      if (this.report.drawing.length > 200) this.report.drawing.shift();
      for (; this.unacknowledged > 0; this.unacknowledged--) this.connection.send("a");
    }
  }

  drawStage() {
    if (!this.picture.begun()) return;
    this.root.dataset.dim = String(this.picture.dim);
    const draw = this.picture.dim === 1 ? drawLine : drawPlane;
    draw(this.canvas, this.picture, this.layers, { empty: this.view() === "empty" });
    this.readOut();
  }

  drawCharts(/** @type {number} */ now) {
    if (!this.picture.begun()) return;
    this.drawnRevision = this.picture.revision;
    this.chartsAt = now;
    const { name, about } = this.controls.objective();
    this.charts.since = lastObjectiveChange(this.run.value.query);
    this.charts.objective = { name, about, word: this.objectiveWord() };
    this.charts.draw(this.picture);
    if (document.body.classList.contains("presenting")) fillPresenter(this.root, this.picture);
  }

  /** Everything again: another size, theme, language or set of layers. */
  draw() {
    this.drawStage();
    this.drawCharts(performance.now());
    drawRamp(this.find(".ramp-picture", HTMLCanvasElement));
  }

  /** Steps a second over the last second and a half of frames. */
  keepPace(/** @type {number} */ now) {
    const last = this.pace[this.pace.length - 1];
    if (last && this.picture.step < last[1]) this.pace = [];
    this.pace.push([now, this.picture.step]);
    while (this.pace.length > 2 && now - this.pace[0][0] > 1500) this.pace.shift();
  }

  // --- what is seen ----------------------------------------------------------------------------

  /** The state of the page, as the style sheet knows it. */
  view() {
    const { link, stopped, status } = this.run.value;
    if (link !== "open") return link;
    if (stopped) return "stopped";
    if (this.picture.step === 0 && status !== "running") return "empty";
    return "ready";
  }

  /** Say what is known of the run. */
  tell() {
    this.face.show();
  }

  readOut() {
    this.face.readOut();
  }

  objectiveWord() {
    return this.face.objectiveWord();
  }

  // --- from the visitor ------------------------------------------------------------------------

  set(/** @type {Record<string, any>} */ values) {
    if (this.run.value.link === "open") this.connection.send({ set: values });
  }

  warn(/** @type {string|null} */ key) {
    for (const control of this.root.querySelectorAll("[data-knob].restarting")) control.classList.remove("restarting");
    this.warned = key;
    if (key) this.controls.control(key)?.classList.add("restarting");
    this.tell();
  }

  refuse(/** @type {{en: string, ko: string}} */ sentence) {
    this.refusal = sentence;
    this.tell();
    setTimeout(() => {
      if (this.refusal === sentence) this.refusal = null;
      this.tell();
    }, REFUSAL_STANDS);
  }

  step(/** @type {string} */ player) {
    this.connection.send({ do: "step", player });
    this.expect("paused");
  }

  /** Show at once what a button asks for; the server's state confirms it. */
  expect(/** @type {"running"|"paused"} */ status) {
    if (this.run.value.link !== "open" || this.run.value.stopped) return;
    this.pace = [];
    this.run.update({ status });
  }

  /**
   * One action of a button or key; true where there was something to do.
   * @returns {boolean}
   */
  act(/** @type {string} */ action, /** @type {number} */ digit) {
    const { link, status } = this.run.value;
    switch (action) {
      case "toggle":
        return this.act(status === "running" ? "pause" : "play", 0);
      case "play":
        if (link === "ended" || link === "lost") {
          this.playNext = true;
          this.run.update({ link: "opening" });
          this.connection.open();
          return true;
        }
        this.connection.send({ do: "play" });
        this.expect("running");
        return true;
      case "pause":
        this.connection.send({ do: "pause" });
        this.expect("paused");
        return true;
      case "step":
        this.step("both");
        return true;
      case "reset":
      case "new-seed":
        this.connection.send({ do: action });
        return true;
      case "next-objective":
      case "next-data":
        this.controls.next(action.slice(5));
        return true;
      case "layer": {
        const chip = this.chips().filter((each) => each.offsetParent !== null)[digit - 1];
        if (chip) this.toggleLayer(layerOf(chip));
        return Boolean(chip);
      }
      case "present":
        this.present(!document.body.classList.contains("presenting"));
        return true;
      case "leave": {
        const inside = document.body.classList.contains("presenting") || this.root.classList.contains("sheet-open");
        this.present(false);
        this.sheet(false);
        if (this.menu.opened) this.menu.toggle();
        return inside;
      }
      case "open-controls":
      case "close-controls":
        this.sheet(action === "open-controls");
        return true;
      case "step-menu":
        this.menu.toggle();
        return true;
    }
    return false;
  }

  toggleLayer(/** @type {string} */ name) {
    const on = !this.layers.has(name);
    if (on) this.layers.add(name);
    else this.layers.delete(name);
    for (const chip of this.chips()) if (layerOf(chip) === name) chip.setAttribute("aria-pressed", String(on));
    this.drawStage();
  }

  switchLosses(/** @type {string} */ which) {
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-show]"))) {
      button.setAttribute("aria-pressed", String(button.dataset.show === which));
    }
    this.charts.show(which);
  }

  present(/** @type {boolean} */ on) {
    if (document.body.classList.contains("presenting") === on) return;
    document.body.classList.toggle("presenting", on);
    // The canvases have another size only after the style sheet has been applied.
    requestAnimationFrame(() => this.draw());
  }

  /** The controls as a sheet, on a phone. */
  sheet(/** @type {boolean} */ on) {
    this.root.classList.toggle("sheet-open", on);
    const opener = this.find("[data-do=open-controls]");
    opener.setAttribute("aria-expanded", String(on));
    if (on) this.find("[data-do=close-controls]").focus();
    else if (this.find(".controls").contains(document.activeElement)) opener.focus();
  }

  /**
   * A picture out of sight costs nothing: say so, and come back with a fresh one. A hidden page is
   * parked and then put away; a run behind another tab of this page only rests.
   */
  comeAndGo() {
    const open = this.run.value.link === "open";
    const hidden = document.hidden;
    const rest = !this.inSight;
    if (open && hidden !== this.hidden) this.connection.send({ hidden });
    if (open && rest !== this.resting) this.connection.send({ rest });
    this.hidden = open ? hidden : undefined;
    this.resting = open ? rest : undefined;
    if (!hidden && !rest) requestAnimationFrame(() => this.draw());
  }
}
