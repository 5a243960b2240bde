/**
 * What the Samples and the Rejection tab share: opening when first seen, asking the server one thing at
 * a time, choices pressed, language and theme, the one sentence.
 */

import { listen } from "./keys.js";
import { knows, language, learn, onLanguage, say, translate } from "./language.js";
import { Sheet } from "./pictures.js";
import { Sentence } from "./sentence.js";
import { forgetColours } from "./surface.js";

/**
 * @typedef {Object} Book
 * @property {Record<string, [string, string]>} words
 * @property {Record<string, Entry>} checkpoints
 * @property {Record<string, any>} yardsticks
 * @property {{en: string, ko: string}|null} refused
 */
/**
 * @typedef {Object} Entry
 * @property {string} objective key of its name among the words
 * @property {boolean} practical
 * @property {string} data @property {string} licence
 * @property {"uniform"|"normal"} law of its latents @property {number} side of its images in pixels
 * @property {string} generator @property {string} critic
 * @property {Record<string, any>} recipe
 * @property {number} steps @property {number} minutes @property {number} megabytes
 * @property {Record<string, any>} scores
 */
/** @typedef {Record<string, (request: any) => Promise<any>>} Server */

/** New seeds are drawn below this: short enough to be said aloud; any other may be typed. */
const SEEDS = 100_000;

/**
 * A tab of images: what is asked for last is what is shown, whatever order answers come in.
 * @template {Book} [B=Book] what the tab's script is told
 */
export class ImageTab {
  /**
   * @param {string} name the tab's, and its root's class
   * @param {HTMLElement} element @param {B} book @param {Server} server
   */
  constructor(name, element, book, server) {
    this.name = name;
    this.root = /** @type {HTMLElement} */ (element.querySelector(`.${name}`));
    this.book = book;
    this.server = server;
    this.seed = 0;
    /** @type {Record<string, string>} */
    this.choices = {};
    /** How often each thing was asked. @type {Record<string, number>} */
    this.asked = {};
    this.opened = false;
    this.busy = 0;
    this.sentence = new Sentence(this.find(".card.sentence"), this.find(".spoken"));
    /** For tests and the curious: what the tab is doing. @type {Record<string, any>} */
    this.report = { state: "opening", answers: 0 };
    learn(book.words);
    translate(this.root);
    this.fillMenu();
    this.root.addEventListener("click", (event) => this.clicked(/** @type {Element} */ (event.target)));
    onLanguage(() => this.speak());
    listen((action) => document.body.dataset.tab === this.name && !document.querySelector("dialog[open]") && this.act(action));
    new MutationObserver(() => this.seen()).observe(document.body, { attributes: true, attributeFilter: ["data-tab"] });
    new MutationObserver(() => {
      forgetColours();
      if (this.opened) this.draw();
    }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    window.addEventListener("resize", () => this.opened && this.draw());
    queueMicrotask(() => this.seen()); // when the tab's own constructor has made what it needs
  }

  find(/** @type {string} */ selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }

  get checkpoint() {
    return this.menu?.value ?? "";
  }

  get entry() {
    return this.book.checkpoints[this.checkpoint];
  }

  /** The first time the tab is in sight, and not before: nobody pays for a tab that nobody looks at. */
  seen() {
    if (this.opened || document.body.dataset.tab !== this.name) return;
    this.opened = true;
    this.speak();
    if (this.book.refused) this.refuse(this.book.refused);
    else this.begin();
  }

  /** The menu of one checkpoint, where the tab has one. */
  get menu() {
    return /** @type {HTMLSelectElement|null} */ (this.find("select.checkpoint"));
  }

  fillMenu() {
    const { menu } = this;
    if (!menu) return;
    for (const name of Object.keys(this.book.checkpoints)) menu.append(new Option(name, name));
    menu.addEventListener("change", () => this.begin());
    this.nameMenu();
  }

  nameMenu() {
    for (const option of this.menu?.options ?? []) {
      option.textContent = `${say(`samples.data_${this.book.checkpoints[option.value].data}`)} · ${this.nameOf(option.value)}`;
    }
  }

  /** A checkpoint by its own name where it has one, else by its objective's. */
  nameOf(/** @type {string} */ checkpoint) {
    if (knows(`samples.name_${checkpoint}`)) return say(`samples.name_${checkpoint}`);
    const { objective, recipe } = this.book.checkpoints[checkpoint];
    return knows(objective) ? say(objective) : recipe.objective;
  }

  clicked(/** @type {Element} */ target) {
    const button = /** @type {HTMLElement|null} */ (target.closest("button"));
    if (!button) return;
    const { choice, value } = button.dataset;
    if (choice && value) {
      for (const other of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll(`[data-choice="${choice}"]`))) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      this.choose(choice, value);
    } else if (button.dataset.do) this.act(button.dataset.do);
  }

  /** What is pressed in a row of buttons. */
  chosen(/** @type {string} */ choice) {
    const pressed = /** @type {HTMLElement|null} */ (this.root.querySelector(`[data-choice="${choice}"][aria-pressed="true"]`));
    return pressed?.dataset.value ?? "";
  }

  /** A seed that is not the one shown. */
  otherSeed() {
    const drawn = 1 + (crypto.getRandomValues(new Uint32Array(1))[0] % (SEEDS - 1));
    return (this.seed + drawn) % SEEDS;
  }

  /**
   * Ask the server, and read the sheet of its answer; null where it refused, failed, or was asked the
   * same thing again in the meantime.
   * @param {string} what @param {object} request
   * @param {(refusal: {en: string, ko: string}|null) => void} [refused] what to do with a refusal; the sentence says it by default
   */
  async ask(what, request, refused = (refusal) => this.refuse(refusal)) {
    const mine = (this.asked[what] ?? 0) + 1;
    this.asked[what] = mine;
    this.busy += 1;
    this.root.setAttribute("aria-busy", "true");
    let answer = null;
    try {
      answer = await this.server[what](request);
      if (answer.sheet) answer.picture = await Sheet.read(answer.sheet, answer.side);
    } catch {
      answer = null; // the sentence below says so
    }
    this.busy -= 1;
    this.root.setAttribute("aria-busy", String(this.busy > 0));
    if (mine !== this.asked[what]) return null;
    if (!answer || answer.refused) {
      refused(answer?.refused ?? null);
      return null;
    }
    this.report.answers += 1;
    return answer;
  }

  /** A refusal in both languages, or silence of the server: one sentence, and the last picture stays. */
  refuse(/** @type {{en: string, ko: string}|null} */ refusal) {
    this.report.state = "refused";
    this.sentence.state(`refused ${refusal?.en ?? ""}`, () => (refusal ? refusal[language()] : say("samples.no_answer")));
    this.sentence.speak(() => this.sentence.text());
  }

  ready() {
    this.report.state = "ready";
    this.root.dataset.state = "ready";
    this.draw();
    this.speak();
  }

  speak() {
    this.nameMenu();
  }

  // What each tab does in its own way.
  begin() {}
  draw() {}
  choose(/** @type {string} */ _choice, /** @type {string} */ _value) {}
  act(/** @type {string} */ _action) {
    return false;
  }
}
