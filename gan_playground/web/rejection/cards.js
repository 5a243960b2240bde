/** Pieces that the images' and the toys' part of the Rejection tab share. */

import { titled } from "../imagetab.js";
import { say } from "../language.js";
import { html } from "../vendor/lit-html.js";

/** The share that is kept, at the end of a row of buttons. */
export function shareKept(/** @type {string} */ share) {
  return html`<span class="share"><span>${say("rejection.kept_share")}</span> <b>${share}</b>
    <span class="word">${say("rejection.of_samples")}</span></span>`;
}

/** Marks of a picture and what they mean, at the end of its title's line. */
export function legend(/** @type {[string, string][]} */ ...marks) {
  return html`<span class="legend-end">${marks.map(([mark, word]) => html`<i class="key ${mark}"></i><span>${say(word)}</span>`)}</span>`;
}

/** Title, unit and legend of the histogram of log-ratios. */
export function ratioHead() {
  return html`${titled("rejection.ratios", "rejection.each")}${legend(["p", "rejection.real"], ["swatch", "rejection.generated"])}`;
}
