/**
 * One panel of the Divergences tab: the text of its fields, the controls that show them, questions to
 * the server, one sentence. A panel's script extends `Panel` and overrides what is at the foot.
 *
 * A field's value is text, in the grammar of the address. An element with `data-field` is a control of
 * that field: a slider, a typed text, a menu, or a row of buttons with `data-value`.
 */

import { knows, language, put, say } from "./language.js";
import { Sentence } from "./sentence.js";
import { fill } from "./slider.js";

/** @typedef {import("./tabs/divergences.js").default} Shell */

export class Panel {
  /**
   * @param {Shell} shell @param {string} key @param {HTMLElement} root
   * @param {Record<string, string>} defaults the text of every field to begin with
   */
  constructor(shell, key, root, defaults) {
    this.shell = shell;
    this.key = key;
    this.root = root;
    this.defaults = defaults;
    this.values = { ...defaults };
    this.sentence = new Sentence(this.find(".card.sentence"), this.find(".spoken"));
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
    for (const control of this.controls()) this.wire(control);
    this.showControls();
  }

  find(/** @type {string} */ selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }

  canvas(/** @type {string} */ name) {
    return /** @type {HTMLCanvasElement} */ (this.find(`canvas.${name}`));
  }

  controls() {
    return /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll("[data-field]")]);
  }

  /** A field's value as a number. */
  number(/** @type {string} */ key) {
    return Number(this.values[key]);
  }

  // --- fields ------------------------------------------------------------------------------------

  wire(/** @type {HTMLElement} */ control) {
    const key = /** @type {string} */ (control.dataset.field);
    if (control instanceof HTMLInputElement && control.type === "range") {
      control.addEventListener("input", () => {
        this.dragging = true;
        this.set({ [key]: String(Number(control.value)) });
      });
      control.addEventListener("change", () => this.settle());
    } else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
      control.addEventListener("change", () => this.propose({ [key]: control.value }, control));
    } else {
      control.addEventListener("click", (event) => {
        const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-value]"));
        if (!button) return;
        this.set({ [key]: String(button.dataset.value) });
        this.settle();
      });
    }
  }

  /** Values that the page itself made, and that hold. */
  set(/** @type {Record<string, string>} */ changes) {
    Object.assign(this.values, changes);
    this.showControls();
    this.shell.write();
    this.changed(Object.keys(changes));
    this.redraw();
  }

  /** A value that was typed: in force if the server's parser takes it, else its sentence stands below. */
  async propose(/** @type {Record<string, string>} */ changes, /** @type {Element} */ control) {
    const place = /** @type {HTMLElement|null} */ (control.parentElement?.querySelector(".refusal") ?? null);
    const answer = await this.shell.read(this.key, { ...this.values, ...changes });
    if (place) {
      place.hidden = !answer?.refused;
      place.textContent = answer?.refused ? answer.refused[language()] : "";
    }
    if (!answer || answer.refused) return;
    this.set(changes);
    this.settle();
  }

  /** What was dragged has been let go. */
  settle() {
    this.dragging = false;
    this.settled();
    this.redraw();
  }

  showControls() {
    for (const control of this.controls()) {
      const key = /** @type {string} */ (control.dataset.field);
      const value = this.values[key];
      if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
        if (control !== document.activeElement || control.type === "range") control.value = value;
        if (control.type === "range") fill(/** @type {HTMLInputElement} */ (control), Number(value));
      } else {
        for (const button of /** @type {NodeListOf<HTMLElement>} */ (control.querySelectorAll("[data-value]"))) {
          button.setAttribute("aria-pressed", String(button.dataset.value === value));
        }
      }
      const output = this.root.querySelector(`output.of-${key}`);
      if (output) output.textContent = this.shown(key);
    }
    if (this.values.scene) this.showScene();
  }

  /** Of several scenes one is in sight: its elements, and its own advice where it has any. */
  showScene() {
    const { scene } = this.values;
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-scene]"))) {
      part.hidden = !part.dataset.scene?.split(" ").includes(scene);
    }
    const advice = this.find(".try span");
    const own = `${this.key}.try_${scene}`;
    advice.dataset.say = knows(own) ? own : `${this.key}.try`;
    put(advice, say(advice.dataset.say));
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
    const answer = await this.shell.answer(this.key, what, this.values);
    if (mine !== this.asked[what]) return null;
    if (answer && !answer.refused) return answer;
    this.say("refused", () => (answer ? answer.refused[language()] : say("divergences.no_answer")));
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
   * @param {string} part @param {any[]} shows
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

  /** Size, theme or language have changed: everything is drawn again. */
  redrawAll() {
    this.parts = {};
    this.redraw();
  }

  /** Draw before the next picture of the screen; many calls are one drawing. */
  redraw() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (this.root.hidden || !this.shell.inSight) return;
      this.draw();
      this.speak();
      this.shell.report.drawn += 1;
    });
  }

  /** The sentence under the stage, spoken as well. */
  say(/** @type {string} */ identity, /** @type {() => string} */ text) {
    this.sentence.state(identity, text);
    this.sentence.speak(() => `${this.sentence.statement.textContent} ${this.sentence.reason.textContent}`);
  }

  // What each panel does in its own way.

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
function written(/** @type {string} */ value) {
  return encodeURIComponent(value).replace(/%(2C|3A|3B|2F|40|24)/g, (code) => decodeURIComponent(code));
}
