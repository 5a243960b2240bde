/**
 * A panel whose pictures are trained while one watches: the button, the bar, and the loop that asks for one
 * bite after another. The training belongs to the server and is the same for everybody; `bite` is a field,
 * so that a link shows the same picture.
 */

import { icon } from "./icons.js";
import { whole } from "./numbers.js";
import { Panel } from "./panel.js";
import { html } from "./vendor/lit-html.js";

const MISSES = 3; // questions without an answer, after which the training holds
const ASK_AGAIN = 300; // ms

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
    this.look();
  }

  /** From the beginning. */
  again() {
    this.training = false;
    this.set({ bite: "0" });
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
      this.tab.write();
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
    for (let misses = 0; this.training && misses < MISSES; ) {
      if (this.root.hidden || !this.tab.inSight) break;
      const { picture } = this;
      if (picture && picture.step >= picture.last) break;
      this.values.bite = String(this.number("bite") + 1);
      if (await this.look()) misses = 0;
      else {
        misses += 1;
        await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
      }
      this.tab.write();
    }
    this.training = false;
    this.redraw();
  }

  /** The button that trains or holds, and how far the training is. */
  trainBar() {
    const { picture } = this;
    const share = picture ? picture.step / picture.last : 0;
    const done = Boolean(picture && picture.step >= picture.last) && !this.training;
    return html`<div class="control training"><div class="head"><label>${this.word("training")}</label>
      <output class="steps-of">${picture ? `${whole(picture.step)} / ${whole(picture.last)}` : "…"}</output></div>
      <div class="bar-of" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(100 * share)}
        aria-label=${this.word("training")}><i style="width: ${100 * share}%"></i></div>
      <div class="buttons-of"><button type="button" class="button go" data-do="train" ?disabled=${done}
        ?data-training=${this.training} @click=${() => this.run()}>${icon("play", "for-train")}
        ${icon("pause", "for-hold")}<span>${this.word(this.training ? "hold" : "train")}</span></button>
      <button type="button" class="button" data-do="again" @click=${() => this.again()}>${icon("reset")}<span
        >${this.word("again")}</span></button></div>
      <p class="hint">${this.word("training_hint")}</p></div>`;
  }
}
