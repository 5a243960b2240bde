/** What a panel's stage is laid out in: cards with titles, drawings, chips that name a colour, lists of numbers. */

import { html, nothing } from "./vendor/lit-html.js";

/** @typedef {import("./panel.js").Panel} Panel */

/** A card with a title `PANEL.KEY` and what stands at the right end of its first line. */
export function titled(/** @type {Panel} */ panel, /** @type {string} */ key, /** @type {unknown} */ inside, /** @type {unknown} */ beside = nothing) {
  return html`<article class="card"><div class="line"><h2>${panel.word(key)}</h2>${beside}</div>
    ${inside}</article>`;
}

/** A drawing that a screen reader names by `PANEL.KEY`. */
export function drawing(/** @type {Panel} */ panel, /** @type {string} */ key, classes = "") {
  return html`<div class="plot ${classes}"><canvas class=${key} role="img" aria-label=${panel.word(key)}></canvas></div>`;
}

/** What a colour or a mark means; `scenes` where it is in sight in some only. */
export function chip(/** @type {Panel} */ panel, /** @type {string} */ mark, /** @type {string} */ key, scenes = "") {
  return html`<span class="chip-of" data-scene=${scenes || nothing} ?hidden=${!panel.isIn(scenes)}><i class="key ${mark}"></i><span>${panel.word(key)}</span></span>`;
}

/** Rows of a small list of numbers: a word and its value each. */
export function readOuts(/** @type {[string, string][]} */ rows, classes = "") {
  return html`<dl class="read-outs ${classes}">${rows.map(([word, value]) => html`<div><dt>${word}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** @type {Map<string, TemplateStringsArray>} */
const typeset = new Map();

/** A formula that Python has typeset, as the MathML that came with the book or an answer. */
export function formula(/** @type {string} */ mathml) {
  let strings = typeset.get(mathml);
  if (!strings) {
    strings = /** @type {TemplateStringsArray} */ (Object.assign([mathml], { raw: [mathml] }));
    typeset.set(mathml, strings);
  }
  return html(strings);
}
