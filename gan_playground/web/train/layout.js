/** The Train tab's markup: controls, transport, stage with its legend, charts; and the presenter's page over them. */

import { icon } from "../icons.js";
import { KEYS, printed } from "../keys.js";
import { knows, say } from "../language.js";
import { whole } from "../numbers.js";
import { html, nothing } from "../vendor/lit-html.js";
import { largeNumbers } from "./present.js";

/** @typedef {import("../tabs/train.js").default} Train */

/** Layers of the stage by its dimension, in the order of the keys 1 to 7. */
export const LAYERS = {
  plane: ["real", "generated", "critic", "undecided", "pull", "manifold", "density"],
  line: ["p", "q", "critic_line", "best_critic", "samples"],
};
/** Layers that are off at first. */
export const OFF = ["manifold", "density", "samples"];

const SPEEDS = ["full", "60", "10", "1"];
const PLAYERS = ["both", "critic", "generator"];
const CHARTS = ["apart", "distance", "modes", "path", "losses"];

export function layout(/** @type {Train} */ tab) {
  const data = tab.run.value.settings.data ?? tab.book.knobs.data.default;
  const named = `knobs.data.${data}`;
  return html`
    <aside class="controls" id="controls" aria-label=${say("page.settings")}>
      <div class="sheet-head"><b>${say("page.settings")}</b>
        <button type="button" class="button square" data-do="close-controls" aria-label=${say("page.close")}
          title=${say("page.close")}>${icon("close")}</button></div>
      ${tab.controls.template()}
    </aside>
    <section class="centre" aria-label=${say("page.stage")}>
      ${transport(tab)}
      <div class="card stage-card">
        <div class="presenter-title"><b class="data-name">${knows(named) ? say(named) : data}</b> <span class="objective-name">${tab.face.objectiveWord()}</span>
          <span class="presenter-step"><span>${say("page.step_word")}</span> <b class="step-count">${whole(tab.picture.step)}</b></span></div>
        ${legend(tab, "plane")}${legend(tab, "line")}
        ${stage(tab)}
        ${bar(tab)}
      </div>
      <div class="card sentence">${icon("talk")}<p><b class="statement"></b> <span class="reason"></span></p></div>
      <p class="spoken" aria-live="polite"></p>
    </section>
    <section class="charts" aria-label=${say("page.charts")}>${CHARTS.map((name) => html`<article class="card chart" data-chart=${name}></article>`)}</section>
    <div class="presenter-numbers" aria-hidden="true">${tab.presenting && tab.picture.begun() ? largeNumbers(tab.picture, tab.controls.objective).map(({ label, value }) => html`<div><span>${label}</span><b>${value}</b></div>`) : nothing}</div>
    <div class="presenter-keys" aria-hidden="true">${KEYS.filter(({ presented }) => presented).map((each) => html`<span><kbd>${printed(each)}</kbd><span>${say(each.says)}</span></span>`)}</div>`;
}

/** Play or pause, step with its menu, reset, seed, the step counter with the speed. */
function transport(/** @type {Train} */ tab) {
  const { seed = 0 } = tab.run.value.settings;
  return html`<div class="transport" role="toolbar" aria-label=${say("page.transport")}>
    <button type="button" class="button main" data-do="toggle">
      <span class="when-paused">${icon("play")}<span>${say("page.play")}</span></span>
      <span class="when-running">${icon("pause")}<span>${say("page.pause")}</span></span>
      <kbd>${say("page.space")}</kbd></button>
    <span class="split"><button type="button" class="button" data-do="step" data-player="both" title=${say("page.step_both")}
        aria-label=${say("page.step_both")}>${icon("step")}<span class="word">${say("page.step")}</span><kbd>S</kbd></button><button type="button"
        class="button more" data-do="step-menu" aria-haspopup="menu" aria-expanded="false" aria-label=${say("page.step_menu")}
        title=${say("page.step_menu")}>${icon("down")}</button>
      <span class="popup" role="menu" hidden>${PLAYERS.map((player) => html`<button type="button" role="menuitem" data-do="step"
        data-player=${player}>${say(`page.step_${player}`)}</button>`)}</span></span>
    <button type="button" class="button" data-do="reset" title=${say("page.reset_title")} aria-label=${say("page.reset_title")}>${icon("reset")}<span
      class="word">${say("page.reset")}</span><kbd>R</kbd></button>
    <button type="button" class=${seed > 99 ? "button seed long" : "button seed"} data-do="new-seed" title=${say("page.new_seed")}>${icon("dice")}<span
      class="word seed-word">${say("page.seed", { seed })}</span><kbd>N</kbd></button>
    <span class="clock"><span class="steps"><span>${say("page.step_word")}</span> <b class="step-count">${whole(tab.picture.step)}</b></span>
      <label class="speed"><span class="rate">${tab.face.rate()}</span><span class="phone-word">${say("page.step_word")}</span><select
        aria-label=${say("page.speed")} @change=${(/** @type {Event} */ event) => tab.chooseSpeed(/** @type {HTMLSelectElement} */ (event.target).value)}>${
        SPEEDS.map((speed) => html`<option value=${speed}>${say(`page.speed_${speed}`)}</option>`)}</select>${icon("down")}</label></span>
    <button type="button" class="button settings" data-do="open-controls" aria-controls="controls"
      aria-expanded=${tab.sheetOpen}>${icon("sliders")}<span>${say("page.settings")}</span></button>
  </div>`;
}

/** The stage's layers as chips that switch them. */
function legend(/** @type {Train} */ tab, /** @type {"plane"|"line"} */ kind) {
  const missing = tab.face.missing();
  return html`<div class="legend ${kind}" role="group" aria-label=${say("page.layers")}>${LAYERS[kind].map((name, place) => html`<button type="button"
    class=${missing.has(name) ? "layer missing" : "layer"} data-layer=${name} aria-keyshortcuts=${place + 1} aria-pressed=${tab.layers.has(name)}
    title=${say(missing.has(name) ? "page.layer_missing" : `page.layer_${name}_title`)}><i class="key ${name}"></i><span>${say(`page.layer_${name}`)}</span></button>`)}</div>`;
}

function stage(/** @type {Train} */ tab) {
  const view = tab.view();
  const stopped = view === "stopped", collapsed = view === "ready" && tab.face.collapsed;
  return html`<div class="stage">
    <canvas class="picture" role="img"></canvas>
    <div class="readout" hidden></div>
    <div class="veil" aria-hidden="true"></div>
    <div class=${collapsed ? "badge amber" : "badge"} ?hidden=${!stopped && !collapsed}>${stopped ? `■ ${say("page.stopped")}` : collapsed ? `▲ ${say("page.collapsed")}` : ""}</div>
    <div class="place" ?hidden=${view !== "waiting"}>${tab.run.value.place}</div>
    <button type="button" class="big-play" data-do="play" aria-label=${say("page.play")}>${icon("play")}</button>
    <div class="loading" aria-hidden="true"><i></i></div>
  </div>`;
}

/** The colour bar of the critic's field. */
function bar(/** @type {Train} */ tab) {
  const { low, middle, high } = tab.face.bar();
  return html`<div class="bar">
    <div class="ramp"><canvas class="ramp-picture" aria-hidden="true"></canvas>
      <b>${say("page.looks_generated")}</b>
      <b>${say("page.looks_real")}</b></div>
    <div class="marks"><span class="low">${low}</span><b class="middle">${middle}</b><span class="high">${high}</span></div>
  </div>`;
}
