/** The transport distance of samples, over the noise floor of its own estimator. */

import { say } from "../language.js";
import { roundTop, short, whole } from "../numbers.js";
import { LINES, Plot, stepAxis } from "../plot.js";
import { colours } from "../surface.js";
import { atStep, fitted, huddle, leaves, some } from "./series.js";

/** @type {import("../charts.js").Chart} */
export const distance = {
  seen: () => true,
  fit(_, picture) {
    const rows = picture.history.transports;
    return fitted(rows.map((row) => row[picture.dim === 1 ? "w1" : "w2"]), rows.map((row) => row.floor_w2[1]));
  },
  draw(charts, card, picture) {
    const flat = picture.dim === 1;
    const rows = picture.history.transports;
    card.order(flat ? "1" : "2");
    const steps = rows.map((row) => row.step), values = rows.map((row) => row[flat ? "w1" : "w2"]);
    const exact = rows.map((row) => row.exact_w1), truth = flat && some(exact);
    const { row, past, at } = charts.row(steps), latest = rows[row];
    const floor = latest?.[flat ? "floor_w1" : "floor_w2"] ?? [NaN, NaN];
    const then = past ? ` · ${at}` : atStep(latest?.step ?? null, picture.step);
    card.unit(latest ? `${say("page.points", { n: whole(latest.n) })}${then}` : say("page.first_measure"));
    card.label("now", say(truth ? "page.exact_value" : then ? "page.then" : "page.now"));
    card.mark("now", truth ? "exact" : "measured");
    card.value("now", short(truth ? exact[row] ?? NaN : values[row] ?? NaN));
    card.value("floor", latest ? short(floor[1], 2) : "–");

    const range = charts.range("distance", () => (rows.length ? [0, roundTop(1.25 * Math.max(values[0], 2 * floor[1]))] : null));
    const plot = (card.plot = Plot.on(card.canvas, { x: stepAxis(picture.step), y: range ?? [0, 2] }));
    if (!plot) return;
    plot.frame();
    const paint = colours();
    plot.inside(() => {
      if (latest) plot.band(floor[0], floor[1]);
      plot.line(steps, values, truth ? { colour: paint.ink3, width: 1.4 } : LINES.measured());
      if (truth) plot.line(steps, exact, LINES.exact());
      const last = rows.length - 1;
      if (last >= 0) plot.now(steps[last], truth ? exact[last] : values[last], paint.ink);
    });
    plot.pointer(charts.pointed);
    // Named on the band itself, where nothing else runs.
    if (latest) plot.remark(say("page.two_draws"), paint.ink2, steps, [values, exact], plot.y(floor[1]));
    const now = (truth ? exact : values).slice(-1);
    card.offer(leaves(range, now) || huddle(range, now));
    card.describe(`${say("page.distance")} ${short(values[row] ?? NaN)}, ${say("page.noise_floor")} ${short(floor[1], 2)}`);
  },
};
