/**
 * The Samples tab: generators side by side on one draw of latents. Its state is text, as the link
 * `#samples/DATA?key=value` says it; what is shown is asked for one thing at a time, so that a dragged
 * mark or slider is answered for where it is and never for where it was.
 */

import { ImageTab } from "../imagetab.js";
import { knows, language, put, say } from "../language.js";
import { cells } from "../pictures.js";
import { Columns } from "../samples/columns.js";
import { contactSheet, save } from "../samples/files.js";
import { Lead } from "../samples/lead.js";
import { Plane } from "../samples/plane.js";
import { Table } from "../samples/table.js";
import { Walk } from "../samples/walk.js";
import { fill } from "../slider.js";

/** @typedef {import("../samples/lead.js").Curve} Curve */
/**
 * @typedef {import("../imagetab.js").Book & {sets: Record<string, Record<string, string>>, curves: Record<string, Curve>,
 *   published: any, corners: string[], frames: number, shown: number, side: number}} Book
 */
/** What a question was answered with: its request, and a picture or a refusal. @typedef {Record<string, any>} Held */
/** @typedef {{id: string, what: string, request: Record<string, any>}} Question */

/** Numbers of a recipe in which checkpoints may differ beside the objective. */
const TRAINED = ["model", "steps", "batch", "rate", "betas", "decay", "critic_steps", "r1", "r2", "r1_every", "clip", "augment", "average", "seed"];

/** @extends {ImageTab<Book>} */
export default class Samples extends ImageTab {
  /**
   * @param {import("../page.js").Page} page @param {string} key @param {HTMLElement} root
   * @param {Book} book @param {import("../tab.js").Server} server
   */
  constructor(page, key, root, book, server) {
    super(page, key, root, book, server);
    this.data = Object.keys(book.sets)[0];
    /** The text of every field, as a link says it. @type {Record<string, string>} */
    this.values = { ...book.sets[this.data] };
    /** Answers by question, the last of each. @type {Map<string, Held>} */
    this.answers = new Map();
    /** When each question was last asked: the longest unasked comes first. @type {Map<string, number>} */
    this.askedAt = new Map();
    this.turn = 0;
    this.pumping = false;
    /** While something is dragged, what lies further down the page waits. */
    this.dragging = false;
    /** A link that was refused. @type {{en: string, ko: string}|null} */
    this.wrong = null;
    if (book.refused) return;
    this.columns = new Columns(this);
    this.plane = new Plane(this);
    this.walk = new Walk(this);
    this.table = new Table(this);
    this.leading = new Lead(this);
    this.wire();
  }

  wire() {
    const { field, slider } = this;
    field.onchange = () => this.propose(field.value);
    slider.oninput = () => {
      this.dragging = true;
      this.change({ psi: String(Number(slider.value)) });
    };
    slider.onchange = () => this.settle();
    this.find(".checks").addEventListener("change", (event) => {
      const box = /** @type {HTMLInputElement} */ (event.target);
      const chosen = this.all.filter((name) => (name === box.value ? box.checked : this.names.includes(name)));
      if (chosen.length) this.choose("checkpoints", chosen.join(","));
      else box.checked = true; // one column stays
    });
  }

  // --- the state -------------------------------------------------------------------------------------

  get field() {
    return /** @type {HTMLInputElement} */ (this.find("input.seed"));
  }

  get slider() {
    return /** @type {HTMLInputElement} */ (this.find("input.psi"));
  }

  /** How a checkpoint's latents are drawn. @returns {"uniform"|"normal"} */
  lawOf(/** @type {string} */ name) {
    return this.book.checkpoints[name]?.law ?? "uniform";
  }

  /** Whether all columns draw their latents alike, and so get the same ones from one seed. */
  get alike() {
    return new Set(this.names.map((name) => this.lawOf(name))).size < 2;
  }

  /** What a class of the data set is called: its own word, or its number. */
  className(/** @type {number} */ place) {
    const key = `samples.class_${this.data}_${place}`;
    return knows(key) ? say(key) : String(place);
  }

  /** Every checkpoint of the data set, in the recipes' order. */
  get all() {
    return Object.keys(this.book.checkpoints).filter((name) => this.book.checkpoints[name].data === this.data);
  }

  /** The checkpoints that stand as columns. */
  get names() {
    return this.values.checkpoints.split(",");
  }

  /** The checkpoint in the plane, and told about below. */
  get lead() {
    return this.values.lead || this.names[0];
  }

  /** @returns {Record<string, number>} */
  get corners() {
    return Object.fromEntries(this.book.corners.map((corner) => [corner, this.number(corner)]));
  }

  number(/** @type {string} */ key) {
    return Number(this.values[key]);
  }

  /** The tab's part of the link: what differs from how it begins. */
  get detail() {
    const begins = this.book.sets[this.data] ?? {};
    const pairs = Object.entries(this.values).filter(([key, value]) => value !== begins[key]);
    const query = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%2C/g, ",")}`).join("&");
    return query && `${this.data}?${query}`;
  }

  start() {
    this.visit(this.linked ?? "");
  }

  /** Open what a link says; one that is refused opens the tab as it begins, under the sentence that says why. */
  async visit(/** @type {string} */ address) {
    const begins = { data: this.data, values: this.book.sets[this.data] };
    const answer = address ? await this.server.visit(address).catch(() => null) : begins;
    this.wrong = answer?.refused ?? null;
    const { data, values } = answer && !answer.refused ? answer : begins;
    this.data = data;
    this.change(values);
  }

  /** A seed that was typed is in force if the server's parser takes it; else its sentence stands below. */
  async propose(/** @type {string} */ seed) {
    const answer = await this.server.visit(`${this.data}?seed=${encodeURIComponent(seed)}`).catch(() => null);
    this.refusedSeed = answer?.refused ?? null;
    this.speakSeed();
    if (answer && !answer.refused) this.change({ seed: answer.values.seed });
  }

  /** Values that hold: the page follows at once, the pictures as they come. */
  change(/** @type {Record<string, string>} */ changes) {
    Object.assign(this.values, changes);
    if (this.values.lead && !this.names.includes(this.values.lead)) this.values.lead = "";
    if (changes.seed) this.refusedSeed = null;
    const marked = Object.keys(changes).every((key) => key === "x" || key === "y"); // a drag over the plane alone
    if (marked) this.plane?.draw();
    else {
      this.columns?.build();
      this.walk?.build();
      this.speak();
      this.draw();
    }
    this.page.address.write();
    this.pump();
  }

  settle() {
    this.dragging = false;
    this.pump();
  }

  // --- questions and answers -------------------------------------------------------------------------

  /** What the server last answered to a question; its picture stays while a newer one is on its way. */
  held(/** @type {string} */ id) {
    return this.answers.get(id);
  }

  /** The columns that were not refused. */
  get sound() {
    return this.names.filter((name) => !this.held(`sheet ${name}`)?.refused);
  }

  /** The checkpoint whose images lie in the plane: the lead, unless it is damaged. */
  get inPlane() {
    return this.sound.includes(this.lead) ? this.lead : (this.sound[0] ?? this.lead);
  }

  /** Everything that the page shows, as questions. @returns {Question[]} */
  get questions() {
    const seed = this.number("seed"), psi = this.number("psi");
    const corners = Object.values(this.corners);
    const { sound } = this;
    const first = this.names.map((name) => ({ id: `sheet ${name}`, what: "sheet", request: { checkpoint: name, seed, psi, n: this.book.shown } }));
    const point = { id: "point", what: "point", request: { checkpoints: sound, seed, corners, x: this.number("x"), y: this.number("y"), psi } };
    const later = [
      { id: "plane", what: "plane", request: { checkpoint: this.inPlane, seed, corners, psi } },
      ...sound.map((name) => ({ id: `walk ${name}`, what: "walk", request: { checkpoint: name, seed, ends: corners.slice(0, 2), path: this.values.path, psi, n: this.book.frames } })),
    ];
    return [...first, ...(sound.length ? [point, ...(this.dragging ? [] : later)] : [])];
  }

  /** The question whose answer has been out of date the longest; null where all are answered. */
  get next() {
    const stale = this.questions.filter(({ id, request }) => this.held(id)?.key !== JSON.stringify(request));
    const asked = (/** @type {Question} */ { id }) => this.askedAt.get(id) ?? 0;
    return stale.sort((a, b) => asked(a) - asked(b))[0] ?? null;
  }

  /** Ask until nothing is out of date, one question at a time. */
  async pump() {
    if (this.pumping) return;
    this.pumping = true;
    if (!this.answers.size) this.sentence.state("opening", () => say("samples.opening"));
    for (let question = this.next; question; question = this.next) {
      this.report.state = "asking";
      const { id, what, request } = question;
      this.askedAt.set(id, (this.turn += 1));
      const before = this.held(id);
      /** @type {Held} */
      let found = { picture: before?.picture };
      const answer = await this.ask(what, request, (refusal) => (found.refused = refusal ?? { en: "", ko: "" }));
      if (answer) found = { ...answer };
      this.answers.set(id, { ...found, request, key: JSON.stringify(request) });
      this.shown(what);
    }
    this.pumping = false;
    this.ready();
  }

  /** An answer is in: draw what it shows. */
  shown(/** @type {string} */ what) {
    if (what === "sheet") this.columns?.speak();
    if (what === "walk") this.walk?.draw();
    if (what === "plane") this.plane?.draw();
    if (what === "point") this.plane?.speak();
  }

  // --- what a visitor does ---------------------------------------------------------------------------

  choose(/** @type {string} */ choice, /** @type {string} */ value) {
    this.change({ [choice]: value });
  }

  clicked(/** @type {Element} */ target) {
    const button = /** @type {HTMLElement|null} */ (target.closest("button"));
    const { lead, letter, data } = button?.dataset ?? {};
    if (lead) {
      const names = this.all.filter((name) => name === lead || this.names.includes(name));
      this.change({ lead, checkpoints: names.join(",") });
    } else if (letter && this.columns) {
      this.columns.letter = letter;
      this.columns.press();
    } else if (data && data !== this.data) {
      this.data = data;
      this.change({ ...this.book.sets[data] });
    } else super.clicked(target);
  }

  act(/** @type {string} */ action) {
    if (this.book.refused) return false;
    switch (action) {
      case "new":
      case "new-seed":
        this.seed = this.number("seed");
        this.change({ seed: String(this.otherSeed()) });
        return true;
      case "again":
      case "reset":
        this.answers.forEach((held) => (held.key = ""));
        this.pump();
        return true;
      case "toggle":
        this.walk?.toggle();
        return true;
      case "all":
        this.change({ checkpoints: this.all.join(",") });
        return true;
      case "few":
        this.change({ checkpoints: this.book.sets[this.data].checkpoints });
        return true;
      case "png":
        this.savePng();
        return true;
      case "gif":
        this.saveGif();
        return true;
    }
    return false;
  }

  savePng() {
    const grids = this.names.map((name) => ({ name: this.nameOf(name), sheet: this.held(`sheet ${name}`)?.picture }));
    const drawn = grids.filter(({ sheet }) => sheet);
    if (drawn.length) save(`${this.data}-seed-${this.values.seed}.png`, contactSheet(drawn));
  }

  async saveGif() {
    const checkpoints = this.sound;
    const { a, b } = this.corners;
    const request = { checkpoints, seed: this.number("seed"), ends: [a, b], path: this.values.path, psi: this.number("psi") };
    const answer = await this.ask("animation", request);
    if (answer) save(`${this.data}-walk-seed-${this.values.seed}.gif`, `data:image/gif;base64,${answer.gif}`);
  }

  // --- drawing and words -----------------------------------------------------------------------------

  draw() {
    this.columns?.draw();
    this.plane?.draw();
    this.walk?.draw();
    this.leading?.draw();
    Object.assign(this.report, { seed: this.number("seed"), names: this.names, lead: this.lead, values: { ...this.values } });
  }

  speak() {
    if (this.book.refused) return;
    this.showControls();
    const { seed, psi } = this.values;
    put(this.find(".again"), say("samples.again", { seed }));
    const same = say(this.alike ? "samples.same" : "samples.same_law");
    put(this.find(".count"), say(psi === "1" ? "samples.count" : "samples.count_psi", { n: this.book.shown, seed, psi: Number(psi).toFixed(2), same }));
    this.columns?.speak();
    this.plane?.speak();
    this.walk?.speak();
    this.table?.speak();
    this.leading?.speak();
    const wrong = this.find(".refused-link");
    wrong.hidden = !this.wrong;
    put(wrong, this.wrong?.[language()] ?? "");
    if (this.report.state !== "ready") return;
    this.sentence.state("drawn", () => (this.sound.length ? this.drawn() : this.nothing()));
    this.sentence.speak(() => `${this.sentence.statement.textContent} ${this.sentence.reason.textContent}`);
  }

  /** What is seen: one generator, or several that differ by objective and by what else their recipes say. */
  drawn() {
    const { names } = this;
    const n = this.book.shown;
    if (this.values.psi === "0") return say("samples.drawn_origin");
    if (names.length === 1) return say(this.data === "rooms" ? "samples.drawn_one_rooms" : "samples.drawn_one", { name: this.nameOf(names[0]), n, steps: this.book.checkpoints[names[0]].steps });
    const said = (/** @type {string} */ name, /** @type {string} */ key) => JSON.stringify(this.book.checkpoints[name].recipe[key] ?? null);
    const differ = TRAINED.filter((key) => new Set(names.map((name) => said(name, key))).size > 1);
    const fields = differ.map((key) => say(`samples.field_${key}`)).join(", ");
    const told = this.alike ? (differ.length ? "samples.drawn_also" : "samples.drawn_alone") : "samples.drawn_laws";
    return say(told, { count: names.length, n, fields });
  }

  /** Every column was refused: the first one's sentence. */
  nothing() {
    return this.held(`sheet ${this.names[0]}`)?.refused?.[language()] || say("samples.no_answer");
  }

  showControls() {
    const { values, names, all } = this;
    this.field.value = values.seed;
    this.slider.value = values.psi;
    fill(this.slider);
    put(this.find("output.psi"), Number(values.psi).toFixed(2));
    put(this.find(".psi-hint"), say(`samples.psi_hint_${this.lawOf(this.lead)}`));
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-choice=path]"))) {
      button.setAttribute("aria-pressed", String(button.dataset.value === values.path));
    }
    put(this.find(".chip.many"), say("samples.many", { n: names.length, all: all.length }));
    put(this.find(".columns-hint"), say(this.alike ? "samples.checkpoints_hint" : "samples.checkpoints_hint_laws"));
    const labels = cells(this.find(".checks"), all.length, () => {
      const label = document.createElement("label"), box = document.createElement("input");
      box.type = "checkbox";
      label.append(box, document.createElement("span"));
      return label;
    });
    labels.forEach((label, k) => {
      Object.assign(/** @type {HTMLInputElement} */ (label.firstElementChild), { value: all[k], checked: names.includes(all[k]) });
      put(/** @type {Element} */ (label.lastElementChild), this.nameOf(all[k]));
    });
    this.find(".datasets").replaceChildren(...Object.keys(this.book.sets).map((data) => this.dataButton(data)));
    const few = this.book.sets[this.data].checkpoints;
    /** @type {HTMLButtonElement} */ (this.find("[data-do=few]")).hidden = few === all.join(",");
    /** @type {HTMLButtonElement} */ (this.find("[data-do=all]")).hidden = all.length <= 1;
    this.speakSeed();
  }

  dataButton(/** @type {string} */ data) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button" }).setAttribute("aria-pressed", String(data === this.data));
    button.dataset.data = data;
    put(button, knows(`samples.data_${data}`) ? say(`samples.data_${data}`) : data);
    return button;
  }

  speakSeed() {
    const place = /** @type {HTMLElement} */ (this.find(".control .refusal"));
    place.hidden = !this.refusedSeed;
    put(place, this.refusedSeed?.[language()] ?? "");
  }
}
