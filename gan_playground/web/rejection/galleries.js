/** The galleries of what is kept and what is rejected. */

import { say } from "../language.js";
import { inkColour } from "../pictures.js";
import { html } from "../vendor/lit-html.js";

/** @typedef {{kept: number[], rejected: number[]}} Parts places of candidates, the newest first */

/** Side of one image in px. */
const CELL = 28;

/** Both galleries, each with how many of all are in it; a click picks the image under it. */
export function galleriesCard(/** @type {Parts|null} */ parts, /** @type {(place: number|undefined) => void} */ pick) {
  const gallery = (/** @type {"kept"|"rejected"} */ name, /** @type {string} */ mark) => {
    const places = parts?.[name] ?? [];
    const count = parts ? say("rejection.count", { n: places.length, all: parts.kept.length + parts.rejected.length }) : "";
    const clicked = (/** @type {MouseEvent} */ event) => pick(places[placeUnder(/** @type {HTMLCanvasElement} */ (event.currentTarget), event)]);
    return html`<div class=${name}><div class="sheet-head-line"><i class="key ${mark}"></i><h2>${say(`rejection.${name}`)}</h2>
      <span class="unit far ${name}-count">${count}</span></div>
      <canvas role="img" aria-label=${say(`rejection.${name}`)} @click=${clicked}></canvas></div>`;
  };
  return html`<article class="card told galleries">
    ${gallery("kept", "swatch")}
    ${gallery("rejected", "hollow")}</article>`;
}

/** Which image of a gallery a pointer is on, in the order of `fillGallery`; -1 between the last row and the edge. */
function placeUnder(/** @type {HTMLCanvasElement} */ canvas, /** @type {MouseEvent} */ event) {
  const columns = Math.floor(canvas.clientWidth / CELL);
  const column = Math.floor((event.offsetX / canvas.clientWidth) * columns), row = Math.floor(event.offsetY / CELL);
  return row < Math.floor(canvas.clientHeight / CELL) ? row * columns + column : -1;
}

/** As many of the images as fit into the canvas's box, in order; marked ones framed. */
export function fillGallery(/** @type {HTMLCanvasElement} */ canvas, /** @type {import("../pictures.js").Sheet} */ sheet, /** @type {number[]} */ places, /** @type {number[]} */ marked) {
  const width = canvas.clientWidth, height = canvas.clientHeight;
  if (!width || !height) return;
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const columns = Math.floor(width / CELL), rows = Math.floor(height / CELL);
  const cell = document.createElement("canvas");
  cell.width = cell.height = sheet.side;
  const ink = inkColour();
  places.slice(0, columns * rows).forEach((place, k) => {
    cell.getContext("2d")?.putImageData(sheet.image(place, ink), 0, 0);
    const x = (k % columns) * (width / columns), y = Math.floor(k / columns) * CELL;
    context.drawImage(cell, x * ratio, y * ratio, CELL * ratio, CELL * ratio);
    if (!marked.includes(place)) return;
    context.strokeStyle = getComputedStyle(canvas).color;
    context.lineWidth = 2 * ratio;
    context.strokeRect((x + 1) * ratio, (y + 1) * ratio, (CELL - 2) * ratio, (CELL - 2) * ratio);
  });
}
