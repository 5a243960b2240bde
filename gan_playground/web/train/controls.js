/**
 * The control column, drawn from the declaration of the knobs: what the visitor does to it is sent, live
 * knobs while they are dragged, and it shows what the server says is in force.
 */

import { tell } from "../language.js";
import { fill } from "../slider.js";
import { column, printed } from "./column.js";
import { PARAMETER, parts, written } from "./objective.js";
import { placeOf, valueAt } from "./scales.js";

/** @typedef {import("../types/records.js").Declaration} Book */

const SEND_EVERY = 200; // ms between messages of one slider while it is dragged

export class Controls {
  /**
   * @param {Book} book
   * @param {(values: Record<string, any>) => void} send
   * @param {() => void} paint
   */
  constructor(book, send, paint) {
    this.book = book;
    this.send = send;
    this.paint = paint;
    /** @type {Record<string, any>} */
    this.settings = {};
    this.practical = true;
    this.timer = 0;
    /** Values on their way to the server. @type {Record<string, any>} */
    this.waiting = {};
    /** Values of sliders under a hand. @type {Map<string, number>} */
    this.held = new Map();
    /** Sentences under controls whose value was refused. @type {Map<string, import("../store.js").Said>} */
    this.refusals = new Map();
    /** A control that restarts and is about to be used. @type {string|null} */
    this.warned = null;
    /** Whether Advanced is open. */
    this.advanced = false;
    /** What the settings call for attention to, as sentences. @type {string[]} */
    this.warnings = [];
    /** Whether the last word came from a pointer: it then gives the keyboard back to the page. */
    this.byPointer = false;
  }

  template() {
    return column(this);
  }

  /** The knob, or the objective's parameter, as a slider knows it. @returns {import("./scales.js").Scale} */
  scale(/** @type {string} */ key) {
    const { scale = "linear", low = 0, high = 1 } = key === PARAMETER ? this.objective.about.parameter ?? {} : this.book.knobs[key];
    return { scale, low: low ?? 0, high: high ?? 1 };
  }

  /** What a control stands at: under the hand, or as the settings say. */
  value(/** @type {string} */ key) {
    const held = this.held.get(key);
    if (held !== undefined) return held;
    return key === PARAMETER ? this.objective.parameter : this.settings[key];
  }

  /** The objective in force. */
  get objective() {
    return parts(this.book, this.settings.objective ?? this.book.knobs.objective.default);
  }

  /** Whether a rule of one knob's value holds. */
  holds(/** @type {[string, string]|null} */ rule) {
    return rule !== null && String(this.settings[rule[0]]) === rule[1];
  }

  // --- from the visitor ------------------------------------------------------------------------

  /** A slider moves. */
  drag(/** @type {string} */ key, /** @type {HTMLInputElement} */ input) {
    const value = valueAt(this.scale(key), Number(input.value));
    this.held.set(key, value);
    fill(input);
    if (key === PARAMETER) this.later({ objective: this.objectiveWith({ parameter: value }) });
    else if (!this.book.knobs[key].restarts) this.later({ [key]: value });
    this.paint();
  }

  /** A slider has been let go. */
  drop(/** @type {string} */ key, /** @type {HTMLInputElement} */ input) {
    const value = valueAt(this.scale(key), Number(input.value));
    this.held.delete(key);
    this.change(key === PARAMETER ? { objective: this.objectiveWith({ parameter: value }) } : { [key]: value });
  }

  /** Something else was chosen or typed. */
  choose(/** @type {string} */ key, /** @type {any} */ value) {
    if (key === "objective") this.change({ objective: this.objectiveWith({ name: value }) });
    else if (key === "data") this.change(this.dataWith(value));
    else this.change({ [key]: value });
  }

  /** The generator's step, which each objective that knows both keeps. */
  chooseStep(/** @type {boolean} */ practical) {
    this.practical = practical;
    this.change({ objective: this.objectiveWith({}) });
  }

  /** Go to the next choice of a menu, as the keys O and D do. */
  next(/** @type {string} */ key) {
    const choices = this.book.knobs[key].choices.flatMap(([, listed]) => listed);
    const now = key === "objective" ? this.objective.name : this.settings[key];
    this.choose(key, choices[(choices.indexOf(now) + 1) % choices.length]);
  }

  /** A choice of data starts from the settings that this data trains well with, under the objective at hand. */
  dataWith(/** @type {string} */ data) {
    const { reset, data: byData, objective: byObjective } = this.book.recommended;
    return { ...reset, ...byData[data], ...byObjective[this.objective.name], data };
  }

  /** The objective's text with some part of it changed. */
  objectiveWith(/** @type {{name?: string, parameter?: number}} */ change) {
    const now = this.objective;
    const name = change.name ?? now.name;
    const parameter = change.parameter ?? (name === now.name ? now.parameter : undefined);
    return written(this.book, { name, parameter, practical: this.practical });
  }

  /** Send at once. */
  change(/** @type {Record<string, any>} */ values) {
    this.waiting = { ...this.waiting, ...values };
    this.flush();
  }

  /** Send while dragging: at once, then no more often than SEND_EVERY. */
  later(/** @type {Record<string, any>} */ values) {
    this.waiting = { ...this.waiting, ...values };
    if (this.timer) return;
    this.flush();
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      this.flush();
    }, SEND_EVERY);
  }

  flush() {
    const values = this.waiting;
    if (!Object.keys(values).length) return;
    this.waiting = {};
    this.refusals.clear();
    this.settings = { ...this.settings, ...values };
    this.send(values);
    this.paint();
  }

  /** A control that restarts is about to be used, or no longer. */
  warn(/** @type {string|null} */ key) {
    this.warned = key;
    this.paint();
  }

  // --- from the server -------------------------------------------------------------------------

  /** Take the settings in force; what is on its way to the server stands before them. */
  show(/** @type {Record<string, any>} */ settings) {
    this.settings = { ...this.settings, ...settings, ...this.waiting };
    if (this.objective.about.steps) this.practical = this.objective.practical;
    this.paint();
  }

  /** A refused value: the sentence under its control, which shows again what is in force; false without one. */
  refuse(/** @type {string} */ key, /** @type {import("../store.js").Said} */ sentence) {
    if (!this.book.knobs[key]) return false;
    this.refusals.set(key, sentence);
    if (this.book.advanced.some(([, keys]) => keys.includes(key))) this.advanced = true;
    this.paint();
    return true;
  }

  refusal(/** @type {string} */ key) {
    const refusal = this.refusals.get(key);
    return refusal ? tell(refusal) : "";
  }

  /** Put inputs where the settings stand; the one under the visitor's hand stays as the hand holds it. */
  settle(/** @type {HTMLElement} */ root) {
    for (const input of /** @type {NodeListOf<HTMLInputElement|HTMLSelectElement>} */ (root.querySelectorAll("[data-of]"))) {
      const key = /** @type {string} */ (input.dataset.of);
      const value = key === "objective" ? this.objective.name : this.value(key);
      if (value === undefined) continue;
      const typed = input instanceof HTMLInputElement && /text|number/.test(input.type);
      const held = input.matches(":active") || (typed && document.activeElement === input);
      if (input.type === "checkbox") /** @type {HTMLInputElement} */ (input).checked = Boolean(value);
      else if (!held) {
        const text = String(input.type === "range" ? placeOf(this.scale(key), value) : value);
        if (input.value !== text) input.value = text;
      }
      if (input instanceof HTMLInputElement && input.type === "range") {
        fill(input);
        input.setAttribute("aria-valuetext", printed(this, key));
      }
    }
  }
}
