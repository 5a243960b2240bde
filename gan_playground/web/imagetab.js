/** What the Samples and the Rejection tab share: checkpoints by name, questions to the server, the one sentence, rows of choices. */

import { icon } from "./icons.js";
import { knows, say, tell } from "./language.js";
import { Sheet } from "./pictures.js";
import { Sentence } from "./sentence.js";
import { Tab } from "./tab.js";
import { html, nothing } from "./vendor/lit-html.js";

/** @typedef {import("./language.js").Sentence} Refusal */
/**
 * @typedef {Object} Book
 * @property {Record<string, Entry>} checkpoints
 * @property {Record<string, any>} yardsticks
 * @property {string[]} paths ways from one latent to another
 * @property {number} seeds new seeds are drawn below this
 * @property {Refusal|null} refused
 */
/**
 * @typedef {Object} Entry
 * @property {string} objective key of its name among the words
 * @property {boolean} practical
 * @property {string} data
 * @property {"uniform"|"normal"} law of its latents @property {number} typical Euclidean length of one
 * @property {number} side of its images in pixels
 * @property {string} generator @property {string} critic
 * @property {Record<string, any>} recipe
 * @property {number} steps @property {number} minutes @property {number} megabytes
 * @property {Record<string, any>} scores
 */

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
    /** How often each thing was asked. @type {Record<string, number>} */
    this.asked = {};
    this.busy = 0;
    this.report.answers = 0;
    /** The one sentence, once its card is painted. @type {Sentence|null} */
    this.sentence = null;
  }

  painted() {
    this.root.classList.add("pictures");
    this.root.dataset.state = "opening";
    this.sentence = new Sentence(this.find(".card.sentence"), this.find(".spoken"));
  }

  begin(/** @type {string} */ detail) {
    if (this.book.refused) this.refuse(this.book.refused);
    else this.start(detail);
  }

  /** The tab begins, where nothing keeps it from it. */
  start(/** @type {string} */ _detail) {}

  /** Paint, draw what is painted by hand, and say what is seen. */
  update() {
    this.paint();
    this.draw();
    this.speakSentence();
  }

  speak() {
    super.speak();
    this.speakSentence();
  }

  /** The one sentence, where there is something to say. */
  speakSentence() {}

  // --- the server ----------------------------------------------------------------------------------

  /** A seed that is not the one shown. */
  otherSeed() {
    const drawn = 1 + (crypto.getRandomValues(new Uint32Array(1))[0] % (this.book.seeds - 1));
    return (this.seed + drawn) % this.book.seeds;
  }

  /**
   * Ask the server, and read the sheet of its answer; null where it refused, failed, or was asked the
   * same thing again in the meantime.
   * @param {string} what @param {object} request
   * @param {(refusal: Refusal|null) => void} [refused] what to do with a refusal; the sentence says it by default
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

  // --- words ---------------------------------------------------------------------------------------

  /** A refusal in both languages, or silence of the server: one sentence, and the last picture stays. */
  refuse(/** @type {Refusal|null} */ refusal) {
    this.report.state = "refused";
    this.sentence?.state(`refused ${JSON.stringify(refusal)}`, () => told(refusal));
    this.sentence?.speak(() => this.sentence?.text() ?? "");
  }

  /** Everything that was asked for is there. */
  ready() {
    this.report.state = "ready";
    this.root.dataset.state = "ready";
    this.update();
  }

  /** A checkpoint by its own name where it has one, else by its objective's. */
  nameOf(/** @type {string} */ checkpoint) {
    if (knows(`samples.name_${checkpoint}`)) return say(`samples.name_${checkpoint}`);
    const { objective, recipe } = this.book.checkpoints[checkpoint];
    return knows(objective) ? say(objective) : recipe.objective;
  }
}

/** What a column says whose question was not answered. @type {Refusal} */
export const SILENT = { key: "samples.column_no_answer", values: {} };

/** A refusal as it is said; where there is none, the server did not answer. */
export function told(/** @type {Refusal|null} */ refusal) {
  return refusal && refusal !== SILENT ? tell(refusal) : say("samples.no_answer");
}

/** Say a sentence, and speak what it comes to. */
export function state(/** @type {Sentence|null} */ sentence, /** @type {string} */ identity, /** @type {() => string} */ text) {
  sentence?.state(identity, text);
  sentence?.speak(() => `${sentence.statement.textContent} ${sentence.reason.textContent}`);
}

/** The card of the one sentence, and the place where it is spoken. */
export function sentenceCard() {
  return html`<div class="card sentence">${icon("talk")}<p><b class="statement"></b> <span class="reason"></span></p></div>
<p class="spoken" aria-live="polite"></p>`;
}

/**
 * One choice among few, as buttons in a row.
 * @param {string} name of the choice @param {string} section of its words, `SECTION.NAME` and `SECTION.VALUE`
 * @param {string[]} values @param {string} chosen @param {(value: string) => void} choose
 * @param {(value: string) => boolean} [closed] values that cannot be chosen
 */
export function segments(name, section, values, chosen, choose, closed = () => false) {
  return html`<div class="segments" role="group" aria-label=${say(`${section}.${name}`)}>${values.map((value) => html`<button type="button"
    data-choice=${name} data-value=${value} aria-pressed=${value === chosen} ?disabled=${closed(value)}
    @click=${() => choose(value)}>${say(`${section}.${value}`)}</button>`)}</div>`;
}

/** A control: its title, and what it is made of; `classes` beside its own. */
export function control(/** @type {string} */ title, /** @type {unknown} */ inside, classes = "") {
  return html`<div class="control${classes && ` ${classes}`}"><div class="head"><label>${say(title)}</label></div>
  ${inside}</div>`;
}

/** Linear or spherical. */
export function pathControl(/** @type {string[]} */ paths, /** @type {string} */ chosen, /** @type {(value: string) => void} */ choose) {
  return control("samples.path", html`${segments("path", "samples", paths, chosen, choose)}
  <p class="hint">${say("samples.path_hint")}</p>`);
}

/**
 * A chart's card.
 * @param {string} classes @param {string} name the drawing's, for a screen reader
 * @param {unknown} head title, unit and legend @param {unknown} [note] below the drawing @param {boolean} [hidden] no drawing
 */
export function chart(classes, name, head, note = nothing, hidden = false) {
  return html`<article class="card told plotted ${classes}"><div class="sheet-head-line">${head}</div>
    <div class="plot" ?hidden=${hidden}><canvas role="img" aria-label=${name}></canvas></div>${note}</article>`;
}

/** A title with its unit, keys of words both. */
export function titled(/** @type {string} */ title, /** @type {string} */ unit) {
  return html`<h2>${say(title)}</h2><span class="unit">${say(unit)}</span>`;
}
