/**
 * The Train tab: one socket, one picture, and what the buttons do. A frame is drawn inside an animation
 * frame and acknowledged after that; of frames that pile up only the newest is drawn.
 */

import { Charts } from "./charts.js";
import { Controls } from "./controls.js";
import { drawLine, midpointText, readLine } from "./curves.js";
import { decode, Picture } from "./frame.js";
import { knows, language, onLanguage, say } from "./language.js";
import { readOut, short, whole } from "./numbers.js";
import { fillPresenter } from "./present.js";
import { Sentence } from "./sentence.js";
import { Connection, liveUrl } from "./socket.js";
import { drawPlane, drawRamp, readPlane } from "./stage.js";

const CHARTS_EVERY = 180; // ms between redraws of the charts while a run plays
const CALM_EVERY = 500; // ms between redraws where less motion is asked for
const LOADING_AFTER = 300;
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
    this.sentence = new Sentence(this.find(".card.sentence"), this.find(".spoken"));
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
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    /** What the page is doing, for tests: true redraws are those whose step differs. */
    this.report = { redraws: 0, step: 0, link: this.link, status: "paused", view: "opening", drawing: /** @type {number[]} */ ([]) };
    this.connection = new Connection(liveUrl(), {
      greet: () => ({ query: location.search, lang: language() }),
      text: (message) => this.hear(message),
      frame: (buffer) => this.arrive(buffer),
      lost: () => this.become("lost"),
      ended: (said) => {
        this.farewell = said;
        this.become("ended");
      },
    });
    this.wire();
    this.keepToken();
    this.connection.open();
    setTimeout(() => this.show(), LOADING_AFTER + 10);
    this.openedAt = performance.now();
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

  /** The token survives a reload, not a copy of the tab: it is in storage only while no page holds it. */
  keepToken() {
    try {
      this.connection.token = sessionStorage.getItem("playground-token") ?? "";
      sessionStorage.removeItem("playground-token");
      addEventListener("pagehide", () => sessionStorage.setItem("playground-token", this.connection.token));
      addEventListener("pageshow", () => sessionStorage.removeItem("playground-token"));
    } catch {
      // No storage, no way back after a reload; the link still is one.
    }
  }

  wire() {
    this.root.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-do], [data-layer], [data-show]"));
      this.closeMenu(button);
      if (!button) return;
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
      if (!key || !this.controls.refuse(key, sentence[language()])) this.refuse(sentence);
      this.controls.show(this.state.settings);
    }
  }

  take(/** @type {any} */ state) {
    const before = this.state.settings;
    this.state = { ...this.state, ...state };
    if (before.objective !== this.state.settings.objective || state.restarts) this.charts.forget();
    this.root.dataset.dim = String(this.book.dimensions[this.state.settings.data] ?? 2);
    this.controls.show(this.state.settings);
    this.writeAddress();
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
    this.drawStage();
    const playing = this.state.status === "running";
    if (this.picture.revision !== this.drawnRevision && (!playing || began - this.chartsAt > CHARTS_EVERY)) this.drawCharts(began);
    this.show();
    this.drawnAt = performance.now();
    this.report.drawing.push(this.drawnAt - began);
    if (this.report.drawing.length > 200) this.report.drawing.shift();
    for (; this.unacknowledged > 0; this.unacknowledged--) this.connection.send("a");
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
    const view = this.view();
    const running = this.link === "open" && this.state.status === "running";
    Object.assign(this.report, { link: this.link, status: this.state.status, view });
    if (this.root.dataset.state !== view) {
      this.root.dataset.state = view;
      this.drawStage();
    }
    this.root.dataset.late = String(view === "opening" && performance.now() - (this.openedAt ?? 0) > LOADING_AFTER);
    this.root.dataset.running = String(running);
    for (const count of this.root.querySelectorAll(".step-count")) put(count, whole(this.picture.step));
    put(this.find(".rate"), this.rate(running));
    put(this.find(".seed-word"), say("page.seed", { seed: this.state.settings.seed ?? 0 }));
    put(this.find(".data-name"), say(`knobs.data.${this.state.settings.data ?? "8-gaussians"}`));
    put(this.find(".objective-name"), this.objectiveWord());
    this.find(".speed select", HTMLSelectElement).value = String(this.state.speed);
    this.showBar();
    this.showChips();
    this.showBadge(view);
    this.speakUp(view);
    this.showWarnings();
  }

  rate(/** @type {boolean} */ running) {
    if (!running) return say("page.paused");
    const [first, last] = [this.pace[0], this.pace[this.pace.length - 1]];
    const seconds = last ? (last[0] - first[0]) / 1000 : 0;
    return seconds > 0.3 ? say("page.steps_per_second", { rate: whole((last[1] - first[1]) / seconds) }) : "…";
  }

  objectiveWord() {
    const { name, parameter, about } = this.controls.objective();
    const word = knows(`knobs.objective.${name}`) ? say(`knobs.objective.${name}`) : name;
    return about.parameter ? `${word}, ${about.parameter.symbol} = ${short(parameter, 2)}` : word;
  }

  /** The colour bar's ends and middle, in the unit of the field. */
  showBar() {
    const { unit } = this.picture.header;
    if (!unit) return;
    put(this.find(".bar .low"), `≤ ${short(unit.midpoint - unit.reach, 2)}`);
    put(this.find(".bar .middle"), midpointText(unit));
    put(this.find(".bar .high"), `≥ ${short(unit.midpoint + unit.reach, 2)}`);
  }

  /** Chips of what this run does not know are greyed. */
  showChips() {
    const { blocks, header } = this.picture;
    if (!header.window) return;
    const known = header.certainty === "exact" || header.certainty === "approximate";
    const missing = {
      manifold: !blocks["points.manifold"], density: !blocks.target, pull: !blocks.pull,
      q: !known || !blocks.generated, best_critic: !blocks.optimal,
    };
    for (const chip of this.chips()) {
      const gone = Boolean(missing[/** @type {keyof typeof missing} */ (layerOf(chip))]);
      chip.classList.toggle("missing", gone);
      const title = say(gone ? "page.layer_missing" : `page.layer_${layerOf(chip)}_title`);
      if (chip.title !== title) chip.title = title;
    }
  }

  showBadge(/** @type {string} */ view) {
    const badge = this.find(".badge");
    const collapsed = view === "ready" && /collapsed/.test(this.picture.header.note?.key ?? "");
    badge.hidden = !(view === "stopped" || collapsed);
    badge.classList.toggle("amber", collapsed);
    put(badge, view === "stopped" ? `■ ${say("page.stopped")}` : `▲ ${say("page.collapsed")}`);
    const place = this.find(".place");
    place.hidden = view !== "waiting";
    put(place, String(this.place));
  }

  /** The sentence: the page's state first, then a warning before a restart, then the run's own note. */
  speakUp(/** @type {string} */ view) {
    const { note } = this.picture.header;
    const said = (/** @type {{en: string, ko: string}} */ pair) => pair[language()];
    if (view === "opening") {
      if (this.root.dataset.late === "true") this.sentence.state("opening", () => say("page.opening"));
    } else if (view === "lost") this.sentence.state("lost", () => say("page.lost"));
    else if (view === "waiting") this.sentence.state(`place ${this.place}`, () => say("page.room_full", { place: this.place }));
    else if (view === "ended") {
      const farewell = this.farewell;
      this.sentence.state("ended", () => (farewell ? said(farewell) : say("page.ended")));
    } else if (this.refusal) {
      const refusal = this.refusal;
      this.sentence.state(`refused ${refusal.en}`, () => said(refusal));
    } else if (this.warned && this.picture.step > 0) {
      const key = this.warned;
      this.sentence.state(`warned ${key}`, () => say("page.restart_warning", { knob: say(`knobs.${key}`) }));
    } else if (view === "stopped") {
      const { stopped } = this.state;
      this.sentence.state("stopped", () => said(stopped));
    } else if (note) this.sentence.note(`${note.key} ${JSON.stringify(note.values)}`, () => say(note.key, note.values));
    this.sentence.speak(() => this.summary());
  }

  /** What a screen reader hears: the sentence, the step and the read-outs. */
  summary() {
    const { bound, exact } = this.picture.header;
    const words = [`${this.sentence.statement.textContent} ${this.sentence.reason.textContent}`];
    words.push(say("page.at_step", { step: whole(this.picture.step) }));
    if (bound && !Number.isNaN(bound.value)) words.push(`${say("page.lower_bound")} ${readOut(bound)}`);
    if (exact && exact.certainty !== "unknown") words.push(`${say("page.exact_value")} ${readOut(exact)}`);
    const text = words.join(" · ");
    this.canvas.setAttribute("aria-label", text);
    return text;
  }

  showWarnings() {
    const place = this.find(".warnings");
    const lines = /** @type {{en: string, ko: string}[]} */ (this.state.warnings ?? []).map((pair) => `▲ ${pair[language()]}`);
    put(place, lines.join("\n"));
  }

  readOut() {
    const box = this.find(".readout");
    const read = this.pointer && this.view() !== "empty" && this.picture.header.window
      ? this.picture.dim === 1
        ? readLine(this.picture, this.pointer.x / this.canvas.clientWidth, this.canvas.clientWidth)
        : readPlane(this.picture, this.pointer.x / this.canvas.clientWidth, this.pointer.y / this.canvas.clientHeight)
      : null;
    box.hidden = !read;
    if (!read || !this.pointer) return;
    const { name } = this.picture.header.unit;
    put(box, [`x ${read.at}`, `${name} ${read.critic}`, ...(read.ratio ? [`p/q ${read.ratio}`] : [])].join("   "));
    const left = this.pointer.x > this.canvas.clientWidth - box.offsetWidth - 24;
    box.style.transform = `translate(${this.pointer.x + (left ? -box.offsetWidth - 12 : 14)}px, ${Math.max(4, this.pointer.y - 38)}px)`;
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

  /** One action of a button or key; true where there was something to do. */
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
        this.closeMenu(null);
        return inside;
      }
      case "open-controls":
      case "close-controls":
        this.sheet(action === "open-controls");
        return true;
      case "step-menu":
        this.openMenu();
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

  openMenu() {
    const menu = this.find(".popup");
    menu.hidden = !menu.hidden;
    this.find("[data-do=step-menu]").setAttribute("aria-expanded", String(!menu.hidden));
    if (!menu.hidden) /** @type {HTMLElement} */ (menu.firstElementChild).focus();
  }

  closeMenu(/** @type {HTMLElement|null} */ clicked) {
    if (clicked?.dataset.do === "step-menu") return;
    this.find(".popup").hidden = true;
    this.find("[data-do=step-menu]").setAttribute("aria-expanded", "false");
  }

  /** A page out of sight costs nothing: say so, and come back with a fresh picture. */
  comeAndGo() {
    const hidden = document.hidden || (document.body.dataset.tab ?? "train") !== "train";
    if (this.link === "open" && hidden !== this.hidden) this.connection.send({ hidden });
    this.hidden = this.link === "open" ? hidden : undefined;
    if (!hidden) requestAnimationFrame(() => this.redraw());
  }

  /** The address bar always holds the run; a language chosen by hand stands beside it. */
  writeAddress(languageChosen = false) {
    const kept = languageChosen || new URLSearchParams(location.search).has("lang");
    const query = this.state.query.replace(/^\?/, "");
    const lang = kept ? `lang=${language()}` : "";
    const search = [query, lang].filter(Boolean).join("&");
    const tab = document.body.dataset.tab ?? "train";
    const address = location.pathname + (search ? `?${search}` : "") + (tab === "train" ? "" : `#${tab}`);
    if (address !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address);
  }
}

const layerOf = (/** @type {HTMLElement} */ chip) => /** @type {string} */ (chip.dataset.layer);

function put(/** @type {Element} */ element, /** @type {string} */ text) {
  if (element.textContent !== text) element.textContent = text;
}
