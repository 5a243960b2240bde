/** The presenter's page: the same stage and one chart, two large numbers, key hints; nothing under 22 px. */

import { say } from "../language.js";
import { atStep } from "../charts/series.js";
import { percent, readOut, short } from "../numbers.js";
import { readoutWords } from "./objective.js";

/** The two numbers that say most about a run: modes and share, else bound and truth, else distance and floor. */
export function largeNumbers(/** @type {import("../frame.js").Shown} */ picture, /** @type {import("./objective.js").Objective} */ { about }) {
  const { transports } = picture.history, latest = picture.header.modes_now;
  if (latest) {
    return [
      { label: say("page.modes"), value: `${latest.found}/${latest.counts.length}` },
      { label: say("page.within_4_sd"), value: percent(latest.high_quality) },
    ];
  }
  const { bound, exact } = picture.header;
  if (exact.certainty !== "unknown") {
    const called = readoutWords(about);
    const name = exact.certainty === "approximate" ? "page.reference" : called.exact;
    return [
      { label: say(called.bound), value: readOut(bound) },
      { label: say(name) + atStep(exact.step, picture.step), value: readOut(exact) },
    ];
  }
  const last = transports[transports.length - 1];
  const order = picture.dim === 1 ? "w1" : "w2";
  return [
    { label: `${say("page.distance")} W${picture.dim === 1 ? "₁" : "₂"}${atStep(last?.step ?? null, picture.step)}`, value: last ? short(last[order]) : "–" },
    { label: say("page.noise_floor"), value: last ? short(last[`floor_${order}`][1], 2) : "–" },
  ];
}

/** Which chart stands on the presenter's page. */
export function mainChart(/** @type {import("../frame.js").Shown} */ picture) {
  return picture.header.exact.certainty === "exact" ? "apart" : "distance";
}
