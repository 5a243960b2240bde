/**
 * The Train tab: one socket, one picture, and what the buttons do. A frame is drawn inside an animation
 * frame and acknowledged after that; of frames that pile up only the newest is drawn.
 */

import { Address, keepToken, lastObjectiveChange } from "./address.js";
import { Charts } from "./charts.js";
import { Controls } from "./controls.js";
import { drawLine } from "./curves.js";
import { Face, layerOf, LOADING_AFTER } from "./face.js";
import { decode, Picture } from "./frame.js";
import { language, onLanguage } from "./language.js";
import { Menu } from "./menu.js";
import { fillPresenter } from "./present.js";
import { Connection, liveUrl } from "./socket.js";
import { drawPlane, drawRamp } from "./stage.js";

const CHARTS_EVERY = 180; // ms between redraws of the charts while a run plays
const CALM_EVERY = 500; // ms between redraws where less motion is asked for
const REFUSAL_STANDS = 8000;

/** @typedef {"opening"|"lost"|"waiting"|"ended"|"open"} Link */

export class Train {
  /** @param {HTMLElement} root @param {import("./controls.js").Book} book */
  constructor(root, book) {
    this.root = root;
    this.book = book;
    this.canvas = this.find(".picture", HTMLCanvasElement);
    this.picture = new Picture();
    this.charts = new Charts(root);
    this.face = new Face(this);
    this.menu = new Menu(this.find(".popup"), this.find("[data-do=step-menu]"));
    this.controls = new Controls(this.find(".controls"), book, (values) => this.set(values), (key) => this.warn(key));
    /** Layers that are on. @type {Set<string>} */
    this.layers = new Set(this.chips().filter((chip) => chip.getAttribute("aria-pressed") === "true").map(layerOf));
    /** @type {Link} */
    this.link = "opening";
    this.place = 0;
    /** @type {any} */
    this.state = { settings: {}, query: location.search, status: "paused", speed: "full", stopped: null, warnings: [] };
    /** @type {{en: string, ko: string}|null} */
    this.farewell = null;
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
    this.report = { redraws: 0, step: 0, link: this.link, status: "paused", view: "opening", drawing: /** @type {number[]} */ ([]) };
    this.address = new Address(() => this.state.query);
    this.connection = new Connection(liveUrl(), {
      greet: () => ({ query: this.state.query, lang: language() }),
      text: (message) => this.hear(message),
      frame: (buffer) => this.arrive(buffer),
      lost: () => this.become("lost"),
      ended: (said) => {
        this.farewell = said;
        this.become("ended");
      },
    });
    this.openedAt = performance.now();
    this.wire();
    keepToken(this.connection);
    this.connection.open();
    setTimeout(() => this.show(), LOADING_AFTER + 10);
    this.show();
  }

  /**
   * @template {HTMLElement} T
   * @param {string} selector @param {new () => T} [kind]
   */
  find(selector, kind) {
    const element = this.root.querySelector(selector);
    if (!(element instanceof (kind ?? HTMLElement))) throw new Error(`the page has no ${selector}`);
    return /** @type {T} */ (element);
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
      else if (button.dataset.do === "step") this.step(button.dataset.player ?? "both");
      else if (button.dataset.do !== "speed") this.act(/** @type {string} */ (button.dataset.do), 0);
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
    const resized = new ResizeObserver(() => this.redraw());
    for (const canvas of this.root.querySelectorAll("canvas")) resized.observe(canvas);
    document.addEventListener("visibilitychange", () => this.comeAndGo());
    onLanguage(() => {
      this.show();
      this.redraw();
    });
    document.fonts?.ready.then(() => this.redraw());
  }

  // --- from the server -------------------------------------------------------------------------

  hear(/** @type {Record<string, any>} */ message) {
    if (message.room) {
      this.place = message.room.place;
      this.become(this.place > 0 ? "waiting" : "opening");
    } else if (message.welcome) {
      this.link = "open";
      this.take(message.welcome);
      this.comeAndGo();
      if (this.playNext) this.act("play", 0);
      this.playNext = false;
    } else if (message.state) {
      this.take(message.state);
    } else if (message.refused) {
      const { key, ...sentence } = message.refused;
      if (!key || !this.controls.refuse(key, sentence)) this.refuse(sentence);
      this.controls.show(this.state.settings);
    }
  }

  take(/** @type {any} */ state) {
    const before = this.state.settings;
    this.state = { ...this.state, ...state };
    if (before.objective !== this.state.settings.objective || state.restarts) this.charts.forget();
    this.root.dataset.dim = String(this.book.dimensions[this.state.settings.data] ?? 2);
    this.controls.show(this.state.settings);
    this.address.write();
    this.show();
    this.redraw();
  }

  arrive(/** @type {ArrayBuffer} */ buffer) {
    this.picture.add(decode(buffer));
    this.unacknowledged++;
    this.schedule();
  }

  schedule() {
    if (this.scheduled) return;
    this.scheduled = 1;
    const draw = () => requestAnimationFrame(() => this.draw());
    const rest = this.calm.matches ? this.drawnAt + CALM_EVERY - performance.now() : 0;
    if (rest > 0) setTimeout(draw, rest);
    else draw();
  }

  /** Draw the newest frame, then acknowledge all that came. */
  draw() {
    this.scheduled = 0;
    const began = performance.now();
    if (this.picture.step !== this.report.step) this.report.redraws++;
    this.report.step = this.picture.step;
    this.keepPace(began);
    try {
      this.drawStage();
      const due = this.state.status !== "running" || began - this.chartsAt > CHARTS_EVERY;
      if (due && this.picture.revision !== this.drawnRevision) this.drawCharts(began);
      this.show();
    } finally {
      // Whatever befell this picture, the next one may come.
      this.drawnAt = performance.now();
      this.report.drawing.push(this.drawnAt - began);
      if (this.report.drawing.length > 200) this.report.drawing.shift();
      for (; this.unacknowledged > 0; this.unacknowledged--) this.connection.send("a");
    }
  }

  drawStage() {
    if (!this.picture.header.window) return;
    this.root.dataset.dim = String(this.picture.dim);
    const draw = this.picture.dim === 1 ? drawLine : drawPlane;
    draw(this.canvas, this.picture, this.layers, { empty: this.view() === "empty" });
    this.readOut();
  }

  drawCharts(/** @type {number} */ now) {
    if (!this.picture.header.window) return;
    this.drawnRevision = this.picture.revision;
    this.chartsAt = now;
    const { name, about } = this.controls.objective();
    this.charts.since = lastObjectiveChange(this.state.query);
    this.charts.objective = { name, about, word: this.objectiveWord() };
    this.charts.draw(this.picture);
    if (document.body.classList.contains("presenting")) fillPresenter(this.root, this.picture);
  }

  /** Everything again: another size, theme, language or set of layers. */
  redraw() {
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
    if (this.link !== "open") return this.link;
    if (this.state.stopped) return "stopped";
    if (this.picture.step === 0 && this.state.status !== "running") return "empty";
    return "ready";
  }

  become(/** @type {Link} */ link) {
    this.link = link;
    this.show();
  }

  show() {
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
    if (this.link === "open") this.connection.send({ set: values });
  }

  warn(/** @type {string|null} */ key) {
    for (const control of this.root.querySelectorAll("[data-knob].restarting")) control.classList.remove("restarting");
    this.warned = key;
    if (key) this.controls.control(key)?.classList.add("restarting");
    this.show();
  }

  refuse(/** @type {{en: string, ko: string}} */ sentence) {
    this.refusal = sentence;
    this.show();
    setTimeout(() => {
      if (this.refusal === sentence) this.refusal = null;
      this.show();
    }, REFUSAL_STANDS);
  }

  step(/** @type {string} */ player) {
    this.connection.send({ do: "step", player });
    this.expect("paused");
  }

  /** Show at once what a button asks for; the server's state confirms it. */
  expect(/** @type {string} */ status) {
    if (this.link !== "open" || this.state.stopped) return;
    this.state.status = status;
    this.pace = [];
    this.show();
  }

  /**
   * One action of a button or key; true where there was something to do.
   * @returns {boolean}
   */
  act(/** @type {string} */ action, /** @type {number} */ digit) {
    const running = this.state.status === "running";
    switch (action) {
      case "toggle":
        return this.act(running ? "pause" : "play", 0);
      case "play":
        if (this.link === "ended" || this.link === "lost") {
          this.playNext = true;
          this.become("opening");
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
    requestAnimationFrame(() => this.redraw());
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
    const open = this.link === "open";
    const hidden = document.hidden;
    const rest = (document.body.dataset.tab ?? "train") !== "train";
    if (open && hidden !== this.hidden) this.connection.send({ hidden });
    if (open && rest !== this.resting) this.connection.send({ rest });
    this.hidden = open ? hidden : undefined;
    this.resting = open ? rest : undefined;
    if (!hidden && !rest) requestAnimationFrame(() => this.redraw());
  }
}
