/**
 * A panel whose pictures are trained while one watches: the button, the bar, and the loop that asks for one
 * bite after another. The training belongs to the server and is the same for everybody; `bite` is a field,
 * so that a link shows the same picture.
 */

import { put, say } from "./language.js";
import { whole } from "./numbers.js";
import { Panel } from "./panel.js";


export class Trained extends Panel {
  training = false;
  /** The newest picture, and what it is of. @type {{of: string, answer: any}|null} */
  seen = null;

  /** What the server is asked for. */
  get what() {
    return this.key;
  }

  /** What a picture is of: every field but how far it is trained. */
  get of() {
    return Object.entries(this.values).filter(([key]) => key !== "bite" && !this.local.includes(key)).map(([, value]) => value).join(" ");
  }

  /** Fields that only say how a picture is looked at. @type {string[]} */
  get local() {
    return [];
  }

  /** The picture of what is chosen, if it is there. */
  get picture() {
    return this.seen?.of === this.of ? this.seen.answer : null;
  }

  begin() {
    this.find("[data-do=train]").addEventListener("click", () => this.run());
    this.find("[data-do=again]").addEventListener("click", () => {
      this.training = false;
      this.set({ bite: "0" });
      this.look();
    });
    this.look();
  }

  changed(/** @type {string[]} */ keys) {
    if (keys.some((key) => key !== "bite" && !this.local.includes(key))) this.look();
  }

  /** Ask for the picture at the bite the field says. */
  async look() {
    const of = this.of;
    const answer = await this.ask(this.what);
    if (!answer || of !== this.of) return false;
    this.seen = { of, answer };
    const bite = String(Math.round(answer.step / answer.bite));
    if (bite !== this.values.bite) {
      this.values.bite = bite; // the training is not as far as the link says
      this.shell.write();
    }
    this.redraw();
    return true;
  }

  async run() {
    if (this.training) {
      this.training = false;
      this.redraw();
      return;
    }
    this.training = true;
    this.redraw();
    for (let misses = 0; this.training && misses < 3; ) {
      if (this.root.hidden || !this.shell.inSight) break;
      const { picture } = this;
      if (picture && picture.step >= picture.last) break;
      this.values.bite = String(this.number("bite") + 1);
      if (await this.look()) misses = 0;
      else {
        misses += 1;
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      this.shell.write();
    }
    this.training = false;
    this.redraw();
  }

  /** The bar, its numbers and the button's word. */
  showTraining() {
    const { picture } = this;
    const share = picture ? picture.step / picture.last : 0;
    const bar = this.find(".bar-of");
    /** @type {HTMLElement} */ (bar.firstElementChild).style.width = `${100 * share}%`;
    bar.setAttribute("aria-valuenow", String(Math.round(100 * share)));
    put(this.find(".steps-of"), picture ? `${whole(picture.step)} / ${whole(picture.last)}` : "…");
    const button = /** @type {HTMLButtonElement} */ (this.find("[data-do=train]"));
    button.disabled = Boolean(picture && picture.step >= picture.last) && !this.training;
    button.toggleAttribute("data-training", this.training);
    const word = button.querySelector("span");
    if (word) {
      const key = this.training ? `${this.key}.hold` : `${this.key}.train`;
      word.dataset.say = key;
      put(word, say(key));
    }
  }

  draw() {
    this.showTraining();
  }
}

/** Rows of a small list of numbers: a word and its value each. */
export function readOuts(/** @type {HTMLElement} */ place, /** @type {[string, string][]} */ rows) {
  while (place.children.length > rows.length) place.lastElementChild?.remove();
  while (place.children.length < rows.length) {
    const row = document.createElement("div");
    row.append(document.createElement("dt"), document.createElement("dd"));
    place.append(row);
  }
  rows.forEach(([word, value], k) => {
    put(/** @type {Element} */ (place.children[k].firstElementChild), word);
    put(/** @type {Element} */ (place.children[k].lastElementChild), value);
  });
}
