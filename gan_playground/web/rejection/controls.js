/** The Rejection tab's controls. */

import { icon } from "../icons.js";
import { control, pathControl, segments } from "../imagetab.js";
import { say } from "../language.js";
import { html } from "../vendor/lit-html.js";

/** @typedef {import("../tabs/rejection.js").default} Rejection */

export function controls(/** @type {Rejection} */ tab) {
  const { moving, range, strictness, sampler } = tab;
  return html`<div class="card column">
  ${control("rejection.part", choice(tab, "part"))}
  <div class="for-images">${checkpoints(tab)}</div>
  ${control("rejection.source", html`${choice(tab, "source")}<p class="hint">${say("rejection.source_hint")}</p>`, "for-toy")}
  ${control("rejection.sampler", html`${choice(tab, "sampler")}<p class="hint sampler-hint">${say(`rejection.${sampler}_is`)}</p>`)}
  <div class="control strict"><div class="head"><label for="strictness" class="strictness-label">${say(`rejection.strictness_${sampler}`)}</label>
      <output class="percentile" for="strictness">${say(moving ? `rejection.${moving.option}_value` : "rejection.no_value", { q: strictness })}</output></div>
    <input id="strictness" class="strictness" type="range" min=${range.low} max=${range.high} step="1" .value=${String(strictness)} ?disabled=${!moving}
      @input=${(/** @type {Event} */ event) => tab.slide(Number(/** @type {HTMLInputElement} */ (event.target).value))}>
    <p class="hint strictness-hint">${say(tab.exactly ? "rejection.strictness_hint_exactly" : `rejection.strictness_hint_${sampler}`)}</p></div>
  ${control("rejection.ratio", choice(tab, "ratio", (which) => !tab.ratios.includes(which)), "for-images")}
  ${control("rejection.ends", html`${choice(tab, "ends")}<p class="hint mine-hint">${say("rejection.mine_hint")}</p>`, "for-images")}
  <div class="for-images">${pathControl(tab.book.choices.path, tab.chosen.path, (path) => tab.choose("path", path))}</div>
</div>`;
}

function choice(/** @type {Rejection} */ tab, /** @type {string} */ name, /** @type {((value: string) => boolean)|undefined} */ closed = undefined) {
  return segments(name, "rejection", tab.book.choices[name], tab.chosen[name], (value) => tab.choose(name, value), closed);
}

/** The menu of checkpoints, a group a data set. */
function checkpoints(/** @type {Rejection} */ tab) {
  const { checkpoints: all } = tab.book;
  const names = Object.keys(all), sets = [...new Set(names.map((name) => all[name].data))];
  return control("samples.checkpoint", html`<span class="select"><select class="checkpoint" aria-label=${say("samples.checkpoint")}
    @change=${(/** @type {Event} */ event) => tab.turn(/** @type {HTMLSelectElement} */ (event.target).value)}>${
    sets.map((data) => html`<optgroup label=${say(`samples.data_${data}`)}>${names.filter((name) => all[name].data === data).map((name) => html`<option
      value=${name}>${tab.nameOf(name)}</option>`)}</optgroup>`)}</select>${icon("down")}</span>
  <p class="hint">${say("samples.checkpoint_hint")}</p>`);
}
