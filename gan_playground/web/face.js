/** What the Train tab says of itself: counters, chips, badges, the sentence, the read-out under the pointer. */

import { midpointText, shareAt } from "./curves.js";
import { knows, language, put, say } from "./language.js";
import { readOut, short, whole } from "./numbers.js";
import { readLine, readPlane } from "./pointer.js";
import { Sentence } from "./sentence.js";

export const LOADING_AFTER = 300; // ms before a page that is still opening says so

export class Face {
  /** @param {import("./tabs/train.js").default} page */
  constructor(page) {
    this.page = page;
    this.root = page.root;
    this.sentence = new Sentence(this.find(".card.sentence"), this.find(".spoken"));
  }

  find(/** @type {string} */ selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }

  show() {
    const page = this.page;
    const view = page.view();
    const { link, status, settings, speed } = page.run.value;
    const running = link === "open" && status === "running";
    Object.assign(page.report, { link, status, view });
    if (this.root.dataset.state !== view) {
      this.root.dataset.state = view;
      page.drawStage();
    }
    this.root.dataset.late = String(view === "opening" && performance.now() - page.openedAt > LOADING_AFTER);
    this.root.dataset.running = String(running);
    for (const count of this.root.querySelectorAll(".step-count")) put(count, whole(page.picture.step));
    put(this.find(".rate"), this.rate(running));
    this.find(".seed").classList.toggle("long", (settings.seed ?? 0) > 99);
    put(this.find(".seed-word"), say("page.seed", { seed: settings.seed ?? 0 }));
    put(this.find(".data-name"), say(`knobs.data.${settings.data ?? "8-gaussians"}`));
    put(this.find(".objective-name"), this.objectiveWord());
    /** @type {HTMLSelectElement} */ (this.find(".speed select")).value = String(speed);
    this.showBar();
    this.showChips();
    this.showBadge(view);
    this.speakUp(view);
    this.showWarnings();
  }

  rate(/** @type {boolean} */ running) {
    const page = this.page;
    if (!running) return say("page.paused");
    const [first, last] = [page.pace[0], page.pace[page.pace.length - 1]];
    const seconds = last ? (last[0] - first[0]) / 1000 : 0;
    return seconds > 0.3 ? say("page.steps_per_second", { rate: whole((last[1] - first[1]) / seconds) }) : "…";
  }

  objectiveWord() {
    const page = this.page;
    const { name, parameter, about } = page.controls.objective();
    const word = knows(`knobs.objective.${name}`) ? say(`knobs.objective.${name}`) : name;
    return about.parameter ? `${word}, ${about.parameter.symbol} = ${short(parameter, 2)}` : word;
  }

  /** The colour bar's ends and middle, in the unit of the field. */
  showBar() {
    const page = this.page;
    if (!page.picture.begun()) return;
    const { unit } = page.picture.header;
    put(this.find(".bar .low"), `≤ ${short(unit.midpoint - unit.reach, 2)}`);
    put(this.find(".bar .middle"), midpointText(unit));
    put(this.find(".bar .high"), `≥ ${short(unit.midpoint + unit.reach, 2)}`);
  }

  /** Chips of what this run does not know are greyed. */
  showChips() {
    const page = this.page;
    if (!page.picture.begun()) return;
    const { blocks, header } = page.picture;
    const known = header.certainty === "exact" || header.certainty === "approximate";
    const missing = {
      manifold: !blocks["points.manifold"], density: !blocks.target, pull: !blocks.pull,
      q: !known || !blocks.generated, best_critic: !blocks.optimal,
    };
    for (const chip of page.chips()) {
      const gone = Boolean(missing[/** @type {keyof typeof missing} */ (layerOf(chip))]);
      chip.classList.toggle("missing", gone);
      const title = say(gone ? "page.layer_missing" : `page.layer_${layerOf(chip)}_title`);
      if (chip.title !== title) chip.title = title;
    }
  }

  showBadge(/** @type {string} */ view) {
    const page = this.page;
    const badge = this.find(".badge");
    const collapsed = view === "ready" && /collapsed/.test(page.picture.header?.note.key ?? "");
    badge.hidden = !(view === "stopped" || collapsed);
    badge.classList.toggle("amber", collapsed);
    put(badge, view === "stopped" ? `■ ${say("page.stopped")}` : `▲ ${say("page.collapsed")}`);
    const place = this.find(".place");
    place.hidden = view !== "waiting";
    put(place, String(page.run.value.place));
  }

  /** The sentence: the page's state first, then a warning before a restart, then the run's own note. */
  speakUp(/** @type {string} */ view) {
    const page = this.page;
    const note = page.picture.header?.note;
    const said = (/** @type {{en: string, ko: string}} */ pair) => pair[language()];
    if (view === "opening") {
      if (this.root.dataset.late === "true") this.sentence.state("opening", () => say("page.opening"));
    } else if (view === "lost") this.sentence.state("lost", () => say("page.lost"));
    else if (view === "waiting") this.sentence.state(`place ${page.run.value.place}`, () => say("page.room_full", { place: page.run.value.place }));
    else if (view === "ended") {
      const farewell = page.run.value.farewell;
      this.sentence.state("ended", () => (farewell ? said(farewell) : say("page.ended")));
    } else if (page.refusal) {
      const refusal = page.refusal;
      this.sentence.state(`refused ${refusal.en}`, () => said(refusal));
    } else if (page.warned && page.picture.step > 0) {
      const key = page.warned;
      this.sentence.state(`warned ${key}`, () => say("page.restart_warning", { knob: say(`knobs.${key}`) }));
    } else if (view === "stopped") {
      const { stopped } = page.run.value;
      this.sentence.state("stopped", () => (stopped ? said(stopped) : ""));
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
    if (bound && !Number.isNaN(bound.value)) words.push(`${say("page.lower_bound")} ${readOut(bound)}`);
    if (exact && exact.certainty !== "unknown") words.push(`${say("page.exact_value")} ${readOut(exact)}`);
    const text = words.join(" · ");
    page.canvas.setAttribute("aria-label", text);
    return text;
  }

  showWarnings() {
    const page = this.page;
    const place = this.find(".warnings");
    const lines = page.run.value.warnings.map((pair) => `▲ ${pair[language()]}`);
    put(place, lines.join("\n"));
  }

  readOut() {
    const page = this.page;
    const box = this.find(".readout");
    const picture = page.picture;
    const read = page.pointer && page.view() !== "empty" && picture.begun()
      ? picture.dim === 1
        ? readLine(picture, shareAt(page.pointer.x / page.canvas.clientWidth, page.canvas.clientWidth))
        : readPlane(picture, page.pointer.x / page.canvas.clientWidth, page.pointer.y / page.canvas.clientHeight)
      : null;
    box.hidden = !read;
    if (!read || !page.pointer || !picture.begun()) return;
    const { name } = picture.header.unit;
    put(box, [`x ${read.at}`, `${name} ${read.critic}`, ...(read.ratio ? [`p/q ${read.ratio}`] : [])].join("   "));
    const left = page.pointer.x > page.canvas.clientWidth - box.offsetWidth - 24;
    box.style.transform = `translate(${page.pointer.x + (left ? -box.offsetWidth - 12 : 14)}px, ${Math.max(4, page.pointer.y - 38)}px)`;
  }
}

/** The layer a chip switches. */
export const layerOf = (/** @type {HTMLElement} */ chip) => /** @type {string} */ (chip.dataset.layer);
