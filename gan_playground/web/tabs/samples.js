/**
 * The Samples tab: generators side by side on one draw of latents. Its state is text, as the link
 * `#samples/DATA?key=value` says it; what is shown is asked for one thing at a time, so that a dragged
 * mark or slider is answered for where it is and never for where it was.
 */

import { ImageTab, SILENT, sentenceCard, state, told } from "../imagetab.js";
import { knows, say, tell } from "../language.js";
import { Columns } from "../samples/columns.js";
import { controls, transport } from "../samples/controls.js";
import { contactSheet, save } from "../samples/files.js";
import { Lead } from "../samples/lead.js";
import { Plane } from "../samples/plane.js";
import { Questions } from "../samples/questions.js";
import { Selection } from "../samples/selection.js";
import { Table } from "../samples/table.js";
import { Walk } from "../samples/walk.js";
import { fill } from "../slider.js";
import { html } from "../vendor/lit-html.js";

/** @typedef {import("../samples/lead.js").Curve} Curve */
/**
 * @typedef {import("../imagetab.js").Book & {sets: Record<string, Record<string, string>>, curves: Record<string, Curve>, trained: string[],
 *   published: any, corners: string[], frames: number, shown: number, side: number, last_seed: number}} Book
 */
/** @typedef {import("../imagetab.js").Refusal} Refusal */

/** @extends {ImageTab<Book>} */
export default class Samples extends ImageTab {
  selection = new Selection(this.book);
  questions = new Questions(this.selection, this.book);
  columns = new Columns(this);
  plane = new Plane(this);
  walk = new Walk(this);
  table = new Table(this);
  leading = new Lead(this);
  pumping = false;
  /** A link that was refused. @type {Refusal|null} */
  wrong = null;
  /** A typed seed that was refused. @type {Refusal|null} */
  refusedSeed = null;

  template() {
    if (this.book.refused) return html`<aside class="side"></aside><section class="centre">${sentenceCard()}</section>`;
    return html`<aside class="side"><div class="card column">${controls(this)}</div></aside>
      <section class="centre" aria-label=${say("samples.grid")}>
        <p class="card refused-link" role="alert" ?hidden=${!this.wrong}>${this.wrong ? tell(this.wrong) : ""}</p>
        ${transport(this)}
        ${this.columns.template()}
        ${sentenceCard()}
        <div class="latents">${this.plane.template()}${this.walk.template()}</div>
        ${this.table.template()}
        ${this.leading.template()}
      </section>`;
  }

  painted() {
    super.painted();
    if (this.book.refused) return;
    this.setFields();
    for (const part of [this.columns, this.plane, this.walk, this.leading]) part.painted();
  }

  /** What a visitor may be typing or dragging says what holds. */
  setFields() {
    const { seed, psi } = this.selection.values;
    this.find("input.seed", HTMLInputElement).value = seed;
    const slider = this.find("input.psi", HTMLInputElement);
    slider.value = psi;
    fill(slider);
  }

  // --- the state -------------------------------------------------------------------------------------

  get detail() {
    return this.selection.address;
  }

  /** What a class of the data set is called: its own word, or its number. */
  className(/** @type {number} */ place) {
    const key = `samples.class_${this.selection.data}_${place}`;
    return knows(key) ? say(key) : String(place);
  }

  start(/** @type {string} */ detail) {
    this.visit(detail);
  }

  /** Open what a link says; one that is refused opens the tab as it begins, under the sentence that says why. */
  async visit(/** @type {string} */ detail) {
    if (this.book.refused) return;
    const answer = detail ? await this.server.visit(detail).catch(() => null) : null;
    this.wrong = answer?.refused ?? null;
    const linked = answer && !answer.refused;
    this.selection.data = linked ? answer.data : this.selection.first;
    this.change(linked ? answer.values : this.selection.begins);
  }

  /** A seed that was typed is in force if the server's parser takes it; else its sentence stands below. */
  async propose(/** @type {string} */ seed) {
    const answer = await this.server.visit(`${this.selection.data}?seed=${encodeURIComponent(seed)}`).catch(() => null);
    this.refusedSeed = answer?.refused ?? null;
    if (answer && !answer.refused) this.change({ seed: answer.values.seed });
    else this.paint();
  }

  /** Values that hold: the page follows at once, the pictures as they come. */
  change(/** @type {Record<string, string>} */ changes) {
    this.selection.change(changes);
    if (changes.seed) this.refusedSeed = null;
    const marked = Object.keys(changes).every((key) => key === "x" || key === "y"); // a drag over the plane alone
    if (marked) this.plane.draw();
    else this.update();
    this.page.address.write();
    this.pump();
  }

  update() {
    super.update();
    this.setFields();
  }

  settle() {
    this.questions.dragging = false;
    this.pump();
  }

  // --- questions and answers -------------------------------------------------------------------------

  /** Ask until nothing is out of date, one question at a time. */
  async pump() {
    if (this.pumping) return;
    this.pumping = true;
    const { questions } = this;
    if (!questions.answers.size) this.sentence?.state("opening", () => say("samples.opening"));
    for (let question = questions.next; question; question = questions.next) {
      this.report.state = "asking";
      questions.ask(question);
      let refused = null;
      const answer = await this.ask(question.what, question.request, (refusal) => (refused = refusal ?? SILENT));
      questions.take(question, answer ?? { refused });
      this.paint();
      this.partOf(question.what).draw();
    }
    this.pumping = false;
    this.ready();
  }

  /** The part of the page that shows an answer. */
  partOf(/** @type {string} */ what) {
    return what === "sheet" ? this.columns : what === "walk" ? this.walk : this.plane;
  }

  // --- what a visitor does ---------------------------------------------------------------------------

  /** A checkpoint's box was ticked or unticked; one column stays. */
  ticked(/** @type {HTMLInputElement} */ box) {
    const checkpoints = this.selection.with(box.value, box.checked);
    if (checkpoints) this.change({ checkpoints });
    else box.checked = true;
  }

  /** A checkpoint was chosen to be told about: it stands as a column, too. */
  led(/** @type {string} */ lead) {
    this.change({ lead, checkpoints: this.selection.with(lead, true) ?? "" });
  }

  /** Another data set, as it begins. */
  turn(/** @type {string} */ data) {
    if (data === this.selection.data) return;
    this.selection.data = data;
    this.change(this.selection.begins);
  }

  /** The slider of psi is dragged. */
  shrink(/** @type {string} */ psi) {
    this.questions.dragging = true;
    this.change({ psi: String(Number(psi)) });
  }

  get actions() {
    /** @type {Record<string, () => unknown>} */
    const actions = {
      "new-seed": () => {
        this.seed = this.selection.number("seed");
        this.change({ seed: String(this.otherSeed()) });
      },
      reset: () => {
        this.questions.forget();
        this.pump();
      },
      toggle: () => this.walk.toggle(),
      all: () => this.change({ checkpoints: this.selection.all.join(",") }),
      few: () => this.change({ checkpoints: this.selection.begins.checkpoints }),
      png: () => this.savePng(),
      gif: () => this.saveGif(),
    };
    return this.book.refused ? {} : actions;
  }

  savePng() {
    const { names, data, values } = this.selection;
    const grids = names.map((name) => ({ name: this.nameOf(name), sheet: this.questions.held(`sheet ${name}`)?.picture }));
    const drawn = grids.filter(({ sheet }) => sheet);
    if (drawn.length) save(`${data}-seed-${values.seed}.png`, contactSheet(drawn));
  }

  async saveGif() {
    const { corners, data, values } = this.selection;
    const request = {
      checkpoints: this.questions.sound, seed: this.selection.number("seed"), ends: [corners.a, corners.b],
      path: values.path, psi: this.selection.number("psi"),
    };
    const answer = await this.ask("animation", request);
    if (answer) save(`${data}-walk-seed-${values.seed}.gif`, `data:image/gif;base64,${answer.gif}`);
  }

  // --- drawing and words -----------------------------------------------------------------------------

  draw() {
    if (this.book.refused) return;
    for (const part of [this.columns, this.plane, this.walk, this.leading]) part.draw();
    const { names, lead, values } = this.selection;
    Object.assign(this.report, { seed: this.selection.number("seed"), names, lead, values: { ...values }, rows: this.table.names });
  }

  speakSentence() {
    if (this.report.state !== "ready") return;
    state(this.sentence, "drawn", () => (this.questions.sound.length ? this.drawn() : this.nothing()));
  }

  /** What is seen: one generator, or several that differ by objective and by what else their recipes say. */
  drawn() {
    const { names, values, data, alike, differing } = this.selection;
    const n = this.book.shown;
    if (values.psi === "0") return say("samples.drawn_origin");
    if (names.length === 1) {
      const told = { name: this.nameOf(names[0]), n, steps: this.book.checkpoints[names[0]].steps };
      return say(data === "rooms" ? "samples.drawn_one_rooms" : "samples.drawn_one", told);
    }
    const fields = differing.map((key) => say(`samples.field_${key}`)).join(", ");
    return say(!alike ? "samples.drawn_laws" : fields ? "samples.drawn_also" : "samples.drawn_alone", { count: names.length, n, fields });
  }

  /** Every column was refused: the first one's sentence. */
  nothing() {
    return told(this.questions.held(`sheet ${this.selection.names[0]}`)?.refused ?? null);
  }
}
