/** Tables of plans: counts with buttons, sums beside what they must be. */

import { say } from "../../language.js";
import { short, signed } from "../../numbers.js";
import { html } from "../../vendor/lit-html.js";

const SEEN = 0.005; // less of a box is nothing

/** A cost or a count: whole where it is, else two decimals. */
export function amount(/** @type {number} */ value) {
  const near = Math.round(value);
  return Math.abs(value - near) < 5e-4 ? signed(String(near)) : short(value, value >= 100 ? 4 : 3);
}

export function sum(/** @type {number[]} */ values) {
  return values.reduce((total, value) => total + value, 0);
}

/** Parts of a unit as a fraction in its lowest terms. */
export function fraction(/** @type {number} */ n, /** @type {number} */ unit) {
  let [a, b] = [n, unit];
  while (a && a % 2 === 0 && b % 2 === 0) [a, b] = [a / 2, b / 2];
  return a ? `${a}/${b}` : "0";
}

/** Its head: the columns, and the sums beside them. */
export function head(/** @type {string[]} */ across, beside = "") {
  return html`<thead><tr><th></th>${across.map((name) => html`<th class="slot-of">${name}</th>`)}${beside ? html`<th>${beside}</th>` : ""}</tr></thead>`;
}

/** One row: its name, its cells, and what stands at its end. */
export function row(/** @type {string} */ name, /** @type {unknown} */ cells, /** @type {unknown} */ end = "") {
  return html`<tr><th class="box-of">${name}</th>${cells}${end}</tr>`;
}

/**
 * A cell with its count, and buttons where it may be edited.
 * @param {number} count @param {string} cell its row and column
 * @param {((way: 1|-1) => void)|null} edit @param {{x: string|number, y: string|number}} names what its buttons are named by
 */
export function cellOf(count, cell, edit, names) {
  const full = count > SEEN, shown = html`<b>${full ? amount(count) : "·"}</b>`;
  const button = (/** @type {1|-1} */ way, /** @type {string} */ sign, /** @type {string} */ key) => html`<button type="button"
    data-add=${way} data-cell=${cell} aria-label=${say(key, names)} @click=${() => edit?.(way)}>${sign}</button>`;
  return html`<td class=${full ? "cell-in full" : "cell-in"}><span>${
    edit ? [button(-1, "−", "boxes.less"), shown, button(1, "+", "boxes.more")] : shown}</span></td>`;
}

/** A sum beside what it must be; in parts of a unit where there is one. */
export function sumOf(/** @type {number} */ found, /** @type {number} */ wanted, unit = 0) {
  const name = (/** @type {number} */ n) => (unit ? fraction(n, unit) : amount(n));
  return Math.abs(found - wanted) < 1e-6
    ? html`<td class="met">${name(found)} ✓</td>`
    : html`<td class="unmet">${say("boxes.of", { n: name(found), all: name(wanted) })} ✗</td>`;
}

/** The last row: sums of columns, and the whole. */
export function sums(/** @type {string} */ name, /** @type {unknown} */ cells, /** @type {string} */ whole) {
  return html`<tr class="sums"><th>${name}</th>${cells}<td><b>${whole}</b></td></tr>`;
}
