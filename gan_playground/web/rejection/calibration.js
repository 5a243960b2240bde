/** How far a ratio can be believed: the frozen pair, the reliability curve with its three numbers, and cautions; of images and of toys. */

import { titled } from "../imagetab.js";
import { say } from "../language.js";
import { signed } from "../numbers.js";
import { html } from "../vendor/lit-html.js";
import { drawReliability } from "./ratios.js";
import { BELIEVED, believed, kindsOf } from "./tables.js";

/** @typedef {import("../acceptance.js").Rule} Rule */
/**
 * @typedef {Object} Honesty what is told of a ratio
 * @property {Record<string, any>} figures of each kind there is @property {string} note @property {Record<string, any>[]} cautions
 */

/** The frozen pair of a rule, and how many samples are cut at M. */
export function pairCard(/** @type {Rule|null} */ rule, /** @type {string} */ sampler, /** @type {{n: number, all: number}} */ cut) {
  const second = !rule ? "" : rule.second === null ? rule.without : signed(rule.second.toFixed(2));
  const maximum = !rule ? "" : Number.isFinite(rule.cap) ? signed(rule.maximum.toFixed(2)) : "–";
  return html`<article class="card told pair" ?hidden=${!rule}><h2>${say("rejection.pair")}</h2>
    <dl class="frozen">
      <div><dt>M</dt><dd><b class="maximum">${maximum}</b> <span>${say("rejection.maximum_is")}</span></dd></div>
      <div><dt class="gamma-name">${rule?.symbol ?? "γ"}</dt><dd><b class="gamma">${second}</b> <span class="gamma-is">${say(`rejection.gamma_is_${sampler}`)}</span></dd></div></dl>
    <p class="hint">${say("rejection.pair_hint")}</p>
    <p class="hint capped">${rule ? say("rejection.capped", cut) : ""}</p></article>`;
}

/** What is told of a ratio belongs to it: nothing stands there before it does. */
export function calibrationCard(/** @type {Honesty|null} */ honesty) {
  const kinds = honesty ? kindsOf(honesty.figures) : [];
  const none = !kinds.length;
  return html`<article class="card told calibration" ?hidden=${!honesty}><div class="sheet-head-line">${titled("rejection.reliable", "rejection.reliable_unit")}</div>
    <div class="plot reliability" ?hidden=${none}><canvas role="img" aria-label=${say("rejection.reliable")}></canvas></div>
    <table class="scores honesty" ?hidden=${none}><thead><tr><th></th>${BELIEVED.map((column) => html`<th scope="col">${say(`rejection.honest_${column}`)}</th>`)}</tr></thead><tbody>${
      kinds.map((kind) => html`<tr><th scope="row">${say(`rejection.honest_${kind}`)}</th>${believed(honesty?.figures[kind]).map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>
    <p class="hint ratio-note">${honesty?.note ?? ""}</p><div class="cautions">${
      honesty?.cautions.map(({ key, ...values }) => html`<p class="remark caution">${say(key, values)}</p>`)}</div></article>`;
}

/** The note below the three numbers: how many samples they are of. */
export function honestNote(/** @type {Record<string, any>} */ figures) {
  const [first] = kindsOf(figures);
  return first ? say("rejection.honest_note", { n: figures[first].samples.toLocaleString("en-US") }) : "";
}

/** The curves of what ships and of what it was before. */
export function drawHonesty(/** @type {HTMLCanvasElement} */ canvas, /** @type {Record<string, any>} */ figures) {
  const curves = kindsOf(figures).filter((kind) => kind !== "uncalibrated").map((kind) => figures[kind]);
  if (curves.length) drawReliability(canvas, curves);
}
