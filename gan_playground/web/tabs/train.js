/**
 * The Train tab: one socket, one picture, and what the buttons do. A frame is drawn inside an animation
 * frame and acknowledged after that; of frames that pile up only the newest is drawn.
 */

import { lastObjectiveChange } from "../address.js";
import { Charts } from "../charts.js";
import { drawLine } from "../curves.js";
import { decode, Picture } from "../frame.js";
import { language, tell } from "../language.js";
import { Connection, liveUrl } from "../socket.js";
import { drawPlane, drawRamp } from "../stage.js";
import { keepToken } from "../store.js";
import { Tab } from "../tab.js";
import { Controls } from "../train/controls.js";
import { Face } from "../train/face.js";
import { FrameLoop } from "../train/frame_loop.js";
import { LAYERS, layout, OFF } from "../train/layout.js";
import { Menu } from "../train/menu.js";
import { Presence } from "../train/presence.js";
import { mainChart } from "../train/present.js";

const CHARTS_EVERY = 180; // ms between redraws of the charts while a run plays
const LOADING_AFTER = 300; // ms before a page that is still opening says so

/** @typedef {import("../types/records.js").Player} Player */

/** @extends {Tab<import("../train/controls.js").Book>} */
export default class Train extends Tab {
  /**
   * @param {import("../page.js").Page} page @param {string} key @param {HTMLElement} root
   * @param {import("../train/controls.js").Book} book @param {import("../tab.js").Server} server
   */
  constructor(page, key, root, book, server) {
    super(page, key, root, book, server);
    this.run = page.run;
    this.picture = new Picture();
    this.controls = new Controls(book, (values) => this.set(values), () => this.paint());
    this.face = new Face(this);
    /** Layers that are on. */
    this.layers = new Set([...LAYERS.plane, ...LAYERS.line].filter((name) => !OFF.includes(name)));
    /** The controls as a sheet, on a phone. */
    this.sheetOpen = false;
    this.playNext = false;
    this.frames = new FrameLoop((began) => this.drawFrame(began), () => this.connection.send("a"));
    this.drawnRevision = -1;
    this.chartsAt = 0;
    this.presence = new Presence((message) => this.connection.send(message));
    /** What the page is doing, for tests: true redraws are those whose step differs. */
    this.report = { redraws: 0, step: 0, link: "opening", status: "paused", view: "opening", drawing: this.frames.took };
    this.connection = new Connection(liveUrl(), {
      greet: () => ({ query: this.run.value.query, token: this.run.value.token, lang: language() }),
      text: (message) => this.hear(message),
      frame: (buffer) => this.arrive(buffer),
      lost: () => this.run.update({ link: "lost" }),
      ended: (farewell) => this.run.update({ link: "ended", farewell }),
    });
    this.openedAt = performance.now();
    /** @type {Charts|null} */
    this.drawn = null;
    /** @type {Menu|null} */
    this.popup = null;
  }

  get canvas() {
    return this.find(".picture", HTMLCanvasElement);
  }

  /** Made when their elements are there. */
  get charts() {
    return (this.drawn ??= new Charts(this.root));
  }

  /** Of whose step is made next. */
  get menu() {
    return (this.popup ??= new Menu(this.find(".popup"), this.find("[data-do=step-menu]")));
  }

  template() {
    this.controls.warnings = this.run.value.warnings.map(tell);
    return layout(this);
  }

  painted() {
    this.wire();
    this.run.onChange(() => this.paint());
    keepToken(this.run);
    this.connection.open();
    setTimeout(() => this.paint(), LOADING_AFTER + 10);
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
    const controls = this.find(".controls");
    controls.addEventListener("pointerdown", () => (this.controls.byPointer = true), true);
    controls.addEventListener("keydown", () => (this.controls.byPointer = false), true);
    this.face.wire();
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
    this.charts.paint();
    super.speak();
  }

  pressed(/** @type {HTMLElement} */ button) {
    if (button.dataset.do === "step") this.step(/** @type {Player|undefined} */ (button.dataset.player) ?? "both");
    else super.pressed(button);
  }

  // --- from the server -------------------------------------------------------------------------

  hear(/** @type {import("../types/records.js").FromServer} */ message) {
    if (message.line) {
      const { place } = message.line;
      this.run.update({ place, link: place > 0 ? "waiting" : "opening" });
    } else if (message.welcome) {
      this.take({ ...message.welcome, link: "open" });
      this.comeAndGo();
      if (this.playNext) this.play();
      this.playNext = false;
    } else if (message.state) {
      this.take(message.state);
    } else if (message.refused) {
      const { knob, ...sentence } = message.refused;
      if (!knob || !this.controls.refuse(knob, sentence)) this.face.refuse(sentence);
      this.controls.show(this.run.value.settings);
    }
  }

  take(/** @type {Partial<import("../store.js").Run> & {restarts: boolean}} */ { restarts, ...changes }) {
    const before = this.run.value.settings;
    this.run.update(changes);
    const { settings } = this.run.value;
    if (before.objective !== settings.objective || restarts) this.charts.forget();
    this.root.dataset.dim = String(this.book.dimensions[settings.data ?? ""] ?? 2);
    this.controls.show(settings);
    this.page.address.write();
    this.draw();
  }

  arrive(/** @type {ArrayBuffer} */ buffer) {
    this.picture.add(decode(buffer));
    this.frames.arrive();
  }

  drawFrame(/** @type {number} */ began) {
    const { step } = this.picture;
    if (step !== this.report.step) this.report.redraws++;
    this.report.step = step;
    this.drawStage();
    const due = this.run.value.status !== "running" || began - this.chartsAt > CHARTS_EVERY;
    if (due && this.picture.revision !== this.drawnRevision) this.drawCharts(began);
    this.paint();
    return step;
  }

  drawStage() {
    if (!this.picture.begun()) return;
    this.root.dataset.dim = String(this.picture.dim);
    const draw = this.picture.dim === 1 ? drawLine : drawPlane;
    draw(this.canvas, this.picture, this.layers, { empty: this.view() === "empty" });
    this.face.readOut();
  }

  drawCharts(/** @type {number} */ now) {
    if (!this.picture.begun()) return;
    this.drawnRevision = this.picture.revision;
    this.chartsAt = now;
    const { name, about } = this.controls.objective;
    this.charts.since = lastObjectiveChange(this.run.value.query);
    this.charts.objective = { name, about, word: this.face.objectiveWord() };
    this.charts.draw(this.picture);
    this.root.dataset.mainChart = mainChart(this.picture);
  }

  /** Everything again: another size, theme, language or set of layers. */
  draw() {
    this.drawStage();
    this.drawCharts(performance.now());
    drawRamp(this.find(".ramp-picture", HTMLCanvasElement));
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

  get running() {
    return this.run.value.link === "open" && this.run.value.status === "running";
  }

  /** Whether the page has been opening for long enough to say so. */
  get late() {
    return this.view() === "opening" && performance.now() - this.openedAt > LOADING_AFTER;
  }

  get presenting() {
    return document.body.classList.contains("presenting");
  }

  /** Everything in words and marks, by what is known now. */
  paint() {
    super.paint();
    const { link, status, speed } = this.run.value;
    const view = this.view();
    const { dataset } = this.root;
    const turned = dataset.state !== view;
    Object.assign(this.report, { link, status, view });
    Object.assign(dataset, { state: view, late: String(this.late), running: String(this.running) });
    this.root.classList.toggle("sheet-open", this.sheetOpen);
    this.controls.settle(this.root);
    const menu = this.find(".speed select", HTMLSelectElement);
    if (!menu.matches(":active")) menu.value = String(speed);
    this.face.speakUp(view);
    if (turned) this.drawStage();
  }

  // --- from the visitor ------------------------------------------------------------------------

  set(/** @type {Partial<import("../types/records.js").Settings>} */ values) {
    if (this.run.value.link === "open") this.connection.send({ set: values });
  }

  chooseSpeed(/** @type {string} */ speed) {
    this.connection.send({ speed: speed === "full" ? "full" : Number(speed) });
  }

  step(/** @type {Player} */ player) {
    this.connection.send({ do: "step", player });
    this.expect("paused");
  }

  /** Show at once what a button asks for; the server's state confirms it. */
  expect(/** @type {"running"|"paused"} */ status) {
    if (this.run.value.link !== "open" || this.run.value.stopped) return;
    this.frames.forget();
    this.run.update({ status });
  }

  get actions() {
    return {
      toggle: () => (this.run.value.status === "running" ? this.pause() : this.play()),
      play: () => this.play(),
      pause: () => this.pause(),
      step: () => this.step("both"),
      reset: () => this.connection.send({ do: "reset" }),
      "new-seed": () => this.connection.send({ do: "new-seed" }),
      "next-objective": () => this.controls.next("objective"),
      "next-data": () => this.controls.next("data"),
      layer: (/** @type {number} */ digit) => this.toggleLayer(LAYERS[this.root.dataset.dim === "1" ? "line" : "plane"][digit - 1]),
      present: () => this.present(!this.presenting),
      leave: () => this.leave(),
      "open-controls": () => this.sheet(true),
      "close-controls": () => this.sheet(false),
      "step-menu": () => this.menu.toggle(),
    };
  }

  /** Play; where the connection was lost or ended, open it again and play then. */
  play() {
    const { link } = this.run.value;
    if (link === "ended" || link === "lost") {
      this.playNext = true;
      this.run.update({ link: "opening" });
      this.connection.open();
      return;
    }
    this.connection.send({ do: "play" });
    this.expect("running");
  }

  pause() {
    this.connection.send({ do: "pause" });
    this.expect("paused");
  }

  /** Leave what lies over the page; false where nothing does. */
  leave() {
    const inside = this.presenting || this.sheetOpen;
    this.present(false);
    this.sheet(false);
    if (this.menu.opened) this.menu.toggle();
    return inside;
  }

  toggleLayer(/** @type {string|undefined} */ name) {
    if (!name) return false;
    const on = !this.layers.has(name);
    if (on) this.layers.add(name);
    else this.layers.delete(name);
    this.paint();
    this.drawStage();
  }

  switchLosses(/** @type {string} */ which) {
    this.charts.show(which);
  }

  present(/** @type {boolean} */ on) {
    if (this.presenting === on) return;
    document.body.classList.toggle("presenting", on);
    this.paint();
    // The canvases have another size only after the style sheet has been applied.
    requestAnimationFrame(() => this.draw());
  }

  /** The controls as a sheet, on a phone. */
  sheet(/** @type {boolean} */ on) {
    this.sheetOpen = on;
    this.paint();
    const opener = this.find("[data-do=open-controls]");
    if (on) this.find("[data-do=close-controls]").focus();
    else if (this.find(".controls").contains(document.activeElement)) opener.focus();
  }

  /** The tab or the whole page comes into sight or leaves it. */
  comeAndGo() {
    const { hidden } = document;
    this.presence.tell(this.run.value.link === "open", { hidden, rest: !this.inSight });
    if (!hidden && this.inSight) requestAnimationFrame(() => this.draw());
  }
}
