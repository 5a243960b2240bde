/** What the Train tab says of itself: counters, chips, badges, the sentence, the read-out under the pointer. */

import { midpointText, shareAt } from "../curves.js";
import { knows, put, say, tell } from "../language.js";
import { readOut, short, whole } from "../numbers.js";
import { readLine, readPlane } from "../pointer.js";
import { Sentence } from "../sentence.js";
import { readoutWords } from "./objective.js";

const REFUSAL_STANDS = 8000; // ms

export class Face {
  /** @param {import("../tabs/train.js").default} page */
  constructor(page) {
    this.page = page;
    /** @type {import("../store.js").Said|null} */
    this.refusal = null;
    /** @type {{x: number, y: number}|null} */
    this.pointer = null;
    /** @type {Sentence|null} */
    this.made = null;
  }

  /** Follow the pointer over the stage with the read-out. */
  wire() {
    const { canvas } = this.page;
    canvas.addEventListener("pointermove", (event) => {
      this.pointer = { x: event.offsetX, y: event.offsetY };
      this.readOut();
    });
    canvas.addEventListener("pointerleave", () => {
      this.pointer = null;
      this.readOut();
    });
  }

  /** The sentence, made when its elements are there. */
  get sentence() {
    return (this.made ??= new Sentence(this.page.find(".card.sentence"), this.page.find(".spoken")));
  }

  /** Say what was refused, for a while. */
  refuse(/** @type {import("../store.js").Said} */ sentence) {
    this.refusal = sentence;
    this.page.paint();
    setTimeout(() => {
      if (this.refusal === sentence) this.refusal = null;
      this.page.paint();
    }, REFUSAL_STANDS);
  }

  /** Steps a second, over the last frames. */
  rate() {
    const page = this.page;
    if (!page.running) return say("page.paused");
    const { rate } = page.frames;
    return Number.isNaN(rate) ? "…" : say("page.steps_per_second", { rate: whole(rate) });
  }

  objectiveWord() {
    const page = this.page;
    const { name, parameter, about } = page.controls.objective;
    const word = knows(`knobs.objective.${name}`) ? say(`knobs.objective.${name}`) : about.title || name;
    return about.parameter ? `${word}, ${about.parameter.symbol} = ${short(parameter, 2)}` : word;
  }

  /** The colour bar's ends and middle, in the unit of the field. */
  bar() {
    const { picture } = this.page;
    if (!picture.begun()) return { low: "", middle: "", high: "" };
    const { unit } = picture.header;
    return { low: `≤ ${short(unit.midpoint - unit.reach, 2)}`, middle: midpointText(unit), high: `≥ ${short(unit.midpoint + unit.reach, 2)}` };
  }

  /** Layers that this run does not know: their chips are greyed. @returns {Set<string>} */
  missing() {
    const { picture } = this.page;
    if (!picture.begun()) return new Set();
    const { blocks, header } = picture;
    const known = header.certainty === "exact" || header.certainty === "approximate";
    const missing = {
      manifold: !blocks["points.manifold"], density: !blocks.target, pull: !blocks.pull,
      q: !known || !blocks.generated, best_critic: !blocks.optimal,
    };
    return new Set(Object.entries(missing).filter(([, gone]) => gone).map(([layer]) => layer));
  }

  /** Whether the run's own note calls it collapsed. */
  get collapsed() {
    return /collapsed/.test(this.page.picture.header?.note.key ?? "");
  }

  /** The sentence: the page's state first, then a warning before a restart, then the run's own note. */
  speakUp(/** @type {string} */ view) {
    const page = this.page;
    const note = page.picture.header?.note;
    if (view === "opening") {
      if (page.late) this.sentence.state("opening", () => say("page.opening"));
    } else if (view === "lost") this.sentence.state("lost", () => say("page.lost"));
    else if (view === "waiting") this.sentence.state(`place ${page.run.value.place}`, () => say("page.seats_taken", { place: page.run.value.place }));
    else if (view === "ended") {
      const farewell = page.run.value.farewell;
      this.sentence.state("ended", () => (farewell ? tell(farewell) : say("page.ended")));
    } else if (this.refusal) {
      const refusal = this.refusal;
      this.sentence.state(`refused ${JSON.stringify(refusal)}`, () => tell(refusal));
    } else if (page.controls.warned && page.picture.step > 0) {
      const key = page.controls.warned;
      this.sentence.state(`warned ${key}`, () => say("page.restart_warning", { knob: say(`knobs.${key}`) }));
    } else if (view === "stopped") {
      const { stopped } = page.run.value;
      this.sentence.state("stopped", () => (stopped ? tell(stopped) : ""));
    } else if (note) {
      if (page.picture.header?.first) this.sentence.renew();
      this.sentence.note(`${note.key} ${JSON.stringify(note.values)}`, () => say(note.key, note.values));
    }
    this.sentence.speak(() => this.summary());
  }

  /** What a screen reader hears: the sentence, the step and the read-outs. */
  summary() {
    const page = this.page;
    const { bound, exact } = page.picture.header ?? {};
    const words = [`${this.sentence.statement.textContent} ${this.sentence.reason.textContent}`];
    words.push(say("page.at_step", { step: whole(page.picture.step) }));
    const called = readoutWords(page.controls.objective.about);
    if (bound && !Number.isNaN(bound.value)) words.push(`${say(called.bound)} ${readOut(bound)}`);
    if (exact && exact.certainty !== "unknown") words.push(`${say(called.exact)} ${readOut(exact)}`);
    const text = words.join(" · ");
    page.canvas.setAttribute("aria-label", text);
    return text;
  }

  readOut() {
    const page = this.page;
    const box = page.find(".readout");
    const { picture } = page;
    const read = this.pointer && page.view() !== "empty" && picture.begun()
      ? picture.dim === 1
        ? readLine(picture, shareAt(this.pointer.x / page.canvas.clientWidth, page.canvas.clientWidth))
        : readPlane(picture, this.pointer.x / page.canvas.clientWidth, this.pointer.y / page.canvas.clientHeight)
      : null;
    box.hidden = !read;
    if (!read || !this.pointer || !picture.begun()) return;
    const { name } = picture.header.unit;
    put(box, [`x ${read.at}`, `${name} ${read.critic}`, ...(read.ratio ? [`p/q ${read.ratio}`] : [])].join("   "));
    const left = this.pointer.x > page.canvas.clientWidth - box.offsetWidth - 24;
    box.style.transform = `translate(${this.pointer.x + (left ? -box.offsetWidth - 12 : 14)}px, ${Math.max(4, this.pointer.y - 38)}px)`;
  }
}
