/**
 * Controls, drawn from the fields that Python declares: a row of buttons, a slider, a menu, a typed text. Their
 * words are `PANEL.FIELD`, `PANEL.FIELD_hint` and, of a choice, `PANEL.FIELD_CHOICE`.
 */

import { icon } from "./icons.js";
import { say, tell } from "./language.js";
import { ends } from "./slider.js";
import { html, nothing } from "./vendor/lit-html.js";

/** @typedef {import("./panel.js").Panel} Panel */

/**
 * One thing an address says: a choice has names, a number a range.
 * @typedef {{default: string, choices?: string[], low?: number, high?: number}} Field
 */

/** A control: its title, what stands beside the title, and what it is made of. */
export function control(/** @type {Panel} */ panel, /** @type {string} */ key, /** @type {unknown} */ inside, /** @type {unknown} */ beside = nothing) {
  return html`<div class="control" data-control=${key}><div class="head"><label>${panel.word(key)}</label>${beside}</div>
    ${inside}</div>`;
}

/** One line below a control. */
export function hint(/** @type {Panel} */ panel, /** @type {string} */ key) {
  return html`<p class="hint">${panel.word(`${key}_hint`)}</p>`;
}

/** One choice among few, as buttons side by side; `wrap` lays them out in rows. */
export function segments(/** @type {Panel} */ panel, /** @type {string} */ key, wrap = false) {
  const { choices = [] } = panel.fields[key];
  return control(panel, key, html`<div class=${wrap ? "segments wrap" : "segments"} role="group" data-field=${key}
    aria-label=${panel.word(key)}>${choices.map((value) => html`<button type="button" data-value=${value}
      aria-pressed=${value === panel.values[key]} @click=${() => panel.choose({ [key]: value })}>${panel.word(`${key}_${value}`)}</button>`)}</div>`);
}

/** One number, dragged from step to step of its range. */
export function slider(/** @type {Panel} */ panel, /** @type {string} */ key, /** @type {number} */ step) {
  const { low = 0, high = 1 } = panel.fields[key];
  const [min, max] = ends(low, high, step);
  const moved = (/** @type {Event} */ event) => panel.drag({ [key]: String(Number(/** @type {HTMLInputElement} */ (event.target).value)) });
  return control(panel, key, html`<input type="range" data-field=${key} min=${min} max=${max} step=${step}
      aria-label=${panel.word(key)} @input=${moved} @change=${() => panel.settle()}>${hint(panel, key)}`,
    html`<output class="of-${key}">${panel.shown(key)}</output>`);
}

/** One text, typed: in force once the server's parser has taken it. */
export function typed(/** @type {Panel} */ panel, /** @type {string} */ key) {
  const refused = panel.refused[key];
  const changed = (/** @type {Event} */ event) => panel.propose(key, /** @type {HTMLInputElement} */ (event.target).value);
  return control(panel, key, html`<input type="text" data-field=${key} spellcheck="false" autocomplete="off"
      autocapitalize="off" aria-label=${panel.word(key)} @change=${changed}><p class="refusal" role="alert"
      ?hidden=${!refused}>${refused ? tell(refused) : ""}</p>${hint(panel, key)}`);
}

/** One choice among many, from a menu; `name` says each of them, `below` stands under it. */
export function menu(/** @type {Panel} */ panel, /** @type {string} */ key, /** @type {(choice: string) => string} */ name, /** @type {unknown} */ below = nothing) {
  const { choices = [] } = panel.fields[key];
  const changed = (/** @type {Event} */ event) => panel.choose({ [key]: /** @type {HTMLSelectElement} */ (event.target).value });
  return control(panel, key, html`<span class="select"><select data-field=${key} aria-label=${panel.word(key)}
    @change=${changed}>${choices.map((choice) => html`<option value=${choice}>${name(choice)}</option>`)}</select>${icon("down")}</span>${below}`);
}

/** A group of buttons that set several fields at once: places to begin. */
export function starts(/** @type {Panel} */ panel, /** @type {string} */ key, /** @type {string} */ classes, /** @type {unknown} */ buttons) {
  return html`<div class="control"><div class="head"><label>${panel.word(key)}</label></div>
    <div class="segments wrap ${classes}" role="group" aria-label=${panel.word(key)}>${buttons}</div></div>`;
}

/** What is in sight in some scenes only. */
export function only(/** @type {Panel} */ panel, /** @type {string} */ scenes, /** @type {unknown} */ content, classes = "") {
  return html`<div class=${classes || nothing} data-scene=${scenes} ?hidden=${!panel.isIn(scenes)}>${content}</div>`;
}

/** A button with an icon and a word. */
export function button(/** @type {string} */ action, /** @type {import("./icons.js").Icon} */ shape, /** @type {string} */ key, /** @type {() => void} */ press) {
  return html`<button type="button" class="button" data-do=${action} @click=${press}>${icon(shape)}<span>${say(key)}</span></button>`;
}
