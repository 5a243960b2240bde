/** Walks through latent space, image by image, with the chance that each image is kept. */

import { titled } from "../imagetab.js";
import { say } from "../language.js";
import { html, nothing } from "../vendor/lit-html.js";
import { mean } from "./statistics.js";

/** @typedef {{sheet: import("../pictures.js").Sheet, columns: number, ratios: number[]}} Walks one after another, `columns` images each */

/** A bar over every image, as high as its chance; `own` where the first walk is the visitor's. */
export function walksCard(/** @type {Walks|null} */ walks, /** @type {number[]} */ chances, /** @type {boolean} */ own) {
  return html`<div class="card walks-card">
    <div class="sheet-head-line">${titled("rejection.title", "rejection.height")}<span class="unit far">${say("rejection.row")}</span></div>
    <div class="walks" role="group" aria-label=${say("rejection.title")}>${
      walks ? walks.ratios.map((ratio, place) => image(place, walks.columns, ratio, chances[place], own)) : nothing}</div>
  </div>`;
}

function image(/** @type {number} */ place, /** @type {number} */ columns, /** @type {number} */ ratio, /** @type {number} */ chance, /** @type {boolean} */ own) {
  const row = Math.floor(place / columns), column = place % columns;
  const edge = row === 0 || column === 0 || column === columns - 1; // where the number is always seen
  const classes = [edge && "always", own && row === 0 && "own", chance >= 0.5 && "tall"].filter(Boolean).join(" ");
  return html`<figure class=${classes} style="--share: ${chance.toFixed(4)}" title=${say("rejection.read_cell", { chance, ratio })}><div
    class="track"><i></i><b>${chance.toFixed(2).replace(/^0/, "")}</b></div><canvas role="img"
    aria-label=${say("rejection.cell", { row: row + 1, column: column + 1, chance })}></canvas></figure>`;
}

/** The images themselves. */
export function drawWalks(/** @type {HTMLElement} */ holder, /** @type {Walks} */ { sheet }) {
  /** @type {NodeListOf<HTMLCanvasElement>} */ (holder.querySelectorAll("canvas")).forEach((canvas, place) => sheet.put(canvas, place));
}

/** The mean chance at both ends of the walks. */
export function ends(/** @type {number[]} */ chances, /** @type {number} */ columns) {
  const at = (/** @type {number} */ column) => mean(chances.filter((_, place) => place % columns === column));
  return { first: at(0), last: at(columns - 1) };
}
