/**
 * One panel of the Divergences tab: the text of its fields, its markup, questions to the server, one
 * sentence. A panel's script extends `Panel` and overrides what is at the foot.
 *
 * A field's value is text, in the grammar of the address.
 */

import { carry } from "./dragging.js";
import { icon } from "./icons.js";
import { knows, say, tell } from "./language.js";
import { Sentence } from "./sentence.js";
import { fill } from "./slider.js";
import { html, render } from "./vendor/lit-html.js";

/** @typedef {import("./store.js").Said} Said */

/**
 * What Python tells a panel: its declared fields, typeset formulas by name, and what else its script must know.
 * @typedef {{fields: Record<string, import("./fields.js").Field>, formulas: Record<string, string>, about: any}} Book
 */

export class Panel {
  /**
   * Keeps what it is given; nothing is painted yet.
   * @param {import("./tabs/divergences.js").default} tab @param {string} key @param {HTMLElement} root
   * @param {Book} book
   */
  constructor(tab, key, root, book) {
    this.tab = tab;
    this.key = key;
    this.root = root;
    this.fields = book.fields;
    this.formulas = book.formulas;
    this.about = book.about;
    /** The text of every field to begin with. @type {Record<string, string>} */
    this.defaults = Object.fromEntries(Object.entries(book.fields).map(([name, field]) => [name, field.default]));
    this.values = { ...this.defaults };
    /** Why the text that was typed last was refused, by field. @type {Record<string, Said|null>} */
    this.refused = {};
    /** Whether it has been in sight. */
    this.begun = false;
    /** @type {Sentence|null} */
    this.sentence = null;
    /** While a pointer or a slider moves something: axes stand still until it lets go. */
    this.dragging = false;
    this.frame = 0;
    /** What each part of the picture shows, as it was drawn last. @type {Record<string, string>} */
    this.parts = {};
    /** @type {WeakMap<object, number>} */
    this.identities = new WeakMap();
    this.count = 0;
    /** How often each thing was asked. @type {Record<string, number>} */
    this.asked = {};
    /** Questions under way that follow a drag. @type {Record<string, {again: boolean}>} */
    this.following = {};
  }

  find(/** @type {string} */ selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }

  canvas(/** @type {string} */ name) {
    return /** @type {HTMLCanvasElement} */ (this.find(`canvas.${name}`));
  }

  /** One of the panel's own sentences. */
  word(/** @type {string} */ name, /** @type {Record<string, unknown>} */ values = {}) {
    return say(`${this.key}.${name}`, values);
  }

  /** A field's value as a number. */
  number(/** @type {string} */ key) {
    return Number(this.values[key]);
  }

  /** Whether one of these scenes is in sight; of no scene, always. */
  isIn(/** @type {string} */ scenes) {
    return !scenes || scenes.split(" ").includes(this.values.scene);
  }

  // --- markup ------------------------------------------------------------------------------------

  template() {
    const own = `${this.key}.try_${this.values.scene}`; // of several scenes some have advice of their own
    return html`<aside class="side">
        <div class="card column">${this.controls()}</div>
        <article class="card told try"><b>${say("divergences.try")}</b> <span>${say(knows(own) ? own : `${this.key}.try`)}</span>
          <p class="hint">${this.word("references")}</p></article>
      </aside>
      <div class="main">${this.stage()}
        <div class="card sentence">${icon("talk")}<p><b class="statement"></b> <span class="reason"></span></p></div>
        <p class="spoken" aria-live="polite"></p>
      </div>`;
  }

  /** Write the markup where it differs, and each field's value into its control. */
  paint() {
    render(this.template(), this.root);
    for (const control of this.root.querySelectorAll("input[data-field], select[data-field]")) {
      const field = /** @type {HTMLInputElement} */ (control);
      const value = this.values[/** @type {string} */ (field.dataset.field)];
      const sliding = field.type === "range";
      if (field.value !== value && (sliding || field !== document.activeElement)) field.value = value;
      if (sliding) fill(field, Number(value));
    }
  }

  // --- fields ------------------------------------------------------------------------------------

  /** Values that the page itself made, and that hold. */
  set(/** @type {Record<string, string>} */ changes) {
    Object.assign(this.values, changes);
    this.tab.write();
    this.changed(Object.keys(changes));
    this.paint();
    this.redraw();
  }

  /** Values in the middle of a drag. */
  drag(/** @type {Record<string, string>} */ changes) {
    this.dragging = true;
    this.set(changes);
  }

  /** Values that were chosen. */
  choose(/** @type {Record<string, string>} */ changes) {
    this.set(changes);
    this.settle();
  }

  /** A value that was typed: in force if the server's parser takes it, else its sentence stands below. */
  async propose(/** @type {string} */ key, /** @type {string} */ value) {
    const answer = await this.tab.read(this.key, { ...this.values, [key]: value });
    this.refused[key] = answer?.refused ?? null;
    if (answer && !answer.refused) this.choose({ [key]: value });
    else this.paint();
  }

  /** What was dragged has been let go. */
  settle() {
    this.dragging = false;
    this.settled();
    this.redraw();
  }

  /**
   * Something in a canvas that the hand carries: a drag from when it is taken until it is let go.
   * @template T
   * @param {string} canvas @param {import("./dragging.js").Carried<T>} does
   */
  hold(canvas, does) {
    const take = (/** @type {PointerEvent} */ event) => {
      const held = does.take(event);
      if (held !== null) this.dragging = true;
      return held;
    };
    const drop = () => {
      does.drop?.();
      this.settle();
    };
    carry(this.canvas(canvas), { ...does, take, drop });
  }

  /** What an address says of this panel: fields that are not as they began, in order. */
  get address() {
    const changed = Object.keys(this.defaults).filter((key) => this.values[key] !== this.defaults[key]);
    const query = changed.map((key) => `${key}=${written(this.values[key])}`).join("&");
    return this.key + (query ? `?${query}` : "");
  }

  // --- the server --------------------------------------------------------------------------------

  /** Ask, and say so where there is no answer; null where it was refused or asked again in the meantime. */
  async ask(/** @type {string} */ what) {
    const mine = (this.asked[what] ?? 0) + 1;
    this.asked[what] = mine;
    const answer = await this.tab.answer(this.key, what, this.values);
    if (mine !== this.asked[what]) return null;
    if (answer && !answer.refused) return answer;
    this.say("refused", () => (answer ? tell(answer.refused) : say("divergences.no_answer")));
    return null;
  }

  /** Ask while values move: one question at a time, and after its answer one more if they have moved since. */
  async follow(/** @type {string} */ what, /** @type {(answer: any) => void} */ take) {
    const under = this.following[what];
    if (under) {
      under.again = true;
      return;
    }
    const mine = (this.following[what] = { again: false });
    do {
      mine.again = false;
      const answer = await this.ask(what);
      if (answer) take(answer);
      this.redraw();
    } while (mine.again);
    delete this.following[what];
  }

  // --- drawing and words -------------------------------------------------------------------------

  /**
   * Draw a part only where what it shows is not what it showed: a drag then costs what it moves.
   * @param {string} part @param {unknown[]} shows
   * @param {() => void} draw
   */
  part(part, shows, draw) {
    const now = shows.map((thing) => (typeof thing === "object" && thing !== null ? this.identity(thing) : String(thing))).join("|");
    if (this.parts[part] === now) return;
    this.parts[part] = now;
    draw();
  }

  /** A number of its own for each object: an answer that came anew is another. */
  identity(/** @type {object} */ thing) {
    const known = this.identities.get(thing);
    if (known) return known;
    this.identities.set(thing, (this.count += 1));
    return this.count;
  }

  /** Size, theme or language have changed: everything is painted and drawn again. */
  redrawAll() {
    this.parts = {};
    this.redraw();
  }

  /** Paint and draw before the next picture of the screen; many calls are one drawing. */
  redraw() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (this.root.hidden || !this.tab.inSight) return;
      this.paint();
      this.draw();
      this.speak();
      this.tab.report.drawn += 1;
    });
  }

  /** The sentence under the stage, spoken as well. */
  say(/** @type {string} */ identity, /** @type {() => string} */ text) {
    const { sentence } = this;
    if (!sentence) return;
    sentence.state(identity, text);
    sentence.speak(() => `${sentence.statement.textContent} ${sentence.reason.textContent}`);
  }

  /** Its elements are there: what needs them is wired, once. */
  painted() {
    this.sentence = new Sentence(this.find(".card.sentence"), this.find(".spoken"));
  }

  // What each panel does in its own way.

  /** Its controls. @returns {unknown} */
  controls() {
    return "";
  }
  /** Its pictures. @returns {unknown} */
  stage() {
    return "";
  }
  /** The panel comes into sight for the first time, its values set. */
  begin() {}
  /** Fields have changed, perhaps in the middle of a drag. */
  changed(/** @type {string[]} */ _keys) {}
  /** A drag or a choice has come to its end. */
  settled() {}
  draw() {}
  /** Say what is seen. */
  speak() {}
  /** A field's value as its control prints it. */
  shown(/** @type {string} */ key) {
    return this.values[key].replace(/^-/, "−");
  }
}

/** A value as an address carries it: readable where it may be. */
export function written(/** @type {string} */ value) {
  return encodeURIComponent(value).replace(/%(2C|3A|3B|2F|40|24)/g, (code) => decodeURIComponent(code));
}
