/** How far apart: the critic's bound, the truth above it, and the gap between them. */

import { say } from "../language.js";
import { ABOUT, readOut, roundTop, short } from "../numbers.js";
import { LINES, Plot, stepAxis } from "../plot.js";
import { parts } from "../sentence.js";
import { colours } from "../surface.js";
import { atStep, fitted, huddle, leaves, sides, some } from "./series.js";

/** @typedef {import("../frame.js").Shown} Picture */
/** @typedef {import("../charts.js").Charts} Charts */
/** @typedef {ReturnType<typeof sides>} Sides */

/** @type {import("../charts.js").Chart} */
export const apart = {
  seen: ({ header, history }) => !Number.isNaN(header.bound.value) || some(history.columns.bound),
  fit,
  draw(charts, card, picture) {
    const { bound, exact } = picture.header;
    const both = sides(picture.history, charts.since);
    const { steps, low, high, truth } = both;
    const { divergence } = charts;
    const approximate = exact.certainty === "approximate";
    const { row, past, at } = charts.row(steps);

    const { word = "", about } = charts.objective ?? {};
    card.unit(`${about?.offset ? `${word} + ${about.offset}` : word}${divergence ? `, ${say("page.nats")}` : ""}${past ? ` · ${at}` : ""}`);
    card.label("bound", say(divergence ? "page.lower_bound" : "page.dual_value"));
    card.value("bound", past ? short(low[row]) : readOut(bound));
    const then = past ? "" : atStep(exact.step, picture.step);
    card.label("exact", say(approximate ? "page.reference" : divergence ? "page.exact_value" : "page.exact_w1") + then);
    card.value("exact", past && Number.isFinite(high[row]) ? (approximate ? ABOUT : "") + short(high[row]) : readOut(exact));
    card.show("exact", exact.certainty !== "unknown");
    card.mark("exact", approximate ? "reference" : "exact");

    const given = charts.objective?.about.range;
    const range = charts.range("apart", () => firstRange(charts, picture, both));
    const whole = given?.[1] !== null && range?.[1] === given?.[1];
    const plot = (card.plot = Plot.on(card.canvas, {
      x: stepAxis(picture.step), y: range ?? [0, 2], top: whole ? say("page.max") : undefined,
    }));
    if (!plot) return;
    plot.frame();
    const paint = colours();
    const last = steps.length - 1;
    plot.inside(() => {
      plot.gap(steps, low, high);
      plot.line(truth.steps, truth.values, approximate ? LINES.reference() : LINES.exact());
      plot.line(steps, low, LINES.critic());
      plot.change(charts.since);
      plot.now(steps[last], low[last], paint.critic);
      plot.now(truth.steps[truth.steps.length - 1], truth.values[truth.values.length - 1], paint.ink);
    });
    plot.pointer(charts.pointed);
    if (exact.certainty === "infinite") infinite(plot, exact.why);
    else remark(plot, both, range, divergence);
    if (range && truth.values[0] > range[1] * 1.001) {
      const text = say(approximate ? "page.reference_starts_at" : "page.starts_at", { value: short(truth.values[0], 2) });
      plot.word(`↖ ${text}`, plot.x(truth.steps[0]) + 12, plot.top + plot.size + 2, paint.ink2, "left");
    }
    const latest = [low[last], ...truth.values.slice(-1)];
    card.offer(leaves(range, latest) || huddle(range, latest));
    card.describe(`${say("page.apart")} ${readOut(bound)}, ${readOut(exact)}`);
  },
};

/** @returns {import("./series.js").Range} */
function fit(/** @type {Charts} */ charts, /** @type {Picture} */ picture) {
  const { low, high } = sides(picture.history, charts.since);
  return fitted(low, high);
}

/** @returns {import("./series.js").Range|null} */
function firstRange(/** @type {Charts} */ charts, /** @type {Picture} */ picture, /** @type {Sides} */ { steps, low, truth }) {
  const given = charts.objective?.about.range;
  if (given && given[1] !== null) return [given[0], given[1]];
  const { value } = picture.header.exact;
  const start = truth.values[0] ?? (Number.isFinite(value) ? value : 0);
  if (charts.divergence) return steps.length || start ? [0, Math.max(1, Math.min(2, roundTop(1.2 * start)))] : null;
  // A transport distance has no scale of its own: its first values set one.
  return low.filter(Number.isFinite).length < 8 ? null : fit(charts, picture);
}

/** What the gap means, or why the bound stands above. */
function remark(/** @type {Plot} */ plot, /** @type {Sides} */ { steps, low, high }, /** @type {import("./series.js").Range|null} */ range, /** @type {boolean} */ divergence) {
  // Both sides at one step: a truth that is measured rarely lags behind the bound.
  let pair = steps.length - 1;
  while (pair >= 0 && !Number.isFinite(high[pair])) pair--;
  const above = pair >= 0 ? low[pair] - high[pair] : NaN;
  const ink = colours().critic;
  if (above > 0) plot.remark(say(divergence ? "page.above_by_chance" : "page.above_too_steep", { by: short(above, 2) }), ink, steps, [low, high]);
  else if (range && -above > 0.03 * (range[1] - range[0])) plot.remark(say("page.shaded"), ink, steps, [low, high]);
}

/** Where the truth is infinite: the word and why, in the room of the line. */
function infinite(/** @type {Plot} */ plot, /** @type {import("../frame.js").Note|null} */ why) {
  const words = why ? parts(say(why.key, why.values)) : { statement: "", reason: "" };
  const text = `${words.statement} ${words.reason}`.trim();
  plot.lines(`${say("page.infinite")} ${text}`.trim(), colours().ink2);
}
