/** The part of the Rejection tab that is about a checkpoint's images. */

import { icon } from "../icons.js";
import { chart, sentenceCard, titled } from "../imagetab.js";
import { say } from "../language.js";
import { percent } from "../numbers.js";
import { html } from "../vendor/lit-html.js";
import { ratioHead, shareKept } from "./cards.js";
import { galleriesCard } from "./galleries.js";
import { walksCard } from "./walks.js";

export function imagesPart(/** @type {import("../tabs/rejection.js").default} */ tab) {
  const { rule, share, walks, chances, parts } = tab.view;
  return html`<section class="centre for-images" aria-label=${say("rejection.title")}>
      <div class="transport" role="toolbar" aria-label=${say("rejection.title")}>
        <button type="button" class="button main" data-do="new-seed">${icon("dice")}<span>${say("rejection.new")}</span><kbd>N</kbd></button>
        <button type="button" class="button" data-do="reset" title=${say("samples.again_title")}>${icon("reset")}<span
          class="again">${say("samples.again", { seed: tab.seed })}</span><kbd>R</kbd></button>
        <button type="button" class="button" data-do="fill">${icon("play")}<span class="word">${say("rejection.fill")}</span></button>
        ${shareKept(rule ? percent(share) : "")}
      </div>
      ${walksCard(walks, chances, tab.own)}
      ${sentenceCard()}
      ${tab.verdict.template()}
    </section>
    <section class="told-column for-images">
      ${chart("ratios", say("rejection.ratios"), ratioHead())}
      ${chart("logits", say("rejection.logits"), titled("rejection.logits", "rejection.logits_unit"))}
      ${chart("chances", say("rejection.chances"), titled("rejection.chances", "rejection.burn_in"))}
      ${tab.verdict.confidenceCard()}
      ${galleriesCard(parts, (place) => tab.picked(place))}
    </section>`;
}
