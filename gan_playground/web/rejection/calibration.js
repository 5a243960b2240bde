/** How far a ratio can be believed: the reliability curve, its three numbers, and cautions; of images and of toys. */

import { put, say } from "../language.js";
import { signed } from "../numbers.js";
import { drawReliability } from "./ratios.js";

/** The reliability curve, and what it comes to in three numbers. */
export function drawHonesty(/** @type {import("../tabs/rejection.js").default} */ tab, /** @type {Record<string, any>} */ figures) {
  const kinds = ["calibrated", "uncalibrated", "as_trained"].filter((kind) => figures[kind]);
  const there = kinds.length > 0;
  tab.find(".reliability").hidden = tab.find(".honesty").hidden = !there;
  if (!there) return;
  drawReliability(tab.canvas(".reliability"), kinds.filter((kind) => kind !== "uncalibrated").map((kind) => figures[kind]));
  tab.find(".honesty thead").innerHTML = `<tr><th></th>${["brier", "z", "mean"].map((column) => `<th scope="col">${say(`rejection.honest_${column}`)}</th>`).join("")}</tr>`;
  tab.find(".honesty tbody").innerHTML = kinds
    .map((kind) => {
      const { brier, z, mean_ratio: mean, mean_ratio_error: error } = figures[kind];
      const about = error < 100 ? ` ± ${error.toFixed(2)}` : "";
      return `<tr><th scope="row">${say(`rejection.honest_${kind}`)}</th><td>${brier.toFixed(3)}</td><td>${signed(z.toFixed(1))}</td><td>${mean < 1000 ? mean.toFixed(2) + about : mean.toExponential(0)}</td></tr>`;
    })
    .join("");
  put(tab.find(".ratio-note"), say("rejection.honest_note", { n: figures[kinds[0]].samples.toLocaleString("en-US") }));
}

/** What must be said before the ratio is believed, a line each. */
export function drawCautions(/** @type {import("../tabs/rejection.js").default} */ tab, /** @type {Record<string, any>[]} */ cautions) {
  tab.find(".cautions").replaceChildren(
    ...cautions.map(({ key, ...values }) => {
      const line = document.createElement("p");
      line.className = "remark caution";
      line.textContent = say(key, values);
      return line;
    }),
  );
}
