/**
 * What the Samples and the Rejection tab share: opening when first seen, asking the server one thing at
 * a time, choices pressed, language and theme, the one sentence.
 */

import { knows, language, say, translate } from "./language.js";
import { Sheet } from "./pictures.js";
import { Sentence } from "./sentence.js";
import { Tab } from "./tab.js";

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

/** New seeds are drawn below this: short enough to be said aloud; any other may be typed. */
const SEEDS = 100_000;

/**
 * A tab of images: what is asked for last is what is shown, whatever order answers come in.
 * @template {Book} [B=Book] what the tab's script is told
 * @extends {Tab<B>}
 */
export class ImageTab extends Tab {
  /**
   * @param {import("./page.js").Page} page @param {string} key @param {HTMLElement} root
   * @param {B} book @param {import("./tab.js").Server} server
   */
  constructor(page, key, root, book, server) {
    super(page, key, root, book, server);
    this.seed = 0;
    /** @type {Record<string, string>} */
    this.choices = {};
    /** How often each thing was asked. @type {Record<string, number>} */
    this.asked = {};
    this.busy = 0;
    this.sentence = new Sentence(this.find(".card.sentence"), this.find(".spoken"));
    this.report.answers = 0;
    translate(this.root);
    this.fillMenu();
    this.root.addEventListener("click", (event) => this.clicked(/** @type {Element} */ (event.target)));
  }

  get checkpoint() {
    return this.menu?.value ?? "";
  }

  get entry() {
    return this.book.checkpoints[this.checkpoint];
  }

  /** Nobody pays for a tab that nobody looks at. */
  begin(/** @type {string} */ detail) {
    this.linked = detail;
    this.speak();
    if (this.book.refused) this.refuse(this.book.refused);
    else this.start();
  }

  /** The menu of one checkpoint, where the tab has one. */
  get menu() {
    return /** @type {HTMLSelectElement|null} */ (this.root.querySelector("select.checkpoint"));
  }

  fillMenu() {
    const { menu } = this;
    if (!menu) return;
    for (const name of Object.keys(this.book.checkpoints)) menu.append(new Option(name, name));
    menu.addEventListener("change", () => this.start());
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
    }
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
    translate(this.root);
    this.nameMenu();
  }

  // What each tab does in its own way.
  start() {}
  choose(/** @type {string} */ _choice, /** @type {string} */ _value) {}
}
