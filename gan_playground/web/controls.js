/**
 * The control column: native inputs that send what they are set to, live ones while they are dragged,
 * and show what the server says is in force. What each knob is comes from its declaration.
 */

import { knows, language, onLanguage, put, say } from "./language.js";
import { plain } from "./numbers.js";
import { fill } from "./slider.js";

/**
 * @typedef {{kind: string, default: any, restarts: boolean}} Knob
 * @typedef {{parameter: {symbol: string, default: number}|null, steps: boolean, practical: boolean, range: [number, number|null]|null}} Objective
 * @typedef {Object} Book what the page's script is told of the product
 * @property {Record<string, [string, string]>} words
 * @property {Record<string, Knob>} knobs
 * @property {Record<string, Objective>} objectives
 * @property {Record<string, number>} dimensions
 * @property {{data: Record<string, Record<string, any>>, objective: Record<string, Record<string, any>>, reset: Record<string, any>}} recommended
 */

const SEND_EVERY = 200; // ms between messages of one slider while it is dragged
const PLACES = 1000;

export class Controls {
  /**
   * @param {HTMLElement} root
   * @param {Book} book
   * @param {(values: Record<string, any>) => void} send
   * @param {(key: string|null) => void} warn a control that restarts is about to be used (or no longer)
   */
  constructor(root, book, send, warn) {
    this.root = root;
    this.book = book;
    this.send = send;
    /** @type {Record<string, any>} */
    this.settings = {};
    this.practical = true;
    this.timer = 0;
    /** @type {Record<string, any>} */
    this.waiting = {};
    /** Where R1 stands while the objective brings no penalty of its own. */
    this.slot = document.createComment("penalty");
    this.control("r1")?.before(this.slot);
    /** Sentences under controls whose value was refused. @type {Map<string, {en: string, ko: string}>} */
    this.refusals = new Map();
    /** Whether the last word came from a pointer: it then gives the keyboard back to the page. */
    this.byPointer = false;
    root.addEventListener("pointerdown", () => (this.byPointer = true), true);
    root.addEventListener("keydown", () => (this.byPointer = false), true);
    for (const control of this.all()) this.wire(control, warn);
    for (const parameter of this.parameters()) {
      const input = /** @type {HTMLInputElement} */ (parameter.querySelector("input"));
      input.addEventListener("input", () => {
        this.printRange(parameter, rangeValue(input));
        this.later({ objective: this.objectiveText({ parameter: rangeValue(input) }) });
      });
    }
    for (const button of this.stepButtons()) {
      button.addEventListener("click", () => {
        this.practical = button.dataset.step === "practical";
        this.change({ objective: this.objectiveText({}) });
      });
    }
    onLanguage(() => {
      this.show(this.settings);
      this.showRefusals();
    });
  }

  all() {
    return /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll("[data-knob]")]);
  }

  control(/** @type {string} */ key) {
    return /** @type {HTMLElement|null} */ (this.root.querySelector(`[data-knob="${key}"]`));
  }

  parameters() {
    return /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll("[data-parameter]")]);
  }

  stepButtons() {
    return /** @type {HTMLButtonElement[]} */ ([...this.root.querySelectorAll("[data-step]")]);
  }

  // --- from the visitor ------------------------------------------------------------------------

  wire(/** @type {HTMLElement} */ control, /** @type {(key: string|null) => void} */ warn) {
    const key = /** @type {string} */ (control.dataset.knob);
    const input = /** @type {HTMLInputElement|HTMLSelectElement} */ (control.querySelector("input, select"));
    const knob = this.book.knobs[key];
    if (knob.restarts) {
      control.addEventListener("focusin", () => warn(key));
      control.addEventListener("pointerenter", () => warn(key));
      control.addEventListener("focusout", () => warn(null));
      control.addEventListener("pointerleave", () => warn(null));
    }
    if (input instanceof HTMLInputElement && input.type === "range") {
      input.addEventListener("input", () => {
        this.printRange(control, rangeValue(input));
        if (!knob.restarts) this.later({ [key]: rangeValue(input) });
      });
      input.addEventListener("change", () => this.change({ [key]: rangeValue(input) }));
      return;
    }
    input.addEventListener("change", () => {
      if (this.byPointer && !(input instanceof HTMLInputElement && /text|number/.test(input.type))) input.blur();
      if (key === "objective") this.change({ objective: this.objectiveText({ name: input.value }) });
      else if (key === "data") this.change(this.dataChange(input.value));
      else if (input instanceof HTMLInputElement && input.type === "checkbox") this.change({ [key]: input.checked });
      else this.change({ [key]: input.value });
    });
  }

  /** A choice of data starts from the settings that this data trains well with, under the objective at hand. */
  dataChange(/** @type {string} */ data) {
    const { name } = this.objective();
    const { reset, data: byData, objective: byObjective } = this.book.recommended;
    return { ...reset, ...byData[data], ...byObjective[name], data };
  }

  /** Send at once. */
  change(/** @type {Record<string, any>} */ values) {
    this.waiting = { ...this.waiting, ...values };
    this.flush();
  }

  /** Send while dragging: at once, then no more often than SEND_EVERY. */
  later(/** @type {Record<string, any>} */ values) {
    this.waiting = { ...this.waiting, ...values };
    if (!this.timer) {
      this.flush();
      this.timer = window.setTimeout(() => {
        this.timer = 0;
        this.flush();
      }, SEND_EVERY);
    }
  }

  flush() {
    const values = this.waiting;
    if (!Object.keys(values).length) return;
    this.waiting = {};
    this.refusals.clear();
    this.showRefusals();
    this.settings = { ...this.settings, ...values };
    this.send(values);
  }

  /** Go to the next choice of a select, as the keys O and D do. */
  next(/** @type {string} */ key) {
    const select = /** @type {HTMLSelectElement} */ (this.control(key)?.querySelector("select"));
    select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
    select.dispatchEvent(new Event("change"));
  }

  // --- the objective ---------------------------------------------------------------------------

  /** The objective in force, read by the grammar name(param)[:step]. */
  objective(text = this.settings.objective ?? "js:practical") {
    const [, name, parameter, step] = /^([a-z-]+)(?:\(([^)]*)\))?(?::([a-z]+))?$/.exec(text) ?? [, text];
    const about = this.book.objectives[name] ?? { parameter: null, steps: false, practical: false, range: null };
    const value = parameter === undefined ? about.parameter?.default ?? NaN : Number(parameter);
    return { name, about, parameter: value, practical: step ? step === "practical" : about.practical };
  }

  /** Write the objective with some part of it changed. */
  objectiveText(/** @type {{name?: string, parameter?: number}} */ change) {
    const now = this.objective();
    const name = change.name ?? now.name;
    const about = this.book.objectives[name];
    const kept = name === now.name ? now.parameter : about.parameter?.default ?? NaN;
    const parameter = change.parameter ?? kept;
    const written = about.parameter ? `(${Number(parameter.toPrecision(4))})` : "";
    return `${name}${written}${about.steps ? (this.practical ? ":practical" : ":exact") : ""}`;
  }

  // --- from the server -------------------------------------------------------------------------

  /** Show the settings in force; the control under the visitor's hand stays as the hand holds it. */
  show(/** @type {Record<string, any>} */ settings) {
    this.settings = { ...this.settings, ...settings, ...this.waiting };
    for (const control of this.all()) this.showOne(control);
    this.showObjective();
    for (const control of this.all()) this.follow(control);
    const digest = this.root.querySelector(".digest");
    if (digest) digest.textContent = this.digest();
  }

  showOne(/** @type {HTMLElement} */ control) {
    const key = /** @type {string} */ (control.dataset.knob);
    const value = this.settings[key];
    const input = /** @type {HTMLInputElement|HTMLSelectElement} */ (control.querySelector("input, select"));
    if (value === undefined || key === "objective") return;
    const held = input.matches(":active") || (document.activeElement === input && /text|number/.test(input.type));
    if (input instanceof HTMLInputElement && input.type === "range") {
      if (!held) setRange(input, value);
      this.printRange(control, held ? rangeValue(input) : value);
    } else if (input instanceof HTMLInputElement && input.type === "checkbox") input.checked = Boolean(value);
    else if (!held) input.value = String(value);
    if (key === "data") this.hint(control, `knobs.data.${value}_hint`);
  }

  showObjective() {
    const control = /** @type {HTMLElement} */ (this.control("objective"));
    const { name, about, parameter, practical } = this.objective();
    if (about.steps) this.practical = practical;
    const select = /** @type {HTMLSelectElement} */ (control.querySelector("select"));
    if (!select.matches(":active")) select.value = name;
    this.hint(control, `knobs.objective.${name}_hint`);
    const segments = /** @type {HTMLElement} */ (control.querySelector(".segments"));
    segments.hidden = !about.steps;
    for (const button of this.stepButtons()) {
      button.setAttribute("aria-pressed", String((button.dataset.step === "practical") === practical));
    }
    const words = /** @type {HTMLElement} */ (control.querySelector(".step-hint"));
    words.textContent = about.steps ? say(practical ? "knobs.step_practical_hint" : "knobs.step_exact_hint") : "";
    const symbol = about.parameter?.symbol ?? "";
    let penalty = false;
    for (const slot of this.parameters()) {
      slot.hidden = slot.dataset.parameter !== symbol;
      if (slot.hidden) continue;
      penalty = !about.steps;
      const input = /** @type {HTMLInputElement} */ (slot.querySelector("input"));
      if (!input.matches(":active")) setRange(input, parameter);
      this.printRange(slot, parameter);
    }
    // One penalty in sight: where the objective brings its own, R1 waits in Advanced.
    const r1 = /** @type {HTMLElement} */ (this.control("r1"));
    const group = this.root.querySelector('[data-group="penalty"]');
    if (penalty && r1.parentElement !== group) group?.append(r1);
    if (!penalty && this.slot.nextSibling !== r1) this.slot.after(r1);
  }

  /** Put a control out of sight, or grey it, where another's value leaves it without meaning. */
  follow(/** @type {HTMLElement} */ control) {
    const holds = (/** @type {string} */ rule) => {
      const [key, value] = rule.split("=");
      return String(this.settings[key]) === value;
    };
    const { shown, idle } = control.dataset;
    if (shown) control.hidden = !holds(shown);
    if (!idle) return;
    const grey = holds(idle);
    control.classList.toggle("idle", grey);
    const input = /** @type {HTMLInputElement} */ (control.querySelector("input, select"));
    input.disabled = grey;
    if (control.dataset.knob === "critic_steps" && grey) this.printRange(control, 1);
    const hint = /** @type {HTMLElement} */ (control.querySelector(".hint"));
    if (control.dataset.knob === "critic_steps") hint.hidden = !grey;
  }

  /** What the closed header of Advanced says of its content. */
  digest() {
    const s = this.settings;
    if (s.batch === undefined) return "";
    const word = (/** @type {any} */ value) => (knows(`knobs.value.${value}`) ? say(`knobs.value.${value}`) : String(value));
    const net = (/** @type {string} */ who) => `${s[`${who}_depth`]}×${s[`${who}_width`]} ${word(s[`${who}_activation`])}`;
    const generator = s.generator === "linear" ? word("linear") : `${say("page.generator")} ${net("generator")}`;
    const memory = s.optimizer === "adam" ? ` (${plain(s.beta1)}, ${plain(s.beta2)})` : "";
    const parts = [generator, `${say("page.critic")} ${net("critic")}`, `${word(s.optimizer)}${memory}`, say("page.batch_of", { n: s.batch })];
    if (s.update === "single-step") parts.push(word("single-step"));
    return parts.join(" · ");
  }

  /** A refused value: the sentence under its control, which shows again what is in force; false without one. */
  refuse(/** @type {string} */ key, /** @type {{en: string, ko: string}} */ sentence) {
    const control = this.control(key);
    if (!control) return false;
    this.refusals.set(key, sentence);
    this.showRefusals();
    control.closest("details")?.setAttribute("open", "");
    return true;
  }

  showRefusals() {
    for (const control of this.all()) {
      const said = this.refusals.get(control.dataset.knob ?? "");
      const place = /** @type {HTMLElement} */ (control.querySelector(".refusal"));
      place.textContent = said ? said[language()] : "";
      place.hidden = !said;
    }
  }

  hint(/** @type {HTMLElement} */ control, /** @type {string} */ key) {
    const place = /** @type {HTMLElement} */ (control.querySelector(".hint"));
    put(place, knows(key) ? say(key) : "");
  }

  printRange(/** @type {HTMLElement} */ control, /** @type {number} */ value) {
    const input = /** @type {HTMLInputElement} */ (control.querySelector("input"));
    const output = control.querySelector("output");
    const off = input.dataset.scale === "zero-log" && value === 0;
    const text = off ? say("page.off") : plain(value);
    if (output) output.textContent = text;
    input.setAttribute("aria-valuetext", text);
    fill(input);
  }
}

// --- a slider's scale -----------------------------------------------------------------------------

/** Zero-log: the first place is 0, the others run over so many decades below `high`. */
const DECADES = 6;

/** The value a slider stands at, on its knob's scale, rounded to what a person would type. */
export function rangeValue(/** @type {HTMLInputElement} */ input) {
  const { scale, low, high } = scaleOf(input);
  const share = Number(input.value) / PLACES;
  if (scale === "whole") return Number(input.value);
  if (scale === "log") return tidy(low * (high / low) ** share);
  if (scale === "zero-log") return Number(input.value) === 0 ? 0 : tidy(high * 10 ** (DECADES * (share - 1)));
  return Math.max(low, Math.min(high, Number((low + (high - low) * share).toPrecision(3))));
}

/** Put a slider where a value stands. */
export function setRange(/** @type {HTMLInputElement} */ input, /** @type {number} */ value) {
  const { scale, low, high } = scaleOf(input);
  let share = (value - low) / (high - low);
  if (scale === "whole") {
    input.value = String(value);
    return;
  }
  if (scale === "log") share = Math.log(value / low) / Math.log(high / low);
  if (scale === "zero-log") share = value <= 0 ? 0 : Math.max(1 / PLACES, 1 + Math.log10(value / high) / DECADES);
  input.value = String(Math.round(PLACES * Math.max(0, Math.min(1, share))));
}

function scaleOf(/** @type {HTMLInputElement} */ input) {
  return { scale: input.dataset.scale ?? "linear", low: Number(input.dataset.low), high: Number(input.dataset.high) };
}

/** Two digits: 0.0012, not 0.001174897. */
const tidy = (/** @type {number} */ x) => Number(x.toPrecision(2));
