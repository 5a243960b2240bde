/** The Samples tab's controls and its row of buttons. */

import { icon } from "../icons.js";
import { control, pathControl } from "../imagetab.js";
import { knows, say, tell } from "../language.js";
import { html } from "../vendor/lit-html.js";

/** @typedef {import("../tabs/samples.js").default} Samples */

export function controls(/** @type {Samples} */ tab) {
  const { book, selection } = tab;
  const { values, names, all, begins } = selection;
  return html`${control("samples.data", html`<div class="segments datasets" role="group" aria-label=${say("samples.data")}>${
    Object.keys(book.sets).map((data) => html`<button type="button" data-data=${data} aria-pressed=${data === selection.data}
      @click=${() => tab.turn(data)}>${dataName(data)}</button>`)}</div>`)}
<div class="control"><div class="head"><label>${say("samples.checkpoints")}</label><span class="chip many">${say("samples.many", { n: names.length, all: all.length })}</span></div>
  <div class="checks" role="group" aria-label=${say("samples.checkpoints")}>${all.map((name) => html`<label><input type="checkbox" value=${name}
    .checked=${names.includes(name)} @change=${(/** @type {Event} */ event) => tab.ticked(/** @type {HTMLInputElement} */ (event.target))}><span>${tab.nameOf(name)}</span></label>`)}</div>
  <div class="segments"><button type="button" data-do="all" ?hidden=${all.length <= 1}>${say("samples.all")}</button>
    <button type="button" data-do="few" ?hidden=${begins.checkpoints === all.join(",")}>${say("samples.few")}</button></div>
  <p class="hint columns-hint">${say(selection.alike ? "samples.checkpoints_hint" : "samples.checkpoints_hint_laws")}</p></div>
<div class="control"><div class="head"><label for="samples-seed">${say("samples.seed")}</label></div>
  <input id="samples-seed" class="seed" type="number" inputmode="numeric" min="0" max=${book.last_seed} step="1"
    @change=${(/** @type {Event} */ event) => tab.propose(/** @type {HTMLInputElement} */ (event.target).value)}>
  <p class="refusal" role="alert" ?hidden=${!tab.refusedSeed}>${tab.refusedSeed ? tell(tab.refusedSeed) : ""}</p>
  <p class="hint">${say("samples.seed_hint")}</p></div>
<div class="control"><div class="head"><label for="samples-psi">${say("samples.psi")}</label>
    <output class="psi" for="samples-psi">${selection.number("psi").toFixed(2)}</output></div>
  <input id="samples-psi" class="psi" type="range" min="0" max="1" step="0.01"
    @input=${(/** @type {Event} */ event) => tab.shrink(/** @type {HTMLInputElement} */ (event.target).value)} @change=${() => tab.settle()}>
  <p class="hint psi-hint">${say(`samples.psi_hint_${selection.lawOf(selection.lead)}`)}</p></div>
${pathControl(book.paths, values.path, (path) => tab.change({ path }))}`;
}

export function transport(/** @type {Samples} */ tab) {
  const { seed } = tab.selection.values;
  return html`<div class="transport" role="toolbar" aria-label=${say("samples.grid")}>
  <button type="button" class="button main" data-do="new-seed">${icon("dice")}<span>${say("samples.new")}</span><kbd>N</kbd></button>
  <button type="button" class="button" data-do="reset" title=${say("samples.again_title")}>${icon("reset")}<span
    class="again">${say("samples.again", { seed })}</span><kbd>R</kbd></button>
  <button type="button" class="button" data-do="toggle" aria-pressed=${tab.walk.playing} aria-label=${say("samples.play_title")}
    title=${say("samples.play_title")}>${icon("play", "when-still")}${icon("pause", "when-playing")}<span
    class="word">${say("samples.walk")}</span><kbd>${say("page.space")}</kbd></button>
  <button type="button" class="button" data-do="png" title=${say("samples.download_title")}
    aria-label=${say("samples.download_title")}>${icon("save")}<span>${say("samples.download")}</span></button>
  <button type="button" class="button" data-do="gif" title=${say("samples.gif_title")}
    aria-label=${say("samples.gif_title")}>${icon("save")}<span>${say("samples.gif")}</span></button>
</div>`;
}

function dataName(/** @type {string} */ data) {
  return knows(`samples.data_${data}`) ? say(`samples.data_${data}`) : data;
}
