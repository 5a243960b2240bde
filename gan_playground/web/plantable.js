/** Tables of plans: counts with buttons, sums beside what they must be. */

import { say } from "./language.js";
import { short, signed } from "./numbers.js";

/** A cost or a count: whole where it is, else two decimals. */
export function amount(/** @type {number} */ value) {
  const near = Math.round(value);
  return Math.abs(value - near) < 5e-4 ? signed(String(near)) : short(value, value >= 100 ? 4 : 3);
}

export function sum(/** @type {number[]} */ values) {
  return values.reduce((total, value) => total + value, 0);
}

/** A cell of a table with its count, and buttons where it may be edited. */
export function cellOf(/** @type {number} */ count, /** @type {string} */ cell, /** @type {boolean} */ editable, /** @type {{x: any, y: any}} */ names) {
  const shown = count > 0.005 ? amount(count) : "·";
  const button = (/** @type {number} */ way, /** @type {string} */ sign, /** @type {string} */ key) =>
    `<button type="button" data-add="${way}" data-cell="${cell}" aria-label="${say(key, names)}">${sign}</button>`;
  const edit = editable ? `${button(-1, "−", "boxes.less")}<b>${shown}</b>${button(1, "+", "boxes.more")}` : `<b>${shown}</b>`;
  return `<td class="cell-in${count > 0.005 ? " full" : ""}"><span>${edit}</span></td>`;
}

/** A sum beside what it must be. */
export function sumOf(/** @type {number} */ found, /** @type {number} */ wanted, unit = 0) {
  const right = Math.abs(found - wanted) < 1e-6;
  const name = (/** @type {number} */ n) => (unit ? fraction(n, unit) : amount(n));
  return `<td class="${right ? "met" : "unmet"}">${right ? `${name(found)} ✓` : `${say("boxes.of", { n: name(found), all: name(wanted) })} ✗`}</td>`;
}

function fraction(/** @type {number} */ n, /** @type {number} */ unit) {
  let [a, b] = [n, unit];
  while (a && a % 2 === 0 && b % 2 === 0) [a, b] = [a / 2, b / 2];
  return a ? `${a}/${b}` : "0";
}

/** Replace a table's rows where they differ; a focused button keeps the focus. */
export function replaced(/** @type {HTMLElement} */ table, /** @type {string} */ markup) {
  if (table.dataset.shown === markup) return;
  table.dataset.shown = markup;
  const focused = /** @type {HTMLElement|null} */ (table.contains(document.activeElement) ? document.activeElement : null);
  table.innerHTML = markup;
  if (focused) {
    const again = table.querySelector(`[data-cell="${focused.dataset.cell}"][data-add="${focused.dataset.add}"]`);
    /** @type {HTMLElement|null} */ (again)?.focus();
  }
}
